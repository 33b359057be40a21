"""上报: a file of which only a copy without persons is kept is known again, taken in once and not offered again."""

from pathlib import Path

from etl.journal import read_entries
from etl.publishing.publish_catalogue import publish_catalogue
from tests.etl.form_proposals.test_form_command import begin
from tests.etl.own_layouts.own_county import own_county
from tests.etl.own_layouts.written_tables import COUNTY
from tests.lib.county import copy_of
from tests.pages.conftest import OpenPage

PAGE = "upload.py"


def begin_with_layouts(folder: Path) -> None:
    begin(folder)
    publish_catalogue(folder / "store", own_county(COUNTY), "甲", "本县的表")


def test_a_file_with_persons_is_taken_in_once(open_page: OpenPage, tmp_path: Path) -> None:
    store = copy_of(begin_with_layouts, tmp_path)
    path = tmp_path / "花名册.xlsx"
    app = open_page(store, PAGE)
    app.file_uploader[0].set_value([(path.name, path.read_bytes(), "")])
    app = app.run()
    app = next(button for button in app.button if button.label == "收下 1 份").click().run()
    assert "已收下 1 份" in app.success[0].value and not [
        button for button in app.button if button.label == "收下 1 份"
    ]
    assert [entry.what for entry in read_entries(store)] == ["accepted"] * 2
    again = open_page(store, PAGE)
    again.file_uploader[0].set_value([(path.name, path.read_bytes(), "")])
    again = again.run()
    assert not [button for button in again.button if button.label == "收下 1 份"], "it is there already"
