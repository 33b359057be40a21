"""Spreadsheets gone wrong, through the function the upload page calls: findings or a refusal, never a crash.

Fifty with every test run, two thousand with `make soak`; the same numbers make the same files.
"""

import hashlib
import shutil
from pathlib import Path

import pytest

from access.acts import Acts
from etl.intake import ACCEPTED, HELD, RETURNED, load_paths
from pages.parts.upload.dropped_files import judging
from pages.returns.dropped_file import DroppedFile, laid_out, pack
from stats.warehouse import Warehouse
from tests.lib.contents import contents
from tests.lib.few import few_at_first
from tests.lib.files.mutations import mutate
from tests.lib.people import session_for

BATCH = 50
BATCHES = few_at_first(range(40), (0,))


@pytest.fixture(scope="module")
def originals(county_files: Path) -> list[Path]:
    """A quarter's files of the sample county, some registers, and all that are no xlsx."""
    registers = sorted((county_files / "00名册").iterdir())[::6]
    others = [path for path in sorted(county_files.rglob("*.*")) if path.suffix != ".xlsx"]
    return [*sorted((county_files / "2011年一季度").iterdir()), *registers, *others]


def state_of(store: Path) -> dict[str, str]:
    files = (path for path in store.rglob("*") if path.is_file())
    return {path.relative_to(store).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("batch", BATCHES)
def test_files_gone_wrong_are_judged_and_nothing_else_happens(
    batch: int, originals: list[Path], county: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = county.store
    monkeypatch.setenv("MINGSHU_STORE", str(loaded))
    doing = Acts(loaded, session_for(loaded))
    before = state_of(loaded)
    parcels = [pack(*mutate(seed, originals)) for seed in range(batch * BATCH, (batch + 1) * BATCH)]
    judging(parcels, [], doing)(lambda name, total: None)
    judged = {parcel.name: parcel.verdict for parcel in parcels}
    assert set(judged.values()) <= {ACCEPTED, HELD, RETURNED, "unchanged"}, judged
    assert all(parcel.findings for parcel in parcels if parcel.verdict in (RETURNED, HELD))
    assert [finding for parcel in parcels for finding in parcel.findings if "Traceback" in finding.sentence()] == []
    assert state_of(loaded) == before
    expect_returned_to_change_nothing([parcel for parcel in parcels if parcel.verdict == RETURNED], loaded, tmp_path)


def expect_returned_to_change_nothing(parcels: list[DroppedFile], loaded: Path, tmp_path: Path) -> None:
    """Also where somebody presses the button: what goes back is kept and noted, and no figure changes."""
    store = shutil.copytree(loaded, tmp_path / "store")
    with laid_out(parcels) as placed:
        taken = load_paths(list(placed), store)
    assert {outcome.what for outcome in taken.outcomes} <= {RETURNED, "unchanged"}
    assert contents(store) == contents(loaded)
