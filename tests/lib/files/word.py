"""Word files for tests: written with placeholders in every place, and read back."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def write_word(*paragraphs: str, add: Callable[[Any], None] | None = None) -> bytes:
    """Return a .docx with paragraphs, changed by `add` if given."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if add:
        add(document)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def add_text_box(document: Any, words: str) -> None:
    """Add a text box as Word writes it: as a shape, and again for programs that don't support shapes."""
    box = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    run = (
        f"<w:r {_NAMES}><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph()._p.append(parse_xml(run))


def parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file by name."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return a Word file with one part added or replaced."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for known, old in (parts(content) | {name: part}).items():
            archive.writestr(known, old)
    return made.getvalue()


def root_of(content: bytes, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts(content)[name])


def text_of(content: bytes, name: str = "word/document.xml") -> str:
    """Return all text of a part, one line per paragraph."""
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root_of(content, name).iter(f"{W}p"))


def controls_of(content: bytes, name: str = "word/document.xml") -> list[tuple[str, str]]:
    """Return tag and text of each content control of a part."""
    return [
        (control.find(f"{W}sdtPr/{W}tag").get(f"{W}val"), "".join(t.text or "" for t in control.iter(f"{W}t")))
        for control in root_of(content, name).iter(f"{W}sdt")
    ]
