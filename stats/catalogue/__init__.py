"""The catalogue: data/catalogue read into closed, frozen models that refuse what they do not know."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from base.errors import UserError, suggest
from stats.catalogue.arranged_boards import arrange, named_on
from stats.catalogue.board_checks import check_boards, check_moves
from stats.catalogue.boards import Board
from stats.catalogue.catalogue_files import to_code_list, to_models, validate
from stats.catalogue.code_lists import Code, CodeList, Domain, Kind, Measure
from stats.catalogue.form_checks import check_frequencies, check_panels, check_totals
from stats.catalogue.form_rules import Reporting, Thresholds
from stats.catalogue.item_checks import (
    check_across,
    check_deadlines,
    check_forms,
    check_indicators,
    check_items,
    check_refers,
)
from stats.catalogue.layers import (
    FOLDERS,
    MAPPINGS,
    Entries,
    Layer,
    demand_folders,
    layers_of,
    read_alias_rows,
    read_code_rows,
    read_entries,
    read_settings,
)
from stats.catalogue.layouts import TableLayout
from stats.catalogue.layouts.layout_checks import check_layouts
from stats.catalogue.models import Form, FormRole, Indicator, Item
from stats.catalogue.outlines import Outline, check_names, check_outlines
from stats.catalogue.placeholder_syntax import Vocabulary
from stats.catalogue.scheme_checks import check_schemes
from stats.catalogue.schemes import Scheme, code_lists, in_order

FOLDER = Path(__file__).resolve().parents[2] / "data" / "catalogue"
USUAL_PACKS = ("report-2011",)  # of a store that names none
BUILT_IN = layers_of(FOLDER, USUAL_PACKS)
_KEPT = 16  # catalogues in memory: those of the latest versions and drafts
INDICATORS = "indicator"  # the code list made of the indicators' own names


@dataclass(kw_only=True, frozen=True, eq=False)
class Catalogue:
    """Everything declared: forms, items, indicators, code lists, measures, domains and more, each by its code.

    `version` is the number under which a county published it, 0 for the program's own. `origins` are, by kind and code,
    the layers that declare an entry; the last one is in force.
    """

    version: int
    layers: tuple[Layer, ...]
    origins: dict[tuple[str, str], tuple[str, ...]]
    forms: dict[str, Form]
    items: dict[str, Item]
    indicators: dict[str, Indicator]
    codes: dict[str, CodeList]
    measures: dict[str, Measure]
    domains: dict[str, Domain]
    aliases: dict[str, str]
    thresholds: Thresholds
    reporting: Reporting
    boards: dict[str, Board]
    kinds: dict[str, Kind]
    outlines: dict[str, Outline]
    schemes: dict[str, Scheme]
    layouts: dict[str, TableLayout]

    def form_of(self, role: FormRole) -> Form:
        """Return the form in a role. Raises UserError when none is declared."""
        declared = next((form for form in self.forms.values() if form.role == role), None)
        if declared is None:
            raise UserError(f"指标目录里没有一张报表的 role 是“{role}”")
        return declared

    def items_of(self, form: str) -> list[Item]:
        """Return the items taken from one form, in declared order."""
        return [item for item in self.items.values() if item.form == form]

    def months_each(self, indicator: Indicator) -> int:
        """Return how many months each number of an indicator is of: as many as its longest form's periods have."""
        return max(self.forms[item.form].months for item in self.parts(indicator))

    def totals_in(self, form: str) -> list[Item]:
        """Return the items whose own totals a form holds, each as it is taken from there."""
        plain: dict[str, object] = {"form": form, "where": {}, "positive": (), "least": {}, "most": {}, "distinct": ()}
        plain |= {"at": None, "deadline": None, "state": None}
        held = self.forms[form].totals.items()
        return [self.items[item].model_copy(update={**plain, "take": column}) for column, item in held]

    def parts(self, indicator: Indicator) -> list[Item]:
        """Return the items an indicator is made of, numerator first."""
        return [self.items[code] for code in (indicator.numerator, indicator.denominator) if code]

    def unit_of(self, indicator: Indicator) -> str:
        """Return an indicator's unit of measure as written on screen, such as 人 or %."""
        return self.measures[indicator.unit].name

    def spellings(self, indicator: Indicator) -> dict[str, float]:
        """Return the words an indicator's unit of measure may be written in, with their factors to the stored unit."""
        measure = self.measures[indicator.unit]
        return {measure.name: 1.0} | measure.spellings

    def indicator(self, code: str) -> Indicator:
        """Return one indicator. Raises UserError with the nearest code when there is none."""
        if code not in self.indicators:
            raise UserError(f"没有代码为“{code}”的指标{suggest(code, self.indicators)}")
        return self.indicators[code]

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """Return the indicators by which boards compare areas, on each of their bases."""
        panels = [panel for board in self.boards.values() for panel in board.panels if panel.kind == "areas"]
        codes = (code for panel in panels for code in (panel.indicator, *self.indicators[panel.indicator].settings))
        return tuple(dict.fromkeys(codes))

    def shown_on(self, board: Board) -> tuple[str, ...]:
        """Return the indicators of a board: those of its fields of work and those its panels name, on each base."""
        own = [code for code, indicator in self.indicators.items() if indicator.domain in board.domains]
        named = [code for panel in board.panels for code in named_on(panel, self.indicators.values())]
        return tuple(
            dict.fromkeys([*own, *named, *(base for code in named for base in self.indicators[code].settings)])
        )

    def categories(self, kind: str) -> frozenset[str]:
        """Return the codes of the categories that make a kind of organisation. Raises UserError for an unknown kind."""
        if kind not in self.kinds:
            raise UserError(f"没有代码为“{kind}”的类别{suggest(kind, self.kinds)}")
        return self.codes[self.kinds[kind].codes].expand(kind)

    def name_category(self, code: str) -> str:
        """Return the name of a category of organisations, "" for one that has none."""
        lists = dict.fromkeys(kind.codes for kind in self.kinds.values())
        named = (entry.name for name in lists for entry in self.codes[name].entries if entry.code == code)
        return next(named, "")

    def board(self, code: str) -> Board:
        """Return one board. Raises UserError with the nearest code when there is none."""
        if code not in self.boards:
            raise UserError(f"没有代码为“{code}”的看板{suggest(code, self.boards)}")
        return self.boards[code]

    def outline(self, code: str) -> Outline:
        """Return one outline of a paper. Raises UserError with the nearest code when there is none."""
        if code not in self.outlines:
            raise UserError(f"没有代码为“{code}”的文稿{suggest(code, self.outlines)}")
        return self.outlines[code]

    def scheme(self, code: str) -> Scheme:
        """Return one scoring scheme. Raises UserError with the nearest code when there is none."""
        if code not in self.schemes:
            raise UserError(f"没有代码为“{code}”的考核办法{suggest(code, self.schemes)}")
        return self.schemes[code]

    @cached_property
    def fields(self) -> dict[str, Board]:
        """Return the first board of each domain: by its name the field of work is known on every page."""
        return {domain: board for board in reversed(self.boards.values()) for domain in board.domains}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return the names that papers may use for indicators."""
        return Vocabulary(self.indicators.values(), self.measures)


def load_catalogue(layers: tuple[Layer, ...] = BUILT_IN, version: int = 0) -> Catalogue:
    """Return the catalogue of some layers, whose files must not change; `version` is the number it was published under.

    Raises UserError that lists every fault found, one a line.
    """
    return _load(layers, version)  # one catalogue, whether the arguments are written out or not


@lru_cache(maxsize=_KEPT)
def _load(layers: tuple[Layer, ...], version: int) -> Catalogue:
    demand_folders(layers)
    faults: list[str] = []
    entries = {kind: read_entries(layers, kind, faults) for kind in (*MAPPINGS, *FOLDERS)}
    catalogue = _read_catalogue(layers, version, entries, faults)
    if catalogue:
        faults += _cross_check(catalogue)
    if faults or not catalogue:
        raise UserError("指标目录有误，请先改正：\n" + "\n".join(faults))
    for form in catalogue.forms.values():
        form.belongs_to(layers, version)
    return catalogue


def _read_catalogue(
    layers: tuple[Layer, ...], version: int, entries: dict[str, Entries], faults: list[str]
) -> Catalogue | None:
    """Return the catalogue before its parts are held against each other, or None where its settings are wrong."""
    domains = to_models(entries["domains"], Domain, faults)
    indicators = to_models(entries["indicators"], Indicator, faults)
    schemes = {scheme.code: scheme for scheme in in_order(to_models(entries["schemes"], Scheme, faults).values())}
    boards = to_models(entries["boards"], Board, faults).values()
    declared = to_models(entries["outlines"], Outline, faults).values()
    thresholds = validate("history.yml", Thresholds, read_settings(layers, "history.yml"), faults)
    reporting = validate("reporting.yml", Reporting, read_settings(layers, "reporting.yml"), faults)
    forms, items = to_models(entries["forms"], Form, faults), to_models(entries["items"], Item, faults)
    measures, kinds = to_models(entries["measures"], Measure, faults), to_models(entries["kinds"], Kind, faults)
    codes = {name: to_code_list(rows) for name, rows in read_code_rows(layers, faults).items()}
    codes[INDICATORS] = CodeList(tuple(Code(indicator.code, indicator.name) for indicator in indicators.values()))
    if not thresholds or not reporting:
        return None
    return Catalogue(
        version=version,
        layers=layers,
        origins={(kind, code): entry.layers for kind, read in entries.items() for code, entry in read.items()},
        forms=forms,
        items=items,
        indicators=indicators,
        codes=codes | code_lists(schemes.values()),
        measures=measures,
        domains=domains,
        aliases={row["alias"]: row["unit"] for row in read_alias_rows(layers)},
        thresholds=thresholds,
        reporting=reporting,
        boards=arrange(list(boards), domains, indicators.values()),
        kinds=kinds,
        outlines={outline.code: outline for outline in sorted(declared, key=lambda outline: outline.order)},
        schemes=schemes,
        layouts=to_models(entries["layouts"], TableLayout, faults),
    )


def _cross_check(catalogue: Catalogue) -> list[str]:
    checks: tuple[Callable[[Catalogue], Iterable[str]], ...] = (
        check_forms,
        check_deadlines,
        check_frequencies,
        check_across,
        check_refers,
        _check_thresholds,
        check_items,
        check_totals,
        check_indicators,
        _check_reporting,
        _check_kinds,
        _check_boards,
        _check_outlines,
        _check_schemes,
        _check_layouts,
    )
    return [fault for check in checks for fault in check(catalogue)]


def _check_thresholds(catalogue: Catalogue) -> Iterator[str]:
    named = catalogue.thresholds.least.keys() | catalogue.thresholds.far.ratio.keys()
    for code in sorted(named - catalogue.measures.keys()):
        yield f"history.yml：没有计量单位“{code}”{suggest(code, catalogue.measures)}"
    sizes = {rule.size: form.code for form in catalogue.forms.values() for rule in form.history.plausible if rule.size}
    for size in sorted(sizes.keys() - catalogue.thresholds.sizes.keys()):
        yield f"forms/{sizes[size]}.yml：history.yml 的 sizes 里没有“{size}”{suggest(size, catalogue.thresholds.sizes)}"
    items = {code for size in catalogue.thresholds.sizes.values() for code in size.items}
    for code in sorted(items - catalogue.items.keys()):
        yield f"history.yml：没有数据项“{code}”{suggest(code, catalogue.items)}"


def _check_reporting(catalogue: Catalogue) -> Iterator[str]:
    size = catalogue.reporting.size
    if size not in catalogue.items:
        yield f"reporting.yml：没有数据项“{size}”{suggest(size, catalogue.items)}"


def _check_kinds(catalogue: Catalogue) -> Iterator[str]:
    for kind in catalogue.kinds.values():
        codes = catalogue.codes.get(kind.codes)
        if codes is None:
            yield f"kinds.yml {kind.code}：没有代码表“{kind.codes}”{suggest(kind.codes, catalogue.codes)}"
        elif not codes.expand(kind.code):
            yield f"kinds.yml：代码表“{kind.codes}”里没有“{kind.code}”{suggest(kind.code, codes.words())}"


def _check_boards(catalogue: Catalogue) -> Iterator[str]:
    yield from check_boards(catalogue.boards.values(), catalogue)
    yield from check_moves(catalogue.indicators.values(), catalogue)
    yield from check_panels(catalogue.boards.values(), catalogue)


def _check_outlines(catalogue: Catalogue) -> Iterator[str]:
    yield from check_names(catalogue.vocabulary)
    yield from check_outlines(catalogue.outlines.values(), catalogue)


def _check_schemes(catalogue: Catalogue) -> Iterable[str]:
    return check_schemes(catalogue.schemes.values(), catalogue)


def _check_layouts(catalogue: Catalogue) -> Iterator[str]:
    yield from check_layouts(catalogue.layouts.values(), catalogue.forms)
