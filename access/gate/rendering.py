"""The sign-in pages: rendered on the server, in the colours of the dashboard, without scripts."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from access.gate import cookies
from access.gate.gate_routes import LOGO, LOOK
from base.settings import Settings

_FOLDER = Path(__file__).parent
_LOGO = _FOLDER.parents[1] / "pages" / "browser" / "logo.svg"
_PAGES = Environment(loader=FileSystemLoader(_FOLDER / "templates"), autoescape=True, undefined=StrictUndefined)
_COLOURS = {
    "ink": "textColor", "grey": "grayTextColor", "edge": "borderColor", "soft": "secondaryBackgroundColor",
    "ground": "backgroundColor", "primary": "primaryColor", "link": "linkColor", "behind": "redTextColor",
}  # fmt: skip
_NEVER_KEPT = {"Cache-Control": "no-store"}


def show(
    request: Request, page: str, settings: Settings, message: str = "", status: int = 200, **words: Any
) -> Response:
    """Return a page with a form that only this browser can submit; `message` is the error message."""
    seed = cookies.seed_of(request, settings)
    context = {"look": LOOK, "logo": LOGO, "here": request.url.path, "form": cookies.sign(seed), "said": message}
    text = _PAGES.get_template(page).render(context | words)
    answer = HTMLResponse(text, status, headers=_NEVER_KEPT)
    cookies.put(answer, cookies.FORM, seed, settings)
    return answer


def stylesheet(_: Request) -> Response:
    """Return the stylesheet of these pages, light and dark."""
    return Response(_style(), media_type="text/css")


def logo(_: Request) -> Response:
    """Return the logo."""
    return Response(_LOGO.read_bytes(), media_type="image/svg+xml")


@cache
def _style() -> str:
    themes = {
        theme: {name: st.get_option(f"theme.{theme}.{option}") for name, option in _COLOURS.items()}
        for theme in ("light", "dark")
    }
    plain = Environment(loader=FileSystemLoader(_FOLDER / "templates"), undefined=StrictUndefined, autoescape=False)
    return plain.get_template("look.css").render(themes, font=st.get_option("theme.font"))
