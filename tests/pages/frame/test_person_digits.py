"""Numbers of persons in any writing, sent and typed wherever somebody can: no screen, log, answer or store has them."""

import hashlib
import logging
import re
from collections.abc import Iterator
from functools import partial
from itertools import cycle, islice, product
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from streamlit.testing.v1 import AppTest

from access.accounts.roles import Role
from access.acts import Acts
from base.settings import Settings
from etl.intake import load_paths
from etl.journal import read_entries
from etl.privacy.numbers import find_numbers, plain_digits
from etl.replies.answer import answer_file, answer_receipt
from serving.logs import JsonLines, start_log
from stats.catalogue import load_catalogue
from tests.lib.contents import contents, texts_in
from tests.lib.county import town_one, write_register, write_roster
from tests.lib.people import session_for
from tests.lib.scores import SCHEME
from tests.messy.persons.test_person_numbers import BETWEEN, CHINESE, CIRCLED, FULL, NUMBERS
from tests.pages.conftest import OpenPage
from tests.pages.screens.test_board import open_board
from tests.pages.screens.test_upload import drop, press

QUARTER = "2008年一季度"
ABOUT = 120  # variants
TABLES: tuple[dict[int, object], ...] = ({}, FULL, CIRCLED, CHINESE)
MOBILE = "13800138000"
_PUT = {"0": "〇○零", "1": "幺壹"}


