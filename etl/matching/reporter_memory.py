"""Reporter memory: what is remembered for the sheets of one receipt, by its reporter in the present register."""

from dataclasses import replace

from base.text import normalise
from etl.matching.layout_memory import Memory
from etl.matching.sheet_parts import SheetPart, take_apart
from etl.model.nouns import Layout
from etl.model.shape import Shape
from etl.model.unit_register import Register
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole


class ReporterMemory:
    """Queries the memory for one receipt."""

    def __init__(self, seq: int, register: Register, memory: Memory) -> None:
        self._seq = seq
        self._register = register
        self._memory = memory

    def apply_answers(self, part: SheetPart, file: str, catalogue: Catalogue) -> SheetPart:
        """Return a part with the earlier answers about its reporter's headers applied."""
        if part.filed is None or part.shape is None:
            return part
        reporter = self._reporter(part.filed.layout)
        shape = part.shape
        answers = (
            self._memory.answers(self._seq, shape.sheet, reporter, shape.form, shape.fingerprint)
            if shape.paths and not part.filed.layout.shown
            else {}
        )
        if answers:
            known = take_apart(part.filed.layout.sheet, file, catalogue, lambda _: answers)
            part = replace(known, persons=tuple(dict.fromkeys((*part.persons, *known.persons))))
        return replace(part, shape=replace(part.shape, reporter=reporter)) if part.shape else part

    def before(self, shape: Shape) -> Shape | None:
        """Return the layout of the reporter's last accepted return of the form, None when there is none."""
        return self._memory.before(self._seq, shape)

    def _reporter(self, layout: Layout) -> str:
        """Return the reporter's code, "" if unknown; a register is judged before its own units are known."""
        written = layout.head.reporter_text
        return normalise(written) if layout.form.role == FormRole.UNITS else self._register.find(written) or ""
