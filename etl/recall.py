"""Recall: what the memory holds for the sheets of one receipt, by who reports as the register knows it now."""

from collections.abc import Mapping

from etl.check_privacy import hide
from etl.form_columns import own_paths
from etl.memory import Memory
from etl.nouns import Layout
from etl.register import Register, registers_units
from etl.shape import Shape, fingerprint, shape_of
from stats.catalogue import Catalogue
from stats.words import normalise


class Recaller:
    """Asks the memory on behalf of one receipt."""

    def __init__(self, seq: int, register: Register, memory: Memory) -> None:
        self._seq = seq
        self._register = register
        self._memory = memory

    def answers(self, layout: Layout) -> Mapping[str, str]:
        """Return what was answered before about the headers of a layout: a column's code by path, "" for not used."""
        if layout.header is None:
            return {}
        printed = fingerprint(layout.form.code, own_paths(layout))
        where = (self._seq, hide(layout.sheet.name))
        return self._memory.answers(*where, self._reporter(layout), layout.form.code, printed)

    def shape(self, layout: Layout, period: int, catalogue: Catalogue) -> Shape:
        """Return how a sheet is laid out, in the name of its reporter."""
        return shape_of(layout, self._reporter(layout), period, catalogue)

    def before(self, shape: Shape) -> Shape | None:
        """Return how the reporter's last accepted return of the form was laid out, None when there is none."""
        return self._memory.before(self._seq, shape)

    def _reporter(self, layout: Layout) -> str:
        """Return the code of who reports, "" for nobody known; a register is judged before it makes its units known."""
        written = layout.head.reporter_text
        return normalise(written) if registers_units(layout.form) else self._register.find(written) or ""
