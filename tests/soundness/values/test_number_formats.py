"""What a number format shows beyond the number counts as if typed, or must be confirmed."""

from pathlib import Path

import pytest

from etl.intake import check_paths
from etl.model.number_format import ShownText, read_format
from tests.lib.books import address
from tests.lib.county import begin_store
from tests.lib.files.formats import table_of, write_table
from tests.messy.returns import aid, book

WITH_FORMATS = ["xlsx", "moved.xlsx", "xls", "xlsb", "ods", "xml", "html"]
AMOUNT = address("R07", "amount")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("store")
    begin_store(made)
    return made


def judge(store: Path, folder: Path, value: float, code: str, shown: str, kind: str = "xlsx", **more: str) -> object:
    """Return the amount read from a ledger of one row with a formatted amount; the findings if there is none."""
    path = book(aid({"amount": value}, **more), name="原表.xlsx")(folder)
    table = table_of(path, formats={AMOUNT: code}, shown={AMOUNT: shown})
    (judged,) = check_paths([write_table(table, kind, folder)], store)
    if judged.verdict != "accepted":
        return [one.problem for one in judged.findings]
    return judged.returns[0].column("amount")[0]


@pytest.mark.parametrize("kind", WITH_FORMATS)
def test_a04_a_unit_in_the_format_counts(kind: str, store: Path, tmp_path: Path) -> None:
    assert judge(store, tmp_path, 12.46, '0.0"万元"', "12.5万元", kind) == 124_600, "all its decimals are kept"


