"""Tables as markup, for tests of the readers."""

from collections.abc import Sequence

ODS_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="会员">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
ODS_MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
_WORKBOOK = (
    '<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    "{sheets}</Workbook>"
)


def spreadsheetml(rows: Sequence[Sequence[str]], encoding: str = "UTF-8") -> str:
    """Return rows as a SpreadsheetML workbook of one sheet; digits are numbers."""
    lines = "".join(f"<Row>{''.join(map(_cell, row))}</Row>" for row in rows)
    return workbook(f"<Worksheet ss:Name='会员'><Table>{lines}</Table></Worksheet>", encoding)


def workbook(sheets: str, encoding: str = "UTF-8") -> str:
    """Return a SpreadsheetML workbook around its sheets."""
    return _WORKBOOK.format(encoding=encoding, sheets=sheets)


def _cell(value: str) -> str:
    kind = "Number" if value.isdigit() else "String"
    return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'


def web_page(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a page of one table, as systems export it."""
    lines = "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>\n" for row in rows)
    return f"<html><head><style>td {{color: red}}</style></head><body>\n<table>\n{lines}</table></body></html>"
