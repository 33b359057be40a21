"""Fit: how well a sheet's headings match a form. A heading that many forms share, such as 日期, counts little."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from base.text import normalise
from etl.model.finding import Finding, tell
from etl.model.nouns import Header, Sheet
from etl.model.rules import UNKNOWN_FORM
from etl.model.rules.repeating_clauses import LACKING, UNKNOWN
from etl.model.rules.wording import Clause
from etl.privacy import hide
from etl.recognise.headers import IGNORED, Labels, labels_of
from stats.catalogue import Catalogue
from stats.catalogue.models import Form

_LEAST = 0.5  # minimum fit to be taken for a form
_OWN = 1.0  # the weight of a heading that only one form has: the minimum for all headings together
_COMMON = 0.5  # the factor on the weight if they count less
_SPOKEN = 0.3  # what a title that tells what the form is about adds
_NAMED = 4
_KIND = re.compile(r"(?:情况|汇总|分解)?(?:台账|表)$")  # how the name of any form ends


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
    matching = sum(1 / forms[labels.accepted(path)] for path in matched.values())
    required = {column.code for column in labels.form.columns if column.required} - {*matched}
    lacking = sum(1 / min(forms[path] for path, code in labels.codes.items() if code == name) for name in required)
    share, met = matching / (matching + lacking or 1), len(matched) / max(len(held), 1)
    weight = _mean(share, met)
    return weight if matching >= _OWN else weight * _COMMON


def _mean(share: float, met: float) -> float:
    """Return the harmonic mean of the shares of columns found and of headings that match; 0 when nothing matches."""
    return 2 * share * met / (share + met) if share + met else 0.0


def fits(weight: float) -> bool:
    """Return whether headings fit a form well enough."""
    return weight >= _LEAST


def is_titled(form: Form, title: str) -> bool:
    """Return whether a title contains a form's name or one of its aliases."""
    return any(normalise(name) in normalise(title) for name in (form.name, *form.aliases))


@cache
def _subjects(*names: str) -> tuple[str, ...]:
    """Return the words by which a form's names tell what it is about: 信访 and 劳动争议 of 信访与劳动争议台账."""
    return tuple(part for name in names for part in re.split("[与和及、]", _KIND.sub("", normalise(name))))


def speaks_of(form: Form, title: str) -> bool:
    """Return whether a title has one of the words that tell what a form is about."""
    return any(subject in normalise(title) for subject in _subjects(form.name, *form.aliases))


def speaks_of_another(form: Form, title: str, catalogue: Catalogue) -> bool:
    """Return whether a title tells what another form is about, and not what this one is."""
    return not speaks_of(form, title) and any(speaks_of(other, title) for other in catalogue.forms.values())


def halved(weight: float) -> float:
    """Return how well headings fit a form whose name the title contradicts."""
    return weight * _COMMON


def unlike_any(
    sheet: Sheet, file: str, headers: Iterable[Header], titles: Mapping[int, str], catalogue: Catalogue
) -> Finding:
    """Return the finding on a sheet that fits no form: the nearest form, the missing and the unknown headings.

    `titles` are the texts above each header, by its first row.
    """
    ranked = [
        (_likeness(labels, header, titles[header.top]), labels, header)
        for header in headers
        for labels in labels_of(catalogue).values()
    ]
    likeness, labels, header = max(ranked, key=lambda candidate: candidate[0], default=((False, 0.0), None, None))
    if labels is None or header is None or not any(likeness):
        return tell(UNKNOWN_FORM, "none", severity="return", file=file, sheet=sheet.name)
    codes = {code for path in header.paths.values() if (code := labels.match(path))}
    lacking = [column.label for column in labels.form.columns if column.required and column.code not in codes]
    strange = [path[-1] for path in header.paths.values() if path[-1] not in IGNORED and not labels.match(path)]
    differences = [
        Clause(words, {"names": _say(names)}) for words, names in ((LACKING, lacking), (UNKNOWN, strange)) if names
    ]
    return tell(
        UNKNOWN_FORM,
        "nearest",
        severity="return",
        file=file,
        sheet=sheet.name,
        form=labels.form.name,
        differences=differences,
    )


def _likeness(labels: Labels, header: Header, title: str) -> tuple[bool, float]:
    """Return whether the title names the form, and how well headings and title fit it.

    Each heading counts alike here, however many forms have one of its name: a sheet that lacks two columns of one form
    is nearer to it than to another of which it lacks four, whatever other forms there are.
    """
    held = [path for path in header.paths.values() if path[-1] not in IGNORED]
    matched = {code for path in held if (code := labels.match(path))}
    lacking = {column.code for column in labels.form.columns if column.required} - matched
    share, met = len(matched) / (len(matched) + len(lacking) or 1), len(matched) / max(len(held), 1)
    closeness = _mean(share, met)
    return is_titled(labels.form, title), closeness + (_SPOKEN if speaks_of(labels.form, title) else 0.0)


def _say(names: Collection[str]) -> str:
    shown = [f"“{hide(name)}”" for name in list(names)[:_NAMED]]
    return "".join(shown) + (f"等 {len(names)} 栏" if len(names) > _NAMED else "")
