"""The fields of the page 建库 by their labels: the keys of those about a file hold its number."""

from typing import Any

from streamlit.testing.v1 import AppTest


def field(app: AppTest, label: str) -> Any:
    """Return the only field that is chosen from or written into, whose label begins like that."""
    kinds = (app.selectbox, app.radio, app.multiselect, app.text_input, app.date_input, app.checkbox)
    [named] = [each for kind in kinds for each in kind if each.label.replace("\\", "").startswith(label)]
    return named
