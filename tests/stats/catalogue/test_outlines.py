"""Outlines as declared: closed models that refuse what they do not know, saying in which file and where."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from base.errors import UserError
from stats.catalogue import FOLDER, Catalogue
from tests.lib.catalogue import PACK, read_folder


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (
            {"text": ["{{ 工会组织 }}"]},
            "outlines/trial.yml “一”第1部分：第1段：没有“工会组织”这个名称，是不是“工会组织数”",
        ),
        ({"text": ["全县。", "{{ 工会组织数.增检 }}"]}, "第2段：没有“增检”这种写法，是不是“增加”、“增减”"),
        ({"text": ["{{ 工会组织数"]}, "第1段：有一处 {{ 和 }} 不成对"),
        ({"text": ["{% for 年 in 期间 %}{% endfor %}"]}, "这里不能用 {% … %}"),
        ({"text": ["{{ 工会组织数 + 1 }}"]}, "写法不对"),
        (
            {"text": ["。"], "panels": ["organisation.union"]},
            "没有图“organisation.union”，是不是“organisation.unions”？",
        ),
        ({"text": ["。"], "topic": "bargainin"}, "没有领域“bargainin”，是不是“bargaining”？"),
        ({"text": ["。"], "pannels": []}, "是不是“panels”？"),
        ({"text": []}, "“sections.0.parts.0.text”的内容不对"),
    ],
)
def test_what_is_unknown_is_refused_with_file_and_place(part: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as told:
        read_folder(with_outline(tmp_path, {"sections": [{"title": "一", "parts": [part]}]}))
    assert said in str(told.value) and "trial.yml" in str(told.value)


def test_two_indicators_may_not_be_spelt_alike_in_papers(tmp_path: Path) -> None:
    made = with_outline(tmp_path, {"sections": [{"title": "一", "parts": [{"text": ["。"]}]}]})
    paths = sorted((made / PACK / "indicators").glob("*.yml"))[:2]
    for path, name in zip(paths, ("甲（乙）", "甲/乙"), strict=True):
        declared = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.write_text(yaml.safe_dump(declared | {"name": name}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(UserError, match="指标名称“甲_乙”在文稿里与别的名称重复"):
        read_folder(made)


def test_outlines_are_asked_for_by_code(catalogue: Catalogue) -> None:
    with pytest.raises(UserError, match="没有代码为“work_repor”的文稿，是不是“work_report”？"):
        catalogue.outline("work_repor")


def test_every_indicator_has_a_name_for_papers(catalogue: Catalogue) -> None:
    names = catalogue.vocabulary.by_name
    assert {found.code for found in names.values()} == set(catalogue.indicators)
    assert all(name.isidentifier() for name in names)


def with_outline(folder: Path, outline: dict[str, Any]) -> Path:
    """Return a copy of the catalogue with one more outline."""
    made = folder / "catalogue"
    shutil.copytree(FOLDER, made)
    declared = {"name": "试", "title": "试"} | outline
    (made / PACK / "outlines" / "trial.yml").write_text(yaml.safe_dump(declared, allow_unicode=True), encoding="utf-8")
    return made
