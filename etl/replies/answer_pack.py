"""Several answers as one file to hand on."""

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


def pack_answers(makers: Mapping[str, Callable[[], bytes]]) -> bytes:
    """Return a zip of files, each made by the function under its name."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as answers:
        for name, make in makers.items():
            answers.writestr(name, make())
    return packed.getvalue()
