"""Dropped file: an uploaded file with its content, verdict and state. It is in memory and not yet on the disk."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from etl.guard.packed_files import unpack_bytes
from etl.journal.outcomes import to_confirm
from etl.matching.questions import Question
from etl.model.finding import Finding, gather
from etl.model.receipt_state import ReceiptState
from etl.model.rules import MISSING_COLUMN
from etl.privacy import blank_name
from pages.returns.changes import ChangeSummary
from pages.view.states import DECIDED, FileState
from serving.uploads import LEFT_BY_PROGRAMS

_LONGEST = 200  # bytes of a file's name; most file systems end at 255


@dataclass(frozen=True)
class DetectedReturn:
    """A table found in a file: the form it fills, who reports and for which quarter."""

    form: str
    form_name: str
    reporter: str
    period: int

    @property
    def about(self) -> str:
        """Return it as findings name it."""
        return f"{self.form}|{self.reporter}|{self.period}"


@dataclass(kw_only=True)
class DroppedFile:
    """One uploaded file. `verdict` is the result of judging it, `decided` its state in the journal; None: not yet.

    The inbox knows it by `sha_kept`, which is not its own `sha` where persons are taken out of it first.
    `returns` names the form, reporter and quarter of each table found in it, `asked` the unknown headers, `before` the
    findings on an earlier version. The contents are in memory until there is a decision; then they are `kept`.
    """

    sha: str
    name: str
    content: bytes
    verdict: FileState | None = None
    findings: tuple[Finding, ...] = ()
    returns: tuple[DetectedReturn, ...] = ()
    asked: tuple[Question, ...] = ()
    preview: ChangeSummary | None = None
    before: tuple[Finding, ...] = ()
    decided: ReceiptState | None = None
    seq: int | None = None
    build: int | None = None
    kept: Path | None = None
    sha_kept: str = ""

    @property
    def state(self) -> FileState:
        """Return the state of the file: the decision, else whether columns are asked about, else the verdict."""
        if self.decided:
            return DECIDED[self.decided]
        return FileState.ASKED if self.waits_for_columns else self.verdict or FileState.UNJUDGED

    @property
    def waits_for_columns(self) -> bool:
        """Return whether an answer about its unknown headers could make the file acceptable."""
        faults = [finding for finding in self.findings if finding.severity == "return"]
        known = bool(self.asked) and all(question.reporter for question in self.asked)
        # one of the unknown headers may be the missing one
        return known and all(fault.rule == MISSING_COLUMN for fault in faults)

    @property
    def questions(self) -> list[Finding]:
        """Return the questions to be confirmed, in the order of their numbers."""
        return to_confirm(self.findings)

    @property
    def merged_findings(self) -> list[Finding]:
        """Return the findings with equal ones merged."""
        return gather(self.findings)


def pack(name: str, content: bytes) -> DroppedFile:
    """Return a file as a DroppedFile under its sender's name for it, with names of persons redacted."""
    return DroppedFile(sha=hashlib.sha256(content).hexdigest(), name=blank_name(own_name(name)), content=content)


def unpack_dropped(name: str, content: bytes) -> list[DroppedFile]:
    """Return what was dropped: of a zip of returns the files in it, without files left by programs."""
    if not belongs(name):
        return []
    return [pack(*file) for file in unpack_bytes(content) or [(name, content)]]


def belongs(name: str) -> bool:
    """Return whether a file of a dropped folder is the sender's, and not left there by a program."""
    return not own_name(name).startswith(LEFT_BY_PROGRAMS)


def own_name(name: str) -> str:
    """Return the file's own name, without the folders above it, short enough for any disk."""
    plain = re.sub(r"[\x00-\x1f]", "_", PurePosixPath(name.replace("\\", "/")).name)
    plain = "_" if plain in ("", "..") else plain
    suffix = Path(plain).suffix[:10]
    stem = plain.removesuffix(suffix).encode()[: _LONGEST - len(suffix.encode())].decode(errors="ignore")
    return stem + suffix


@contextmanager
def laid_out(files: Sequence[DroppedFile]) -> Iterator[dict[Path, DroppedFile]]:
    """Write the files into a temporary folder while the block runs, each under its own name."""
    with TemporaryDirectory(prefix="mingshu-") as folder:
        placed = {Path(folder) / f"{number:05d}" / file.name: file for number, file in enumerate(files)}
        for path, file in placed.items():
            path.parent.mkdir()
            path.write_bytes(file.content)
        yield placed
