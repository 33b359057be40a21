"""Rules: every finding the product may tell, declared once: its code, class, severities, title and what to do.

The list in docs/handbook.md is generated from here. The classes are those of `examine`, and one for what the sender's
account may not send. A rule of several severities is told with one of them each time; all others have theirs from here.
"""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["return", "confirm", "note"]
RuleClass = Literal["file", "sheet", "value", "row", "across", "history", "sender"]
SEVERITY_WORDS: dict[Severity, str] = {"return": "退回", "confirm": "核实", "note": "提示"}
CLASS_WORDS: dict[RuleClass, str] = {
    "file": "文件",
    "sheet": "表",
    "value": "填的内容",
    "row": "各行和合计",
    "across": "几张表对照",
    "history": "和已收的对照",
    "sender": "填报员的账号",
}
_RETURN: tuple[Severity, ...] = ("return",)
_CONFIRM: tuple[Severity, ...] = ("confirm",)
_NOTE: tuple[Severity, ...] = ("note",)

PERSONAL_DATA, UNKNOWN_FORM, MISSING_COLUMN = "personal_data", "unknown_form", "missing_column"
BAD_VALUE, EMPTY, UNIT_SLIP, OUT_OF_LINE = "bad_value", "empty", "unit_slip", "out_of_line"
# what a later register of organisations may set right
REGISTER_RULES = frozenset({"unknown_reporter", "closed_reporter", "unknown_unit", "closed_unit", "foreign_unit"})


@dataclass(frozen=True)
class Rule:
    """One kind of finding. `title` says in a few words what is wrong, `todo` what the sender does about it."""

    code: str
    of: RuleClass
    severities: tuple[Severity, ...]
    title: str
    todo: str


