"""Placeholders: the words that stand for the values of wordings where no finding is at hand, as in the handbook."""

from etl.model.rules.wording import outline

PLACEHOLDERS = {
    "above": "上级单位", "above_zero": "各栏填的正数", "add": "补报", "added": "合计", "after": "现在的上级",
    "area": "乡镇、园区或系统", "before": "原来的", "below": "下级的合计",
    "cell": "格", "cells": "各栏填的内容", "code": "代码",
    "columns": "各列", "count": "几", "day": "日期", "differences": "不同之处", "document": "文件",
    "error": "错误值", "example": "其中一个", "factor": "几", "falls": "各栏原来的数", "fewer": "几行",
    "files": "各份文件", "filled": "几", "first": "前一处", "first_row": "几", "form": "报表", "height": "几",
    "heir": "接管的单位", "here": "这里的数", "indicator": "指标", "item": "项目", "kind": "号码的种类",
    "kinds": "号码的种类", "known": "已知的规模", "label": "栏目", "labels": "各栏目", "last": "最近的",
    "last_label": "期末的栏目", "layout": "表式", "least": "最小", "left": "栏目", "left_form": "报表", "level": "级别",
    "levels": "各级别", "limit": "限度", "listed": "几", "measure": "计量单位", "measures": "各计量单位",
    "most": "最大", "name": "名称", "named": "季度", "names": "各名称", "near": "相近的名称", "now": "这次的",
    "number": "几", "numbers": "各栏的数", "other": "另一处", "own": "这里的代码",
    "parts": "各栏目", "period": "季度", "place": "另一处",
    "places": "各格", "quarter": "季度", "rate": "比率", "reason": "打不开的原因", "relation": "等于",
    "replace": "更正", "reported": "几", "right": "栏目", "right_form": "另一张报表", "root": "县总工会",
    "row": "行", "rows": "各行", "scheme": "考核办法", "second": "后一处", "second_row": "几",
    "sheets": "各张表的季度", "shifts": "各项的变动", "shown": "显示的内容", "since": "季度", "size": "几",
    "stated": "写明的年份",
    "subject": "所要的一级单位", "sum": "合计数", "sums": "各栏的合计",
    "taken_as": "报表里的栏目", "text": "原文", "then": "原来的数",
    "there": "另一处的数", "time": "时间", "times": "几", "title": "标题", "titled": "季度", "unions": "各工会",
    "unit": "单位", "usual": "居中的数", "value": "填的内容", "values": "各分数", "visible": "看得见的合计",
    "when": "哪个季度", "where": "位置", "whole": "连同隐藏的合计", "width": "几", "words": "可填的各项",
    "year": "年度",
}  # fmt: skip


def describe(template: str) -> str:
    """Return a template as people read it: values as 〔word〕, what may be left out in ［］."""
    return outline(template, {name: f"〔{word}〕" for name, word in PLACEHOLDERS.items()})
