"""Every download offered by a page is recorded in the audit, because it goes through one function."""

import ast

from tests.contracts.source import nodes, parse, place, product_files


def test_every_download_is_noted() -> None:
    buttons = [
        (place(path, node), node)
        for path in product_files()
        for node in nodes(parse(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("download_button")
    ]
    assert buttons
    assert [where for where, node in buttons if not _is_noted(node)] == []


def _is_noted(button: ast.Call) -> bool:
    data = next((keyword.value for keyword in button.keywords if keyword.arg == "data"), None)
    return isinstance(data, ast.Call) and ast.unparse(data.func) == "handing_out"
