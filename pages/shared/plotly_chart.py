"""A chart on a page."""

from collections.abc import Mapping
from html import escape

from pages.view.scripts import mount
from serving.packed import LIBRARY
from stats.drawing.elements.frame import Spec

_HTML = '<div class="drawing" role="figure"></div>'


def picture_button(name: str) -> str:
    """Return the button that saves the drawing of its panel as pictures of a slide's size, as HTML.

    A panel is an element with a key that begins with panel-; its h3 is the title, its list of the class lines is below.
    """
    return f'<button type="button" class="picture" data-name="{escape(name)}">图片</button>'


def expect_charts() -> None:
    """Let the browser load what charts are drawn with, before the first one comes."""
    mount("early", "early", "<span></span>", LIBRARY)


def draw_chart(spec: Spec, text: str, key: str, names: Mapping[str, str] | None = None) -> None:
    """Draw a chart; `text` is its text for screen readers.

    A press on a mark opens the panel that explains it. `names` are words that name what is asked about and that the
    drawing does not hold itself, such as its board and panel.

    Streamlit's own chart is not used: it redraws a chart twice with each change of its numbers, and loads four times as
    much script as scatter and bars need.
    """
    mount("drawing", key, _HTML, {"spec": spec, "said": text, "library": LIBRARY, "names": dict(names or {})})
