"""The contents of a store, without the serial numbers that depend on the order of the files."""

import io
import zipfile
from pathlib import Path
from typing import Any

from stats.warehouse import open_warehouse

_QUESTIONS = {
    "observations": """
        select u.code, u.parent, i.code, o.period, o.value, o.reporter, r.form, r.sheet, m."row", m."column", s.sha
        from core.observation o join core.unit u on u.node = o.unit join core.item i on i.id = o.item
        join raw.datum m on m.id = o.datum join raw.record d on d.id = m.record
        join raw."return" r on r.id = d."return" join raw.submission s on s.id = r.submission order by all""",
    "in_force": """
        select f.form, f.key, f.unit, f.reporter, f.first, f.last, f.newest, u.code, u.parent, f.since, f.until,
            d.fields
        from core.in_force f join raw.record d on d.id = f.record left join core.unit u on u.node = f.node
        order by all""",
    "coverage": """
        select u.code, u.parent, c.form, c.period, c.expected, c.reported
        from mart.coverage c join core.unit u on u.node = c.unit order by all""",
    "rollup": """
        select u.code, u.parent, i.code, r.period, r.value
        from mart.rollup r join core.unit u on u.node = r.unit join core.item i on i.id = r.item order by all""",
    "units": "select code, parent, name, level, first, last from core.placement order by all",
}


def contents(store: Path) -> dict[str, list[Any]]:
    """Return everything in the current build of a store, table by table."""
    warehouse = open_warehouse(store)
    try:
        with warehouse.cursor() as cursor:
            return {name: cursor.execute(sql).fetchall() for name, sql in _QUESTIONS.items()}
    finally:
        warehouse.close()


def texts_in(content: bytes) -> str:
    """Return the texts in the parts of a package, or in any other file."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", errors="replace") for name in archive.namelist())