@pytest.mark.parametrize(
    ("value", "code", "shown", "amount"),
    [
        (125_432.0, '0!.0,"万元"', "12.5万元", 125_432),
        (125_432.0, '0"."0,\\万', "12.5万", 125_432),
        (4_800.0, '"¥"#,##0.00', "¥4,800.00", 4_800),
        (4_800.0, "[$¥-804]#,##0.00", "¥4,800.00", 4_800),
        (0.0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-", 0),
        (12.0, 'General"元"', "12元", 12),
        (12.5, '[<1000]0.0"千元";0', "12.5千元", 12_500),
        (1_250.0, '[<1000]0.0"千元";0', "1250", 1_250),
        (4_800.0, "#,##0.00", "4,800.00", 4_800),
    ],
)
def test_a04_what_is_shown_is_what_counts(
    value: float, code: str, shown: str, amount: float, store: Path, tmp_path: Path
) -> None:
    assert judge(store, tmp_path, value, code, shown) == amount


def test_a04_a_scale_that_the_header_explains_changes_nothing(store: Path, tmp_path: Path) -> None:
    assert judge(store, tmp_path, 12_500.0, "0.0,", "12.5", money="千元、吨") == 12_500


@pytest.mark.parametrize(
    ("value", "code", "found"),
    [
        (12_500.0, "0.0,", "填的是“12500”，显示成“12.5”"),
        (12.0, '0"人"', "填的是“12人”"),
        (12.0, "[$$-409]#,##0.00", "填的是“$12”"),
        (12.0, '0.0"百万元"', "填的是“12百万元”"),
        (0.5, "0%", "填的是“50%”"),
    ],
)
def test_a04_what_contradicts_the_header_is_told(
    value: float, code: str, found: str, store: Path, tmp_path: Path
) -> None:
    assert judge(store, tmp_path, value, code, "") == [found]


@pytest.mark.parametrize("code", ["0%", "0.0%", '0.00"%"'])
def test_a04_a_percentage_is_what_it_shows(code: str) -> None:
    shown = read_format(code)
    assert shown and shown.say(0.07) == ("0.07%" if '"' in code else "7%")
    assert (ShownText("7%").say(0.0704), ShownText("7%").say(7.0)) == ("7.04%", "7%")


@pytest.mark.parametrize("kind", WITH_FORMATS)
def test_a04_a_number_with_leading_zeros_is_the_same_key_as_the_text(kind: str, store: Path, tmp_path: Path) -> None:
    path = book(aid({"amount": 1, "number": "0012"}, {"amount": 2, "number": 12}), name="原表.xlsx")(tmp_path)
    second = address("R07", "number", 1)
    table = table_of(path, formats={second: "0000"}, shown={second: "0012"})
    (judged,) = check_paths([write_table(table, kind, tmp_path)], store)
    assert [one.rule for one in judged.findings] == ["repeated"]


def test_a04_words_that_are_no_measure_do_not_send_a_count_back(store: Path, tmp_path: Path) -> None:
    path = book(aid({"amount": 1200, "persons": 12}), name="原表.xlsx")(tmp_path)
    table = table_of(path, formats={address("R07", "persons"): '0"名职工"'})
    (judged,) = check_paths([write_table(table, "xlsx", tmp_path)], store)
    assert judged.verdict == "accepted" and judged.returns[0].column("persons") == [12]


@pytest.mark.parametrize("code", ["General", "#,##0;(#,##0)", 'yyyy"年"m"月"', "# ?/?", "0.00E+00", "[h]:mm", "@"])
def test_a04_ordinary_formats_show_no_more_than_the_number(code: str) -> None:
    assert read_format(code) is None


def test_a04_a_shown_text_must_belong_to_its_number() -> None:
    assert ShownText("12.5万元").say(99.0) == "" and ShownText("-3人").say(-3.0) == "-3人"


@pytest.mark.parametrize(
    ("column", "code", "found"),
    [
        ("rice", '0"kg"', "填的是“12kg”"),
        ("rice", '0"斤"', "填的是“12斤”"),
        ("rice", '0"袋"', "填的是“12袋”"),
        ("amount", '0"w"', "填的是“12w”"),
        ("amount", '0"美元"', "填的是“12美元”"),
        ("amount", '"约"0"元"', "填的是“约12元”"),
        ("amount", '0"00"', "填的是“12”，显示成“1200”"),
        ("amount", '"-"0', "填的是“12”，显示成“-12”"),
    ],
)
def test_a04_sibling_words_that_make_another_number_are_told(
    column: str, code: str, found: str, store: Path, tmp_path: Path
) -> None:
    path = book(aid({"amount": 12, column: 12}), name="原表.xlsx")(tmp_path)
    table = table_of(path, formats={address("R07", column): code})
    (judged,) = check_paths([write_table(table, "xlsx", tmp_path)], store)
    assert (judged.verdict, [one.problem for one in judged.findings]) == ("returned", [found])


@pytest.mark.parametrize("kind", WITH_FORMATS)
@pytest.mark.parametrize(("code", "shown"), [('0.0"(万元)"', "12.5(万元)"), ('0.0"（万元）"', "12.5（万元）")])
def test_a04_sibling_a_unit_in_brackets_counts(code: str, shown: str, kind: str, store: Path, tmp_path: Path) -> None:
    assert judge(store, tmp_path, 12.5, code, shown, kind) == 125_000


def test_a04_sibling_numerals_that_an_ods_shows_carry_their_unit(store: Path, tmp_path: Path) -> None:
    assert judge(store, tmp_path, 12.0, "", "一十二万元", "ods") == 120_000
    assert judge(store, tmp_path, 120.0, "", "一百二十", "ods") == 120


def test_a04_sibling_half_a_measure_is_no_other_one(store: Path, tmp_path: Path) -> None:
    assert judge(store, tmp_path, 12.0, '0.00"元整"', "12.00元整") == 12
    assert read_format('_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-') is None


@pytest.mark.parametrize("written", ["1" + "0" * 19, "1,000" + ",000" * 6, "9" * 400])
def test_a04_sibling_more_digits_than_any_count_has_are_told(written: str, store: Path, tmp_path: Path) -> None:
    (judged,) = check_paths([book(aid({"amount": written, "persons": written}))(tmp_path)], store)
    assert [one.rule for one in judged.findings] == ["bad_value"] * 2
