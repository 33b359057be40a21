"""The differences of a later list from the register in words."""

from collections.abc import Iterator

from etl.register_changes.compared_list import ComparedList, Differs, RegisterChange

TITLES = {
    Differs.NEW_AREA: "新设的乡镇、园区、系统",
    Differs.NEW: "新建",
    Differs.BACK: "恢复",
    Differs.RENAMED: "更名",
    Differs.MOVED: "迁移",
    Differs.RETYPED: "改类别",
    Differs.DETAIL: "改登记",
    Differs.GONE: "撤销",
}
UNCHANGED = "没有确认的照旧，名册里不动。"


def say_change(change: RegisterChange) -> str:
    """Return a difference in a line: code, name, what differs, and where the list says it."""
    return f"{change.code} {change.name}：{change.words}{f'（{change.place}）' if change.place else ''}"


def describe_changes(compared: ComparedList) -> Iterator[str]:
    """Yield a line for each kind of difference, and one for each difference of it."""
    yield f"和名册一样的 {compared.same} 个。"
    for differs, title in TITLES.items():
        if changes := compared.of(differs):
            yield f"{title} {len(changes)} 个："
            yield from (f"  {say_change(change)}" for change in changes)
