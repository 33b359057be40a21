"""The units of measure that columns of the same name have in every form that is there: 会员数 counts 人."""

from collections.abc import Mapping
from functools import lru_cache

from base.text import normalise
from stats.catalogue import Catalogue

_CATALOGUES = 4
_COUNTED = "数"  # 职工 heads the numbers that 职工数 heads elsewhere


def measure_known(name: str, catalogue: Catalogue) -> str:
    """Return the unit of measure of a column by its name, levels separated by "/", the last first; "" for none."""
    known = _by_name(catalogue)
    parts = [normalise(part) for part in reversed(name.split("/"))]
    fitting = (known[word] for part in parts for word in (part, f"{part}{_COUNTED}") if word in known)
    return next(fitting, "")


@lru_cache(maxsize=_CATALOGUES)
def _by_name(catalogue: Catalogue) -> Mapping[str, str]:
    """Return the unit of measure by the last part of a column's name, where all columns of that name have one."""
    columns = (column for form in catalogue.forms.values() for column in form.columns if column.measure)
    named: dict[str, set[str]] = {}
    for column in columns:
        for name in (column.name, *column.aliases):
            named.setdefault(normalise(name.rpartition("/")[2]), set()).add(column.measure or "")
    return {name: next(iter(measures)) for name, measures in named.items() if len(measures) == 1}