_DECLARED = (
    Rule("unreadable", "file", _RETURN, "文件打不开或读不了", "在电脑上打开核对，另存为 xlsx 后重新上报"),
    Rule(PERSONAL_DATA, "file", ("return", "note"), "有个人信息", "删去后重新上报；文件名里有人名的，以后改用单位名称"),
    Rule("hidden_sheet", "file", _NOTE, "工作表是隐藏的，没有读", "要报的取消隐藏再报"),
    Rule(UNKNOWN_FORM, "sheet", ("return", "confirm"), "认不出是哪张报表", "用下发的模板填报"),
    Rule(MISSING_COLUMN, "sheet", _RETURN, "缺必报的一栏", "按报表模板补上这一栏再报"),
    Rule("unknown_column", "sheet", _CONFIRM, "有一栏认不出来", "改用报表里的栏名；确实不用的，请说明"),
    Rule("double_column", "sheet", _RETURN, "同一栏出现了两次", "删去多余的一栏"),
    Rule("matched_column", "sheet", _NOTE, "栏目按县里认定过的收", "如有变化，请说明"),
    Rule("unused_column", "sheet", _NOTE, "有一栏报表里没有", "确需上报的，写在备注里"),
    Rule("layout_changed", "sheet", _NOTE, "栏目和上次不同", "不是有意改动的，用原来的报表再报"),
    Rule("period_conflict", "sheet", _RETURN, "标题和报告期不是同一个季度", "核对后改成一致再报"),
    Rule("no_period", "sheet", _RETURN, "没有写报告期", "补上报告期再报"),
    Rule("period_places", "sheet", _CONFIRM, "表里两处写的季度不同", "核对报的是哪个季度；只是名称没有改的，请说明"),
    Rule("file_period", "sheet", _CONFIRM, "文件名和表里的季度不同", "核对报的是哪个季度；只是名称没有改的，请说明"),
    Rule("future_period", "sheet", _RETURN, "报告期还没有到", "核对报告期"),
    Rule("unknown_reporter", "sheet", _RETURN, "填报单位不在单位名册里", "核对名称；新建单位先报单位名册"),
    Rule("closed_reporter", "sheet", _RETURN, "填报单位已撤销或合并", "由现在的上级单位填报；报告期写错的请改正"),
    Rule("no_unit", "sheet", _RETURN, "没有写计量单位", "在表头或栏名后面注明计量单位再报"),
    Rule("other_unit", "sheet", _RETURN, "计量单位不是这一栏用的", "换算成这一栏用的单位再报"),
    Rule(EMPTY, "sheet", ("return", "note"), "表里没有数据行", "填好再报；本期确实没有的，在第一行写“本期无”"),
    Rule("blank_form", "sheet", _RETURN, "表里只有名称，没有填数", "填好再报；确实没有的填 0"),
    Rule("hidden_columns", "sheet", _NOTE, "有隐藏的列，照样算在内", "取消隐藏，核对后再报"),
    Rule("hidden_rows", "sheet", _NOTE, "有隐藏或筛选掉的行，照样算在内", "不用上报的删去，要报的取消隐藏"),
    Rule("merged_rows", "sheet", _NOTE, "有整行合并成一格的，照样算在内", "取消这几行的合并，核对后再报"),
    Rule("unseen_cells", "sheet", _NOTE, "有看不见的内容，照样算在内", "改成看得见的，核对后再报"),
    Rule("covered_cells", "sheet", ("confirm", "note"), "合并的格下面的内容没有收", "要报的取消合并再填；不报的不用管"),
    Rule(BAD_VALUE, "value", _RETURN, "填的内容不合这一栏", "改成这一栏要的数、日期或名称"),
    Rule("blank", "value", _RETURN, "必填的没有填", "补填；确实没有的填 0"),
    Rule("unknown_unit", "value", _RETURN, "单位不在单位名册里", "核对名称；新建单位先报单位名册"),
    Rule("closed_unit", "value", _RETURN, "单位已撤销、合并或尚未设立", "删去这一行，或先更正单位名册"),
    Rule("foreign_unit", "value", _RETURN, "单位不属于填报单位", "核对隶属关系，或先更正单位名册"),
    Rule("future_date", "value", _RETURN, "日期在报告期以后", "改正日期，或在那个季度再报"),
    Rule("early_date", "value", _CONFIRM, "日期在报告期以前", "属补报的请说明，否则改正日期"),
    Rule("target_measure", "value", _RETURN, "目标的计量单位不对", "改正计量单位"),
    Rule("target_size", "value", _RETURN, "比率的目标超过 100%", "写成百分数，例如 80%"),
    Rule("score_item", "value", _RETURN, "考核办法里没有这一项", "核对考核办法和考核项目"),
    Rule("score_unit", "value", _RETURN, "不是这个考核办法考核的单位", "核对被考核单位"),
    Rule("score_points", "value", _RETURN, "分数超出这一项的范围", "改正这一格"),
    Rule("subset_row", "row", _NOTE, "“其中”行没有另算", "要单独上报的，去掉“其中”二字"),
    Rule("derived_row", "row", _NOTE, "平均、增减、占比一类的行没有收", "如是一个单位，写全称再报"),
    Rule("repeated", "row", _RETURN, "同一行报了两次", "删去重复的一行"),
    Rule("relation", "row", ("return", "confirm"), "同一行里的数对不上", "核对这几个数"),
    Rule("total", "row", ("return", "note"), "合计和明细不符", "核对明细和合计"),
    Rule("hidden_total", "row", _CONFIRM, "合计里算没算隐藏的行，说不清", "要报的取消隐藏并核对合计；不报的删去"),
    Rule("reversal", "row", ("return", "confirm"), "填了负数", "核对各数的正负；确是冲销的，请说明"),
    Rule("register_root", "row", _RETURN, "名册里县总工会的一行不对", "核对级别、状态和单位代码"),
    Rule("register_parent", "row", _RETURN, "名册里的上级单位不对", "填名册里上一级单位的代码"),
    Rule("register_name", "row", _RETURN, "两个单位用了同一个名称", "用全称加以区分"),
    Rule("register_reaches_back", "row", _CONFIRM, "生效日期会改动以前各季度", "核对生效日期；确实如此的请说明原因"),
    Rule("register_successor", "row", _CONFIRM, "并入单位不在册", "核对代码；不改的按没有填处理，请说明原因"),
    Rule("register_left_behind", "row", _CONFIRM, "撤销、合并的单位下面还有单位", "写明它们的去向；确实如此的请说明"),
    Rule("register_under_ended", "row", _CONFIRM, "上级单位已撤销或合并", "核对上级单位；确实如此的请说明"),
    Rule("undecided", "row", _CONFIRM, "同一项有两种说法", "删去或改正不对的；不改的请说明原因"),
    Rule("target_changed", "row", _CONFIRM, "同一项目标定了两个数", "填错的改正；改了目标的，写清文件和发文日期"),
    Rule("returned_twice", "across", _CONFIRM, "一个文件里有两张同样的表", "选定以哪一张表为准，或删去不要的一张再报"),
    Rule("repeated_on_sheets", "across", _CONFIRM, "几张表里有相同的行", "删去重复的行；确认后只算一次"),
    Rule("several_quarters", "across", _CONFIRM, "一个文件有几个季度的表", "选定收哪一张表；都要收的请说明"),
    Rule("reported_elsewhere", "across", _RETURN, "这一行在另一份里报过", "删去这一行；要更正的，改原来那份后重新上报"),
    Rule("across", "across", ("confirm", "note"), "和另一张表对不上", "核对两张表；确实无误的请说明原因"),
    Rule("leading_zeros", "across", _CONFIRM, "编号只差前面的零", "改成同一个写法；确是另一个的请说明"),
    Rule("two_codes", "across", _CONFIRM, "同一家企业填了不同的代码", "补填或改正企业代码；确是另一家的请说明"),
    Rule(OUT_OF_LINE, "across", _CONFIRM, "和其他各行相差太大", "核对这个数和计量单位；确实如此的请说明原因"),
    Rule("impossible_rate", "across", _CONFIRM, "收下后有比率会超过 100%", "核对这个数；确实如此的请说明原因"),
    Rule(UNIT_SLIP, "history", ("confirm", "note"), "像是计量单位错了", "核对计量单位；确实如此的请说明原因"),
    Rule("jump", "history", _CONFIRM, "与相邻季度相差太大", "核对这个数；确实如此的请说明原因"),
    Rule("continuity", "history", _CONFIRM, "和相邻季度接不上", "核对两个季度的数；确实如此的请说明原因"),
    Rule("same_as_last", "history", _CONFIRM, "和相邻季度完全一样", "核对是不是报错了文件；确实如此的请说明原因"),
    Rule("vanished", "history", _CONFIRM, "原来有的数变成了零", "核对是不是没有填；确实没有了的请说明原因"),
    Rule("taken_over", "history", _CONFIRM, "名录里的单位已记在别的地方名下", "核对代码；确实迁来的，由县总工会确认"),
    Rule("moved", "history", _CONFIRM, "收下会使总数变动很大", "核对有无漏填、少报；确实如此的请说明原因"),
    Rule("drops_rows", "history", _CONFIRM, "比上一份少了行", "选定是更正（替换上一份）还是补报（加到上一份里）"),
    Rule("drops_noted", "history", _NOTE, "更正比上一份少了行", "如有漏报，请补报"),
    Rule("supplement_differs", "history", _CONFIRM, "补报里有数和已收的不同", "核对；要改成这一份的数，请说明理由"),
    Rule("overwrites", "history", _CONFIRM, "收下会改动已收的数", "核对报告期和文件；确实要改的写“更正”，或说明理由"),
    Rule("sent_twice", "history", _CONFIRM, "一次报来了两份同样的表", "选定算数的一份收下，另一份撤回"),
    Rule("form_not_spoken", "sender", _RETURN, "这张表不由填报员报", "请县总工会填报"),
    Rule("column_not_spoken", "sender", _RETURN, "填了由县总工会填的一栏", "清空这一栏再报"),
    Rule("return_of_county", "sender", _RETURN, "县总工会已经报过这张表", "要改的请县总工会改"),
)  # fmt: skip
RULES = {rule.code: rule for rule in _DECLARED}


def severity_of(code: str, asked: Severity | None = None) -> Severity:
    """Return the severity a rule is told with: its only one, or the one asked for among several.

    Raises KeyError for a rule that is not declared, ValueError for a severity it does not have, or has not chosen.
    """
    severities = RULES[code].severities
    if asked is None and len(severities) == 1:
        return severities[0]
    if asked not in severities:
        raise ValueError(f"{code} is told as one of {severities}, not as {asked}")
    return asked
