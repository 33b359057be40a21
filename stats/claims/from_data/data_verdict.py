"""The verdict of the data on a number."""

from dataclasses import dataclass

from stats.claims.phrases.phrase_model import NumberPhrase


@dataclass(kw_only=True, frozen=True)
class DataVerdict:
    """What the data say of a number: the figure it is, whether they `agree` (None: not judged), and why.

    Of what is not `certain` the number may be right as it is written. `wording` is what a choice between `candidates`
    is remembered by. `phrase` is what tells a figure without a number, such as 几件实事 or the name of an award,
    and `of_target` says that it was held against a target.
    """

    indicator: str = ""
    span: str = ""
    agrees: bool | None = None
    expected: str = ""
    difference: str = ""
    reason: str = ""
    certain: bool = True
    candidates: tuple[str, ...] = ()
    unit: str = ""
    wording: str = ""
    of_target: bool = False
    phrase: NumberPhrase | None = None
