"""The pages pass on the function that opens an uploaded paper, and never open one in the server process."""

import ast

from tests.contracts.source import module_of, nodes, parse, place, product_files

OPENING = {
    *("find_placed", "mark_placeholders", "put_figures", "check_template", "read_paper", "mentions_in"),
    *("drawn_numbers", "guard_word", "parts_of", "ZipFile", "Document", "load_workbook", "Presentation"),
    *("read_draft", "read_word", "mark_word", "marked_copy", "template_copy"),
}
TOLD_WHERE = {"fill_template": "open_paper"}  # functions that open it with the function they are given


def test_s03_no_page_opens_a_paper_itself() -> None:
    wrong = [
        place(path, node)
        for path in product_files()
        if module_of(path).startswith("pages.")
        for node in nodes(parse(path))
        if isinstance(node, ast.Call) and not _opens_elsewhere(node)
    ]
    assert not wrong, "hand it to open_paper:\n" + "\n".join(wrong)


def test_s03_a_page_that_opened_one_would_be_found() -> None:
    for source in ("read_paper(content, name)", "fill_template(content, source, view)", "zipfile.ZipFile(file)"):
        assert not _opens_elsewhere(ast.parse(source, mode="eval").body)
    assert _opens_elsewhere(ast.parse("open_paper(read_paper, content, name)", mode="eval").body)


def _opens_elsewhere(call: ast.expr) -> bool:
    assert isinstance(call, ast.Call)
    called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    told = {argument.id for argument in call.args if isinstance(argument, ast.Name)}
    return called not in OPENING and (called not in TOLD_WHERE or TOLD_WHERE[called] in told)
