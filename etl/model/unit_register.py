"""The register of organisations in the current build: which are open, and under which parent, in each quarter."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from base.month_spans import QUARTER
from base.text import normalise


@dataclass(kw_only=True, frozen=True)
class Placement:
    """An organisation under one parent for a range of quarters; `last` is None while it is still valid."""

    code: str
    name: str
    level: str
    parent: str
    category: str
    first: int
    last: int | None

    def holds(self, period: int) -> bool:
        """Return whether the placement is valid in a quarter."""
        return self.first <= period and (self.last is None or period <= self.last)


class Register:
    """Finds organisations by code, name or declared alias."""

    def __init__(
        self,
        placements: Iterable[Placement],
        aliases: dict[str, str],
        heirs: Iterable[tuple[str, str, int, int]] = (),
        months: Iterable[tuple[str, int, int]] = (),
    ) -> None:
        """`heirs` are successors of organisations that are not open: code, successor, first and last quarter.

        `months` are the runs of months at whose ends organisations are open: code, first and last.
        """
        self._placements = list(placements)
        self._months = list(months)
        self._open_months: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for code, first, last in self._months:
            self._open_months[code].append((first, last))
        self._aliases = aliases
        self._heirs = list(heirs)
        self._by_code: dict[str, list[Placement]] = defaultdict(list)
        self._codes: dict[str, str] = {}
        self._above: dict[tuple[str, int], tuple[str, ...]] = {}
        self._below: dict[int, dict[str, list[str]]] = {}
        self._open: dict[tuple[str, int], dict[object, str | None]] = {}
        for placement in self._placements:
            self._by_code[placement.code].append(placement)
            self._codes[normalise(placement.name)] = placement.code
        self._codes |= {normalise(alias): unit for alias, unit in aliases.items()}
        self._codes |= {code: code for code in self._by_code}

    def extended(self, placements: Iterable[Placement]) -> "Register":
        """Return the register extended by further placements."""
        return Register([*self._placements, *placements], self._aliases, self._heirs, self._months)

    def find(self, text: str) -> str | None:
        """Return the code of the organisation a text names, or None."""
        return self._codes.get(text) or self._codes.get(normalise(text))

    def find_open(self, texts: Sequence[object], above: str, period: int) -> list[str | None]:
        """Return the code of the organisation each text names; None where none of that name is open under `above`.

        The sheets of one file name the same organisations, so lookups are cached.
        """
        known = self._open.setdefault((above, period), {})
        for text in {*texts}.difference(known):
            code = self.find(text) if isinstance(text, str) else None
            known[text] = code if code and self.placement(code, period) and self.is_under(code, above, period) else None
        return [known[text] for text in texts]

    def level_of(self, code: str) -> str | None:
        """Return the level of an organisation, as it was last registered, or None when the code is unknown."""
        placements = self._by_code.get(code)
        return placements[-1].level if placements else None

    def name_of(self, code: str) -> str:
        """Return the name of an organisation as it was last registered, or the code itself when it is unknown."""
        placements = self._by_code.get(code)
        return placements[-1].name if placements else code

    def names(self) -> list[str]:
        """Return every known name, for did-you-mean."""
        return list(self._codes)

    def placement(self, code: str, period: int) -> Placement | None:
        """Return the placement of an organisation in a quarter, or None when it isn't open then."""
        return next((placement for placement in self._by_code[code] if placement.holds(period)), None)

    def quarter_in(self, code: str, month: int) -> int:
        """Return the quarter by which the place of an organisation in a month is looked up.

        That is the month's own, or the one before where it closed in the quarter, but after the month.
        """
        open_then = any(first <= month <= last for first, last in self._open_months[code])
        quarter = month // QUARTER
        return quarter - 1 if open_then and not self.placement(code, quarter) else quarter

    def opened(self, code: str) -> int:
        """Return the first quarter in which a registered organisation is open."""
        return min(placement.first for placement in self._by_code[code])

    def closed_since(self, code: str) -> int | None:
        """Return the last quarter in which a now closed organisation was open, or None when it was never closed."""
        lasts = [placement.last for placement in self._by_code[code]]
        return None if not lasts or None in lasts else max(last for last in lasts if last is not None)

    def heir(self, code: str, period: int) -> str | None:
        """Return the successor in a quarter of an organisation that was closed or merged; None while it is open."""
        return next(
            (heir for ended, heir, first, last in self._heirs if ended == code and first <= period <= last), None
        )

    def below(self, area: str, period: int) -> Sequence[str]:
        """Return an organisation and all its descendants in a quarter."""
        if period not in self._below:
            below: dict[str, list[str]] = {}
            for code in self._by_code:
                for upper in self.above(code, period):
                    below.setdefault(upper, []).append(code)
            self._below[period] = below
        return self._below[period].get(area, ())

    def root(self) -> str:
        """Return the organisation without a parent, the first that was registered; "" while there is none."""
        return next((code for code, placed in self._by_code.items() if placed and not placed[0].parent), "")

    def is_under(self, code: str, above: str, period: int) -> bool:
        """Return whether an organisation is `above` or one of its descendants in a quarter."""
        return above in self.above(code, period)

    def above(self, code: str, period: int) -> tuple[str, ...]:
        """Return an organisation and all its ancestors in a quarter, from the bottom up."""
        known = self._above.get((code, period))
        if known is None:
            placement = self.placement(code, period)
            parent = placement.parent if placement else ""
            known = self._above[code, period] = (code, *(self.above(parent, period) if parent else ()))
        return known
