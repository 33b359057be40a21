"""Takes the pictures in docs/screens from the running dashboard: `python -m docs.make_screens [STORE]`.

Without a store, the sample county is written and loaded first.
"""

import shutil
from argparse import ArgumentParser
from collections.abc import Sequence
from fnmatch import fnmatch
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook
from playwright.sync_api import Browser, sync_playwright

from etl.intake import ACCEPTED, load_paths
from etl.journal import Journal
from etl.sample import write_county
from tests.lib.server import serve

SCREENS = Path(__file__).resolve().parent / "screens"
SIZES = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}
PAGES = {
    "overview": "/",
    "trace": "/trace?figure=worker_membership_rate",
    "upload": "/upload",
    "submissions": "/submissions",
    "templates": "/templates",
}
PAINTED = {  # the slowest on each page
    "overview": '[data-testid="stDataFrame"] canvas',
    "trace": ".js-plotly-plot",
    "upload": '.st-key-parcels [data-testid="stExpander"]',
    "submissions": ".missing",
    "templates": ".st-key-one-form",
}
ONLY_LIGHT = {"upload", "submissions", "templates"}  # taken on the desktop and on a phone, in light
SETTLED = 2500  # milliseconds after that, for the rest to be painted
PATIENCE = 60_000  # milliseconds
_LARGE = 20  # a number worth changing in the picture


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
            files = write_files(store, Path(folder) / "sent")
            for page, size, theme in product(PAGES, SIZES, ("light", "dark")):
                if page in ONLY_LIGHT and (theme == "dark" or size == "tablet"):
                    continue
                picture = SCREENS / f"{page}-{size}-{theme}.png"
                take(browser, address + PAGES[page], SIZES[size], theme, picture, files if page == "upload" else [])
                print(picture.relative_to(SCREENS.parent.parent))


def load_sample(folder: Path) -> Path:
    """Write the sample county and load it; return the store."""
    write_county(folder / "county")
    load_paths([folder / "county"], folder / "store")
    return folder / "store"


def write_files(store: Path, folder: Path) -> list[Path]:
    """Write a return as it came once more with one number changed, and another with words where numbers belong."""
    folder.mkdir()
    sent = [
        entry for entry in Journal(store).entries() if entry.what == ACCEPTED and fnmatch(entry.name, "*公司工会*.xlsx")
    ]
    files = []
    for entry, spoil in zip(sent[-2:], (lambda value: value + 1, lambda value: f"约{value}人"), strict=True):
        book = load_workbook(store / entry.file)
        cells = (cell for row in book.worksheets[0].iter_rows(min_row=5) for cell in row)
        cell = next(cell for cell in cells if isinstance(cell.value, int) and cell.value >= _LARGE)
        cell.value = spoil(cell.value)
        book.save(folder / entry.name)
        files.append(folder / entry.name)
    return files


def take(
    browser: Browser, address: str, size: tuple[int, int], theme: str, picture: Path, files: Sequence[Path] = ()
) -> None:
    """Take one picture of what is on the screen before anyone scrolls, with files dropped first when there are any."""
    context = browser.new_context(
        locale="zh-CN",
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if theme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("h1.finding", timeout=PATIENCE)
    if files:
        page.locator("input[type=file]").set_input_files(files)
    page.wait_for_selector(PAINTED[picture.name.split("-")[0]], timeout=PATIENCE)
    if files:
        page.locator("summary").first.click()
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=PATIENCE)
    page.wait_for_timeout(SETTLED)
    page.screenshot(path=picture)
    context.close()


if __name__ == "__main__":
    main()
