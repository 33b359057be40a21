"""Makes the shipped .xls files with LibreOffice. Run by hand when the sample changes: python -m etl.sample.legacy."""

import subprocess
import tempfile
from pathlib import Path

from etl.sample import LEGACY
from etl.sample.books import write_workbook
from etl.sample.returns import Sample
from stats.catalogue import load_catalogue


def make_legacy(folder: Path = LEGACY) -> list[Path]:
    """Write every book that is shipped as .xls, and return the paths. Needs LibreOffice."""
    sample = Sample(load_catalogue())
    made = []
    with tempfile.TemporaryDirectory() as drafts:
        for book in sample.books():
            if book.legacy:
                draft = (Path(drafts) / book.legacy).with_suffix(".xlsx")
                write_workbook(draft, sample.draw(book))
                made.append(_convert(draft, folder))
    return made


def _convert(draft: Path, folder: Path) -> Path:
    command = ["libreoffice", "--headless", "--convert-to", "xls", "--outdir", str(folder), str(draft)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{draft.stem}.xls"


if __name__ == "__main__":
    for path in make_legacy():
        print(path.name)
