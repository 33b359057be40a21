"""Check targets: a target must be written in the measure of its indicator, or it would be another number."""

from collections.abc import Iterator

from etl.findings import Finding
from etl.nouns import Return, Row
from stats.catalogue import Catalogue
from stats.catalogue_models import Form, Indicator

_INDICATOR = "indicator"  # a form with this column sets targets


def sets_targets(form: Form) -> bool:
    """Return whether a form sets targets."""
    return _INDICATOR in form.by_code


def check_targets(found: Return, file: str, catalogue: Catalogue) -> list[Finding]:
    """Return findings on targets whose measure or size does not fit the indicator; none for other forms."""
    if _INDICATOR not in found.columns:
        return []
    targets = [row for row in found.rows if _INDICATOR in row.values and row.number("value") is not None]
    return [
        Finding(rule, "return", file, found.sheet, row.cells[column].address, *words)
        for row in targets
        for rule, column, *words in _problems(row, catalogue)
    ]


def _problems(row: Row, catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    indicator = catalogue.indicators[str(row.values[_INDICATOR])]
    words = catalogue.spellings(indicator)
    if row.values.get("measure") not in words:
        said = f"计量单位填的是“{row.values.get('measure', '')}”"
        yield (
            "target_measure",
            "measure" if "measure" in row.cells else "value",
            said,
            f"“{indicator.name}”用{'、'.join(words)}计",
            "请改正计量单位",
        )
    for column in ("value", "high"):
        if _too_great(indicator, row.number(column)):
            yield (
                "target_size",
                column,
                f"目标值填的是{row.cells[column].raw}",
                "比率的目标应在 0 到 100% 之间",
                "请写成百分数，例如 80%",
            )


def _too_great(indicator: Indicator, value: float | None) -> bool:
    return indicator.is_rate and indicator.valid.max is not None and value is not None and value > indicator.valid.max
