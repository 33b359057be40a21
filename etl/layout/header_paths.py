"""Header paths: the labels above each column, through merged cells, repeated labels and labels that drift."""

from collections.abc import Collection, Mapping

from etl.model.nouns import Place

Labelled = Mapping[Place, tuple[str, str]]  # the label and the unit of measure at a position of the header


def header_paths(
    labels: Labelled, origins: Mapping[Place, Place], rows: range, columns: Collection[int]
) -> tuple[dict[int, list[str]], dict[int, str]]:
    """Return the path of labels and the unit of measure of each column that has a label.

    A blank to the right of an unmerged upper label belongs to that label as long as there are labels below both: 迁入 |
    (blank) over 省内 | 省外. A label repeated from row to row counts once; a unit alone is not a label.
    """
    paths: dict[int, list[str]] = {column: [] for column in columns}
    units: dict[int, str] = {}
    owner: dict[int, tuple[Place, ...]] = {column: () for column in columns}  # the upper labels of each column
    for row in rows:
        seen = _seen(labels, origins, rows, row, columns)
        for column in sorted(columns):
            place = seen.get(column) or _drifted(labels, origins, rows, row, column, seen, owner)
            if place is None:
                continue
            seen[column] = place
            owner[column] = (*owner[column], place)
            label, unit = labels[place]
            units[column] = unit or units.get(column, "")
            if label and paths[column][-1:] != [label]:
                paths[column].append(label)
    return {column: path for column, path in paths.items() if path}, units


def _seen(
    labels: Labelled, origins: Mapping[Place, Place], rows: range, row: int, columns: Collection[int]
) -> dict[int, Place]:
    places = ((column, origins.get((row, column), (row, column))) for column in columns)
    return {column: place for column, place in places if place in labels and place[0] >= rows.start}


def _drifted(
    labels: Labelled,
    origins: Mapping[Place, Place],
    rows: range,
    row: int,
    column: int,
    seen: Mapping[int, Place],
    owner: Mapping[int, tuple[Place, ...]],
) -> Place | None:
    """Return the position of the label to the left that a blank belongs to, or None."""
    left = seen.get(column - 1)
    if left is None or (row, column) in origins or left in origins or labels[left] == ("", labels[left][1]):
        return None
    same_group = owner[column] == tuple(place for place in owner[column - 1] if place != left)
    lower = range(row + 1, rows.stop)
    below_left = any((at, column - 1) in labels for at in lower)
    below = any((at, column) in labels and labels[at, column][0] for at in lower)
    return left if same_group and below_left and below else None
