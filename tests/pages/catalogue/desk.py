"""The page 目录 used as a person does: fields by their labels, buttons by their words."""

from collections.abc import Sequence
from typing import Any

from streamlit.testing.v1 import AppTest

OPTIONAL = "（可不填）"


class Desk:
    """The page with its dialog."""

    def __init__(self, app: AppTest) -> None:
        self.app = app

    def press(self, label: str, number: int = 0) -> None:
        """Press a button, the first of those with these words unless told."""
        found = [button for button in self.app.button if button.label.endswith(label)]
        assert len(found) > number, (label, [button.label for button in self.app.button])
        found[number].click().run()
        assert not self.app.exception

    def write(self, label: str, words: str) -> None:
        """Write into a field of one line or of several."""
        self._one((*self.app.text_input, *self.app.text_area), label).input(words).run()

    def choose(self, label: str, name: str) -> None:
        """Choose one of a list by its name."""
        self._one(self.app.selectbox, label).select(name).run()

    def pick(self, label: str, *names: str) -> None:
        """Choose some of a list by their names, or write them."""
        self._one(self.app.multiselect, label).set_value(list(names)).run()

    def count(self, label: str, number: float) -> None:
        """Fill in a number."""
        self._one(self.app.number_input, label).set_value(number).run()

    def switch(self, label: str, on: bool = True) -> None:
        """Turn a switch."""
        self._one(self.app.toggle, label).set_value(on).run()

    def look_at(self, kind: str) -> None:
        """Choose a kind of entry, by its code."""
        self.app.session_state["catalogue-kind"] = kind
        self.app.run()

    def open_row(self, key: str) -> None:
        """Open the row of an entry by kind and code, such as items-union_members."""
        self.app.session_state[f"entry-{key}"] = True
        self.app.run()

    @property
    def said(self) -> str:
        """Return all that the page says."""
        parts = [found.proto.body for found in self.app.get("html")]
        told = (self.app.caption, self.app.warning, self.app.info, self.app.error, self.app.success)
        return "\n".join([*parts, *(found.value for kind in told for found in kind)])

    @staticmethod
    def _one(found: Sequence[Any], label: str) -> Any:
        named = [one for one in found if one.label.removesuffix(OPTIONAL) == label]
        assert len(named) == 1, (label, [one.label for one in found])
        return named[0]
