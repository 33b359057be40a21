"""图片: a button that saves a drawing as a picture with title and lines in it; picture.js makes it in the browser."""

from html import escape

import streamlit as st


def offer_picture(name: str) -> None:
    """Draw the button; it looks for the drawing, the title and the lines in the panel it stands in."""
    st.html(f'<button type="button" class="picture" data-name="{escape(name)}">图片</button>', width="content")