def variants() -> list[str]:
    """Return writings of every number, spread evenly over shapes, separators and kinds of digits."""
    ways = list(product(NUMBERS.items(), (1, 0), BETWEEN, TABLES))
    written = []
    for (number, shape), cut, joint, table in ways[:: max(1, len(ways) // ABOUT)]:
        lengths = shape if cut else (1,) * len(number)
        ends = [sum(lengths[:count]) for count in range(len(lengths) + 1)]
        text = joint.join(number[one:other] for one, other in zip(ends, ends[1:], strict=False)).translate(table)
        if find_numbers(text):  # 1380013.8000 and the like are figures
            written.append(text)
    return written


VARIANTS = variants()


def told_in(text: str) -> list[str]:
    """Return the numbers whose digits stand in a text, in whatever writing."""
    text = re.sub("[\u115f\u1160\u3164\uffa0]", "", text)  # letters that nobody sees
    for digit, signs in _PUT.items():
        text = re.sub(f"[{signs}]", digit, text)
    plain = plain_digits(text).translate({ord(sign): str(at) for at, sign in enumerate("〇一二三四五六七八九")})
    plain = plain.translate(
        {code: value for value, code in zip("1234567890", [*range(0x2460, 0x2469), 0x24EA], strict=True)}
    )
    plain = re.sub(r"[\W_]", "", plain)
    return [number for number in NUMBERS if number[:-1] in plain]


def screen(app: AppTest) -> str:
    """Return all that a page sends to the browser: texts, tables, drawings, choices, values of fields."""
    assert not app.exception and not app.error
    return "\n".join(
        node.proto.SerializeToString().decode("utf-8", "ignore")
        for node in app._tree
        if getattr(node, "proto", None) is not None
    )


@pytest.fixture(scope="module")
def kept_log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What the server would write into its log while these tests run."""
    folder = tmp_path_factory.mktemp("logs")
    before, factory, root = list(logging.getLogger().handlers), logging.getLogRecordFactory(), logging.getLogger()
    level = logging.getLogger("mingshu").level
    start_log(folder, Settings(log_level="DEBUG"))
    yield folder / "mingshu.log"
    logging.setLogRecordFactory(factory)
    logging.captureWarnings(False)
    logging.getLogger("mingshu").setLevel(level)
    for handler in [one for one in root.handlers if one not in before]:
        root.removeHandler(handler)
        handler.close()


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Files with the variants: in cells, in numbers, comments, headers, hidden sheets, names of sheets and of files."""
    folder, files = tmp_path_factory.mktemp("sent"), []
    for number, start in enumerate(range(0, len(VARIANTS), 10)):
        texts = VARIANTS[start : start + 10]
        safe = re.sub(r"[\s/\\:*?\[\]]", "", texts[0])[:25]
        path = write_roster(folder, "甲镇", QUARTER, town_one(), name=f"甲镇{safe if number % 2 else number}.xlsx")
        book = load_workbook(path)
        for at, text in enumerate(texts):
            book["R01"][f"U{5 + at}"] = f"见{text}，低保户"
        book["R01"]["A5"].comment = Comment(texts[-1], "某人")
        book["R01"].oddHeader.center.text = MOBILE
        book.create_sheet("备用").sheet_state = "hidden"
        book["备用"]["A1"] = texts[0]
        book.create_sheet(f"表{safe}")["A1"] = "见附件"
        book.save(path)
        files.append(path)
    return files


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A return that is accepted: the telephone of who filled it in stands below it, as offices write it."""
    path = write_roster(tmp_path_factory.mktemp("signed"), "甲镇", QUARTER, town_one(), name="甲镇.xlsx")
    book = load_workbook(path)
    mobiles = [text for text in VARIANTS if MOBILE in told_in(text)]
    for row, text in enumerate(islice(cycle(mobiles), 12), start=8):
        book["R01"][f"A{row}"] = f"填表人：（签章）联系电话：{text}"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def store(kept_log: Path, sent: list[Path], signed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that all this was sent to, and into whose journal it was typed."""
    folder = tmp_path_factory.mktemp("store")
    load_paths([write_register(folder / "first")], folder / "store")
    assert {one.what for one in load_paths(sent, folder / "store").outcomes} == {"returned"}
    (outcome,) = load_paths([signed], folder / "store").outcomes
    assert outcome.what == "accepted", outcome.findings
    staff = Acts(folder / "store", session_for(folder / "store", Role.STAFF))
    for at, text in enumerate(VARIANTS[::10]):
        number = staff.object_to(SCHEME, "T01", next(iter(load_catalogue().scheme(SCHEME).items)), f"理由{text}")
        staff.answer_objection(number, True, f"见{text}")
        staff.save_view(f"{at}号{text}"[:40], f"goals?seek={at}", True)
        logging.getLogger("mingshu").warning("打不开 %s：%s", text, "see " + text)
    return folder / "store"


def test_s07_there_are_variants_enough() -> None:
    assert len(VARIANTS) > 60 and {number for text in VARIANTS for number in told_in(text)} == set(NUMBERS)
    assert all(told_in(text) for text in VARIANTS)


def test_s07_no_digits_in_store_journal_and_build(store: Path, signed: Path) -> None:
    """Of the original that was accepted every byte is kept, with the telephone in it."""
    own = {entry.file for entry in read_entries(store) if entry.name == signed.name}
    files = [file for file in store.rglob("*") if file.is_file() and file.relative_to(store).as_posix() not in own]
    assert {file.name: found for file in files if (found := told_in(texts_in(file.read_bytes())))} == {}
    assert told_in(str(contents(store))) == []
    assert {entry.name: found for entry in read_entries(store) if (found := told_in(str(entry)))} == {}


def test_s07_no_digits_in_answers(store: Path, sent: list[Path], tmp_path: Path) -> None:
    returned = [entry.seq for entry in read_entries(store) if entry.what == "returned"]
    answers = [answer_receipt(store, seq) for seq in returned[:6]] + [answer_file(store, path) for path in sent[:4]]
    for answer in answers:
        out = answer.write(tmp_path / "答复.xlsx")
        assert told_in(texts_in(out.read_bytes()).replace("<", "Z")) == [] == told_in(answer.telephone_list())


def test_s07_no_digits_on_the_page_where_files_are_dropped(open_page: OpenPage, store: Path, sent: list[Path]) -> None:
    app = drop(open_page(store, "upload.py"), *sent[:4])
    for row, path in zip(app.expander, sent, strict=False):
        assert told_in(row.label) == []
        app.session_state[f"row-{hashlib.sha256(path.read_bytes()).hexdigest()}-returned"] = True
    app.run()
    assert "里有" in screen(app)
    assert told_in(screen(app)) == []
    assert told_in(screen(press(app, "全部移除"))) == []


PAGES = ("overview.py", "targets.py", "papers.py", "indicator.py", "unit.py", "trace.py", "scoring.py",
         "submissions.py", "templates.py", "my_account.py", "accounts.py", "audit.py", "show.py")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_s07_no_digits_on_any_page_with_all_opened(page: str, open_page: OpenPage, store: Path) -> None:
    app = open_page(store, page, Role.ADMIN)
    for entry in read_entries(store):
        app.session_state[f"receipt-{entry.seq}-{entry.what}"] = True
    shown = screen(app.run())
    assert told_in(shown) == [] and (page != "submissions.py" or "个人身份信息" in shown)


def test_s07_no_digits_beside_a_cell_in_its_sheet(open_page: OpenPage, store: Path) -> None:
    told = screen(open_page(store, "trace.py", Role.ADMIN, figure="union_members"))
    assert "填表人" in told and "联系电话" in told and told_in(told) == []


@pytest.mark.parametrize("board", load_catalogue().boards)
def test_s07_no_digits_on_boards(board: str, open_page: OpenPage, store: Path) -> None:
    assert told_in(screen(open_board(partial(open_page, role=Role.ADMIN), store, board))) == []


@pytest.mark.parametrize("key", ["unit", "span", "against", "kind", "figure"])
def test_s07_no_digits_of_an_address_are_said_again(key: str, open_page: OpenPage, store: Path) -> None:
    for text in VARIANTS[::30]:
        assert told_in(screen(open_page(store, "indicator.py", **{key: text}))) == [], text


def test_s07_no_digits_in_the_log(store: Path, kept_log: Path) -> None:
    assert store and JsonLines
    lines = kept_log.read_text(encoding="utf-8")
    assert "打不开" in lines and told_in(lines) == []
