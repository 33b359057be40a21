"""上报: a table that is no form leads whoever may declare forms to where one is made from it."""

from pathlib import Path

import pytest

from access.accounts.roles import Role
from tests.etl.form_proposals.test_form_command import begin
from tests.etl.unit_lists.written_lists import write_cells
from tests.lib.county import copy_of
from tests.pages.conftest import OpenPage
from tests.pages.screens.test_upload import drop, open_row

TABLE = [["受助对象", "走访次数"], ["甲", 3], ["乙", 5]]


@pytest.mark.parametrize(("role", "leads"), [(Role.ADMIN, True), (Role.STAFF, False)])
def test_a_table_that_is_no_form_leads_to_making_one(
    open_page: OpenPage, tmp_path: Path, role: Role, leads: bool
) -> None:
    store = copy_of(begin, tmp_path)
    app = open_row(drop(open_page(store, "upload.py", role), write_cells(tmp_path / "走访.xlsx", TABLE)), 0)
    labels = [link.proto.label for link in app.get("page_link")]
    assert any("照它立一张报表" in label for label in labels) == leads
