"""The words of data/unit_lists.yml, by which a list of organisations is understood."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import Field

from base.text import normalise
from stats.catalogue.deadlines import Level
from stats.catalogue.form_rules import Closed

WORDS = Path(__file__).resolve().parents[2] / "data" / "unit_lists.yml"
_ASIDE = re.compile(r"\([^()]*\)")


class ListColumn(StrEnum):
    """What a column of a list says about an organisation."""

    NAME = "name"
    AREA = "area"
    KIND = "kind"
    JOINT = "joint"
    CODE = "code"
    CREDIT = "credit"
    FOUNDED = "founded"
    ELECTED = "elected"


COLUMN_NAMES = {  # as a clerk calls them
    ListColumn.NAME: "单位名称",
    ListColumn.AREA: "所属乡镇、园区、系统",
    ListColumn.KIND: "单位类别",
    ListColumn.JOINT: "组织类型",
    ListColumn.CODE: "单位代码",
    ListColumn.CREDIT: "统一社会信用代码",
    ListColumn.FOUNDED: "建会时间",
    ListColumn.ELECTED: "换届时间",
}


class AreaWords(Closed):
    """How areas of a level are called, and how the codes given to them begin."""

    prefix: str = Field(pattern=r"^[A-Z]$")
    endings: tuple[str, ...] = Field(min_length=1)


class ListWords(Closed):
    """The words of a list: of headings by column, of persons, of areas by level, of what is directly under the county.

    `name_parts` are what two ways of writing one name may differ in.
    """

    columns: Mapping[ListColumn, tuple[str, ...]]
    persons: tuple[str, ...]
    levels: Mapping[Level, AreaWords]
    direct: tuple[str, ...]
    name_parts: tuple[str, ...]

    def column_of(self, path: list[str]) -> ListColumn | None:
        """Return what the column under a path of headings holds, None where the words don't tell."""
        heading = bare_heading(path[-1])
        return next((column for column, words in self.columns.items() if heading in words), None)

    def names_persons(self, path: list[str]) -> bool:
        """Return whether persons are named, or their numbers written, in the column under a path of headings."""
        return any(word in heading for heading in path for word in self.persons)

    def level_of(self, area: str) -> Level | None:
        """Return the level of an area by the longest ending of its name that is known, None where none is."""
        endings = [
            (len(end), level) for level, words in self.levels.items() for end in words.endings if area.endswith(end)
        ]
        return max(endings)[1] if endings else None

    def bare_name(self, name: str) -> str:
        """Return what is left of a name without brackets and the words that two ways of writing it may differ in."""
        bare = _ASIDE.sub("", normalise(name))
        for part in self.name_parts:
            bare = bare.replace(part, "")
        return bare


def bare_heading(text: str) -> str:
    """Return a heading without brackets and what is in them."""
    return _ASIDE.sub("", normalise(text))


@cache
def list_words() -> ListWords:
    """Return the words. Raises pydantic's ValidationError for a file that doesn't hold them."""
    return ListWords.model_validate(yaml.safe_load(WORDS.read_text("utf-8")))
