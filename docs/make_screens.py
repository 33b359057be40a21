"""Takes the gallery from the running dashboard: `python -m docs.make_screens [STORE]`.

Every page the dashboard lists, in both themes and both widths, into docs/screens; docs/gallery.md lists them. Without a
store, the sample county is written and loaded first.
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from fnmatch import fnmatch
from io import BytesIO
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args

from openpyxl import load_workbook
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.proto.AppPage_pb2 import AppPage

from etl.intake import ACCEPTED, load_paths
from etl.journal import Journal
from etl.sample import write_county
from tests.lib.dashboard.chromium import path_of_chromium
from tests.lib.dashboard.drawn import PATIENCE, await_charts, await_drawn
from tests.lib.dashboard.visitor import pages_of
from tests.lib.people import come_in
from tests.lib.server import serve

SCREENS = Path(__file__).resolve().parent / "screens"
GALLERY = SCREENS.with_name("gallery.md")
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
WIDE, WIDE_SIZE = "wide", (1920, 1080)
ON_WIDE = ("", "show")  # what is put on a wall
Theme = Literal["light", "dark"]
UPLOAD = "upload"  # shown with files dropped on it
CLERKS_HOME = "duties"  # to an administrator it only says whose it is
SETTLED = 600  # milliseconds for what fades in, after everything has been drawn
QUALITY = 72  # of WebP: letters stay sharp
_LARGE = 20  # a number worth changing in the picture


def main() -> None:
    """Write one picture a page, size and theme, and the list of them."""
    parser = ArgumentParser(prog="python -m docs.make_screens", description="从运行中的页面截图")
    parser.add_argument("store", metavar="数据目录", nargs="?", type=Path, help="不写则先写出并上报示例县")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        store = asked.store or load_sample(Path(folder))
        with serve(store) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path_of_chromium(), args=["--no-sandbox"])
            files = write_files(store, Path(folder) / "sent")
            pages = [page for page in pages_of(address) if page.url_pathname != CLERKS_HOME]
            clear()
            for size, theme in product(SIZES, get_args(Theme)):
                screen = open_screen(browser, address, size, theme)
                for page in pages:
                    picture = SCREENS / name_of(page, size, theme)
                    take(screen, f"{address}/{page.url_pathname}", picture, files)
                    print(picture.relative_to(SCREENS.parent.parent), flush=True)
                screen.context.close()
            screen = open_screen(browser, address, WIDE, "light")
            for page in (page for page in pages if page.url_pathname in ON_WIDE):
                take(screen, f"{address}/{page.url_pathname}", SCREENS / name_of(page, WIDE, "light"), files)
            screen.context.close()
    GALLERY.write_text(list_pictures(pages), encoding="utf-8")


def load_sample(folder: Path) -> Path:
    """Write the sample county and load it; return the store."""
    write_county(folder / "county")
    load_paths([folder / "county"], folder / "store", who="系统导入")
    return folder / "store"


def clear() -> None:
    """Take away the pictures of the last time: a page may be gone."""
    for picture in (*SCREENS.glob("*.png"), *SCREENS.glob("*.webp")):
        picture.unlink()


def name_of(page: AppPage, size: str, theme: str) -> str:
    """Return the name of a page's picture."""
    return f"{page.url_pathname or 'overview'}-{size}-{theme}.webp"


def list_pictures(pages: Sequence[AppPage]) -> str:
    """Return the gallery: a part a page, its four pictures side by side."""
    parts = ["# 页面图集", "", "由 `python -m docs.make_screens` 从示例县的页面截取：电脑和手机，浅色和深色。"]
    for page in pages:
        kinds = [
            (said, name_of(page, size, theme))
            for size, theme, said in (
                ("desktop", "light", "电脑"),
                ("desktop", "dark", "电脑，深色"),
                ("phone", "light", "手机"),
                ("phone", "dark", "手机，深色"),
            )
        ]
        if page.url_pathname in ON_WIDE:
            kinds.append(("大屏", name_of(page, WIDE, "light")))
        pictures = "|".join(f" ![{page.page_name}，{said}](screens/{name}) " for said, name in kinds)
        heads = "|".join(f" {said} " for said, _ in kinds)
        parts += ["", f"## {page.page_name}", "", f"|{heads}|", "|---" * len(kinds) + "|", f"|{pictures}|"]
    return "\n".join(parts) + "\n"


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


def open_screen(browser: Browser, address: str, size: str, theme: Theme) -> Page:
    """Return an empty screen of a size and theme, signed in; what it fetched for one page serves the next."""
    width, height = (SIZES | {WIDE: WIDE_SIZE})[size]
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height}, color_scheme=theme)
    come_in(context, address)
    return context.new_page()


def take(screen: Page, address: str, picture: Path, files: Sequence[Path]) -> None:
    """Take one picture of what is on the screen before anyone scrolls."""
    screen.goto(address)
    await_drawn(screen)
    if address.endswith(f"/{UPLOAD}"):
        drop(screen, files)
    await_charts(screen)
    screen.wait_for_timeout(SETTLED)
    Image.open(BytesIO(screen.screenshot())).convert("RGB").save(picture, "WEBP", quality=QUALITY, method=6)


def drop(page: Page, files: Sequence[Path]) -> None:
    """Drop files and open the first one that has been judged."""
    page.locator("input[type=file]").set_input_files(files)
    page.wait_for_selector('.st-key-files [data-testid="stExpander"]', timeout=PATIENCE)
    page.locator("summary").first.click()
    await_drawn(page)


if __name__ == "__main__":
    main()
