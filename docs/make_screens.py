"""Takes the pictures in docs/screens from the running dashboard: `python -m docs.make_screens [STORE]`.

Without a store, the sample county is written and loaded first.
"""

import shutil
from argparse import ArgumentParser
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from etl.intake import load_paths
from etl.sample import write_county
from tests.lib.server import serve

SCREENS = Path(__file__).resolve().parent / "screens"
SIZES = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}
PAGES = {"overview": "/", "trace": "/trace?figure=worker_membership_rate"}
PAINTED = {
    "overview": '[data-testid="stDataFrame"] canvas',
    "trace": ".js-plotly-plot",
}  # the slowest on each page
SETTLED = 2500  # milliseconds after that, for the rest to be painted


def main() -> None:
    """Write one picture a page, size and theme."""
    parser = ArgumentParser(prog="python -m docs.make_screens", description="从运行中的页面截图")
    parser.add_argument("store", metavar="数据目录", nargs="?", type=Path, help="不写则先写出并上报示例县")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        store = asked.store or load_sample(Path(folder))
        with serve(store) as address, sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for page, size, theme in product(PAGES, SIZES, ("light", "dark")):
                picture = SCREENS / f"{page}-{size}-{theme}.png"
                take(browser, address + PAGES[page], SIZES[size], theme, picture)
                print(picture.relative_to(SCREENS.parent.parent))


def load_sample(folder: Path) -> Path:
    """Write the sample county and load it; return the store."""
    write_county(folder / "county")
    load_paths([folder / "county"], folder / "store")
    return folder / "store"


def take(browser: Browser, address: str, size: tuple[int, int], theme: str, picture: Path) -> None:
    """Take one picture of what is on the screen before anyone scrolls."""
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if theme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("h1.finding", timeout=60_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=60_000)
    page.wait_for_selector(PAINTED[picture.name.split("-")[0]], timeout=60_000)
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=picture)
    context.close()


if __name__ == "__main__":
    main()
