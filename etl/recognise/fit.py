"""Fit: how well a sheet's headings match a form. A heading that many forms share, such as 日期, counts little."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from base.text import normalise
from etl.model.finding import Finding, tell
from etl.model.nouns import Header, Sheet
from etl.model.rules import UNKNOWN_FORM
from etl.privacy import hide
from etl.recognise.headers import IGNORED, Labels, labels_of
from stats.catalogue import Catalogue
from stats.catalogue.models import Form

_LEAST = 0.5  # minimum fit to be taken for a form
_OWN = 1.0  # the weight of a heading that only one form has: the minimum for all headings together
_COMMON = 0.5  # the factor on the weight if they count less
_NAMED = 4


@cache
def _forms_accepting(catalogue: Catalogue) -> Counter[str]:
    """Return the number of forms that accept a header path."""
    return Counter(path for labels in labels_of(catalogue).values() for path in labels.codes)


def weigh(labels: Labels, paths: Iterable[list[str]], catalogue: Catalogue) -> float:
    """Return how well header paths fit a form, from 0 to 1.

    This is the harmonic mean of the shares of the form's columns that are found and of the paths that match. A column
    counts for less the more forms have a heading of its name; common headings alone are not enough.
    """
    held = [path for path in paths if path[-1] not in IGNORED]
    matched = {code: path for path in held if (code := labels.match(path))}
    forms = _forms_accepting(catalogue)
    found = sum(1 / forms[labels.accepted(path)] for path in matched.values())
    required = {column.code for column in labels.form.columns if column.required} - {*matched}
    lacking = sum(1 / min(forms[path] for path, code in labels.codes.items() if code == one) for one in required)
    share, met = found / (found + lacking or 1), len(matched) / max(len(held), 1)
    weight = 2 * share * met / (share + met) if matched else 0.0
    return weight if found >= _OWN else weight * _COMMON


def fits(weight: float) -> bool:
    """Return whether headings fit a form well enough."""
    return weight >= _LEAST


def is_titled(form: Form, title: str) -> bool:
    """Return whether a title contains a form's name or one of its aliases."""
    return any(normalise(name) in normalise(title) for name in (form.name, *form.aliases))


def unlike_any(
    sheet: Sheet, file: str, headers: Iterable[Header], titles: Mapping[int, str], catalogue: Catalogue
) -> Finding:
    """Return the finding on a sheet that fits no form: the nearest form, the missing and the unknown headings.

    `titles` are the texts above each header, by its first row.
    """
    ranked = [
        ((is_titled(labels.form, titles[header.top]), weigh(labels, header.paths.values(), catalogue)), labels, header)
        for header in headers
        for labels in labels_of(catalogue).values()
    ]
    (titled, weight), labels, header = max(ranked, key=lambda one: one[0], default=((False, 0.0), None, None))
    if labels is None or header is None or not (weight or titled):
        expected = "应是县总工会发的报表，表头栏名不要改动"
        return _told(sheet, file, "看不出是哪一张报表", expected)
    codes = {code for path in header.paths.values() if (code := labels.match(path))}
    lacking = [column.label for column in labels.form.columns if column.required and column.code not in codes]
    strange = [path[-1] for path in header.paths.values() if path[-1] not in IGNORED and not labels.match(path)]
    differs = [f"{verb}{_say(names)}" for verb, names in (("缺", lacking), ("认不出", strange)) if names]
    expected = f"最像“{labels.form.name}”，差在{'，'.join(differs)}"
    return _told(sheet, file, "不像我们的任何一张表", expected)


def _say(names: Collection[str]) -> str:
    shown = [f"“{hide(name)}”" for name in list(names)[:_NAMED]]
    return "".join(shown) + (f"等 {len(names)} 栏" if len(names) > _NAMED else "")


def _told(sheet: Sheet, file: str, found: str, expected: str) -> Finding:
    todo = "请用本期的报表模板重新填报"
    return tell(
        rule=UNKNOWN_FORM,
        severity="return",
        file=file,
        sheet=sheet.name,
        problem=found,
        requirement=expected,
        todo=todo,
    )
