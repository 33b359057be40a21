"""Cached results: put the results of formulas back into a workbook that was saved without them.

Without them a viewer, such as on a phone, shows nothing in place of a formula.
"""

import os
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

Results = Mapping[str, str | float]  # by address
_FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f\b[^>]*>[^<]*</f>)<v\s*(?:/>|></v>)</c>')


def put_results(path: Path, results: Mapping[int, Results]) -> None:
    """Put results into a workbook that openpyxl saved, in place; `results` by the number of the sheet, from 1."""
    parts = {f"xl/worksheets/sheet{number}.xml": results for number, results in results.items() if results}
    if not parts:
        return
    renewed = path.with_name(f"{path.name}-results")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(renewed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _with_results(content, parts[name]) if name in parts else content)
    os.replace(renewed, path)


def _with_results(content: bytes, results: Results) -> bytes:
    def put(match: re.Match[str]) -> str:
        address, attributes, formula = match.groups()
        if address not in results:
            return match[0]
        result = results[address]
        kind = ' t="str"' if isinstance(result, str) else ""
        return f'<c r="{address}"{attributes}{kind}>{formula}<v>{escape(str(result))}</v></c>'

    return _FORMULA.sub(put, content.decode("utf-8")).encode("utf-8")
