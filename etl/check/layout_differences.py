"""Layout differences: differences from the layout of the reporter's last return of the form."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from etl.model.finding import Finding, tell
from etl.model.rules.repeating_clauses import ADDED, GONE, SHIFTED
from etl.model.rules.wording import Clause
from etl.model.shape import Shape
from etl.recognise.form_columns import say_path
from stats.catalogue.models import Form

_NAMED = 3


def check_layout(shape: Shape, before: Shape | None, file: str, form: Form) -> Iterator[Finding]:
    """Yield one note when header paths were added, removed or moved since the last return."""
    if before is None or list(before.paths) == list(shape.paths):
        return
    missing = [path for path in before.paths if path not in shape.paths]
    added = [path for path in shape.paths if path not in before.paths]
    differences = [Clause(words, {"names": _say(paths)}) for words, paths in ((GONE, missing), (ADDED, added)) if paths]
    differences += [
        Clause(SHIFTED, {"name": say_path(path), "column": shape.paths[path]}) for path in _moved(before, shape)
    ]
    yield tell(
        "layout_changed",
        file=file,
        sheet=shape.sheet,
        quarter=form.say(before.period),
        differences=differences,
    )


def _moved(before: Shape, now: Shape) -> list[str]:
    """Return the fewest paths that explain the different order of the paths in both."""
    old = [path for path in before.paths if path in now.paths]
    new = [path for path in now.paths if path in before.paths]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    stayed = {new[at] for block in blocks for at in range(block.b, block.b + block.size)}
    return [path for path in new if path not in stayed]


def _say(paths: Sequence[str]) -> str:
    named = "".join(f"“{say_path(path)}”" for path in paths[:_NAMED])
    return named if len(paths) <= _NAMED else f"{named}等 {len(paths)} 栏"
