"""Rules on rows and totals of one sheet."""

from etl.model.rules.rule import CONFIRM, NOTE, RETURN, rule
from etl.model.rules.wording import Wording

_TEXT = "这一行写的是“{text}”"
_TOTAL, _ROWS = "“{name}”的{label}填的是{value}", "{rows}是{sum}"
_AGAIN = "请在原来那份台账里改正那一行，再整份重新上报"
_NEGATIVE = "{row}{cells:，}"
_OTHER_LEDGER = f"请核对；冲的是别的台账里的一笔的，{_AGAIN}"
_TAKEN_BACK = "确属冲销、退回或更正的请说明原因，否则请改正"
_TWO = "{row}的{label}这里是{here}，{place}是{there}"
_ONE_VERSION = "{time}相同，应只有一种说法"
_TARGETS = "{year}年“{indicator}”的目标（{document}）填的是{here}，{place}[{other}]填的是{there}"

OF_ROWS = (
    rule(
        "subset_row", "row", NOTE, "“其中”行没有另算", "要单独上报的，去掉“其中”二字",
        Wording(_TEXT, "其中数已含在上一行里，没有另算", "如应单独上报，请去掉“其中”二字"),
    ),
    rule(
        "derived_row", "row", NOTE, "平均、增减、占比一类的行没有收", "如是一个单位，写全称再报",
        Wording(_TEXT, "平均、增减、占比一类的行是算出来的，没有收", "如是一个单位，请写全称再报"),
    ),
    rule(
        "repeated", "row", RETURN, "同一行报了两次", "删去重复的一行",
        Wording("{row}填了两行", "第{first}行已经填过", "请删去重复的一行"),
    ),
    rule(
        "relation", "row", ("return", "confirm"), "同一行里的数对不上", "核对这几个数",
        {
            "at_most": Wording("{row}{cells:，}", "{left}不能多于{right}", "请核对这几个数"),
            "in_order": Wording("{row}{cells:，}", "{left}不能晚于{right}", "请核对这几个日期"),
            "equal": Wording("{row}{cells:，}", "{left}应等于{right}", "请核对这几个数"),
        },
    ),
    rule(
        "total", "row", ("return", "note"), "合计和明细不符", "核对明细和合计",
        {
            "": Wording(_TOTAL, _ROWS, "请核对明细和合计"),
            "since_january": Wording(_TOTAL, _ROWS, "其中应有以前各季度的数，没有核对"),
        },
    ),
    rule(
        "hidden_total", "row", CONFIRM, "合计里算没算隐藏的行，说不清", "要报的取消隐藏并核对合计；不报的删去",
        {
            "visible": Wording(
                f"{_TOTAL}，只合了看得见的行；连同看不见的第{{rows}}行是{{whole:,.10g}}",
                "隐藏的行要不要报？",
                "要报隐藏的行，请取消隐藏并核对合计；不报的，请删去后再报",
            ),
            "whole": Wording(
                f"{_TOTAL}，是连同看不见的第{{rows}}行一起合的；只合看得见的行是{{visible:,.10g}}",
                "隐藏的行要不要报？",
                "要报隐藏的行，请取消隐藏并核对合计；不报的，请删去后再报",
            ),
        },
    ),
    rule(
        "reversal", "row", ("return", "confirm"), "填了负数", "核对各数的正负；确是冲销的，请说明",
        {
            "mixed": Wording("{row}{cells:，}，{above_zero:，}", "冲销的一行各数都应是负数", "请核对各数的正负"),
            "counted": Wording(_NEGATIVE, "这一类按行计数，负数减不掉一行", _AGAIN),
            "sheet": Wording(_NEGATIVE, "本表{item}合起来会是{sum:,.10g}，不能小于零", _OTHER_LEDGER),
            "unit": Wording(_NEGATIVE, "这个单位的{item}会是{sum:,.10g}，不能小于零", _OTHER_LEDGER),
            "found": Wording(_NEGATIVE, "负数按冲销从合计里减去，冲的像是{other}", _TAKEN_BACK),
            "unfound": Wording(_NEGATIVE, "负数按冲销从合计里减去，没有找到要冲的那一笔", _TAKEN_BACK),
        },
    ),
    rule(
        "undecided", "row", CONFIRM, "同一项有两种说法", "删去或改正不对的；不改的请说明原因",
        {
            "sheet": Wording(_TWO, _ONE_VERSION, "请删去不对的一行；不改的请说明原因，以靠下的一行为准"),
            "file": Wording(_TWO, _ONE_VERSION, "请核对以哪一份为准，改好另一份；不改的请说明原因，以后报的一份为准"),
        },
    ),
    rule(
        "target_sum", "row", CONFIRM, "各地的目标加起来和全县的不同", "填错的改正；本来就不相等的说明原因",
        Wording(
            "全县的目标是{value}，各地加起来是{added}",
            "分解下去的应和全县的相等",
            "填错的请改正；本来就不相等的请说明原因",
        ),
    ),
    rule(
        "target_changed", "row", CONFIRM, "同一项目标定了两个数", "填错的改正；改了目标的，写清文件和发文日期",
        {
            "document": Wording(
                _TARGETS,
                "同一份文件给同一个单位的同一项目标只有一个数",
                "填错的请改正；后来改了目标的，请写改目标的那份文件和发文日期；上次填错、以这次为准的，请说明原因",
            ),
            "day": Wording(
                _TARGETS,
                "两份文件都按{day}算，分不出哪一份在后",
                "请写清各自的发文日期；不改的请说明原因，以后报的一份为准，同一份里以靠下的一行为准",
            ),
        },
    ),
)  # fmt: skip
