"""The sample county: the spreadsheets of one county for 2008Q1 to 2011Q2, the same bytes on every run."""

import shutil
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from etl.sample.books import write_file
from etl.sample.county.sources import FOLDER
from etl.sample.faulty_files import write_returned
from etl.sample.returns import Sample
from stats.catalogue import Catalogue, load_catalogue

LEGACY = FOLDER / "legacy"


def write_county(folder: Path, catalogue: Catalogue | None = None) -> int:
    """Write the sample county's files into a folder, and faulty files into a second one next to it (…-退回样例).

    Returns the number of files in the folder itself, all of which can be loaded.
    """
    sample = Sample(catalogue or load_catalogue())
    books = [(folder / book.path, book) for book in sample.books()]
    for path, _ in books:
        path.parent.mkdir(parents=True, exist_ok=True)
    drawn = ((path, sample.draw(book)) for path, book in books if not book.legacy)
    with ProcessPoolExecutor() as pool:  # zipping takes most of the time
        list(pool.map(write_file, *zip(*drawn, strict=True), chunksize=16))
    for path, book in books:
        if book.legacy:
            shutil.copyfile(LEGACY / book.legacy, path)
    write_returned(sample, folder.with_name(folder.name + "-退回样例"))
    return len(books)
