"""Fit: how far a sheet's headings are those of a form. A heading that many forms share, such as 日期, tells little."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from etl.checking.privacy import hide
from etl.findings import Finding
from etl.nouns import Header, Sheet
from etl.recognising.headers import IGNORED, Labels, labels_of
from stats.catalogue import Catalogue
from stats.catalogue_models import Form
from stats.words import normalise

_LEAST = 0.5  # a sheet whose headings fit a form less is not taken for it
_OWN = 1.0  # what a heading counts that one form alone knows: so much all must count together
_COMMON = 0.5  # of the weight where they count less
_NAMED = 4


@cache
def _forms_accepting(catalogue: Catalogue) -> Counter[str]:
    """Return how many forms accept a header path."""
    return Counter(path for labels in labels_of(catalogue).values() for path in labels.codes)


def weigh(labels: Labels, paths: Iterable[list[str]], catalogue: Catalogue) -> float:
    """Return how far header paths fit a form, from 0 to 1: the share of its columns, and of the paths, that meet.

    A column counts the less, the more forms know a heading of its name; those that many know are not enough.
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
    """Return whether headings fit a form well enough to be taken for it."""
    return weight >= _LEAST


def is_titled(form: Form, title: str) -> bool:
    """Return whether a form's name, or another name of it, stands in a title."""
    return any(normalise(name) in normalise(title) for name in (form.name, *form.aliases))


def unlike_any(
    sheet: Sheet, file: str, headers: Iterable[Header], titles: Mapping[int, str], catalogue: Catalogue
) -> Finding:
    """Return what is told of a sheet that fits no form: which it is most like, and what is lacking and what is strange.

    `titles` is what stands above each header, by its first row.
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
    return Finding("unknown_form", "return", file, sheet.name, "", found, expected, todo)
