"""Pages show what the county declared itself, by the catalogue of the build they show."""

from pathlib import Path
from shutil import copytree

from etl.intake import load_paths
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue import USUAL_PACKS
from stats.catalogue_declared import Declared
from tests.etl.published.declared import RATE_CODE, VISITS, write_visits
from tests.pages.conftest import OpenPage, words


def test_a_figure_of_ones_own_is_shown_with_its_formula(
    open_page: OpenPage, loaded_towns: Path, tmp_path: Path
) -> None:
    store = copytree(loaded_towns, tmp_path / "store")
    publish_catalogue(store, VISITS, "李四", "加一张走访表")
    assert load_paths([write_visits(tmp_path / "走访.xlsx", ("甲镇", 40, 30), ("乙乡", 60, 20))], store).count(
        "accepted"
    )
    app = open_page(store, "indicator.py")
    app.selectbox(key="figure").select(RATE_CODE).run()
    page = words(app)
    assert not app.exception
    for part in ("每走访一百人次", "50.0%", "走访解决问题人次", "保障部"):
        assert part in page


def test_an_open_page_follows_each_version_at_its_next_run(
    open_page: OpenPage, loaded_towns: Path, tmp_path: Path
) -> None:
    store = copytree(loaded_towns, tmp_path / "store")
    app, name = open_page(store, "indicator.py"), "走访解决率"
    for wanted in (VISITS, Declared(USUAL_PACKS, {}), VISITS):
        publish_catalogue(store, wanted, "李四", "试一试")
        assert (name in app.run().selectbox(key="figure").options) == (wanted == VISITS)
