"""Rules on a file as a whole."""

from etl.model.rules.codes import PERSONAL_DATA
from etl.model.rules.rule import NOTE, RETURN, rule
from etl.model.rules.wording import Wording

_NO_PERSONS = "报表里不得出现个人身份信息"
_DELETE = "请删去后再报，原件也请一并更换"
_A_FILE, _SAVE_ANEW = "应是能用表格软件打开的文件", "请在电脑上打开核对，另存为 xlsx 后重新上报"

OF_FILES = (
    rule(
        "unreadable", "file", RETURN, "文件打不开或读不了", "在电脑上打开核对，另存为 xlsx 后重新上报",
        {
            "": Wording("{reason}", _A_FILE, _SAVE_ANEW),
            "locked": Wording("{reason}", "应是不用密码就能打开的文件", "请先去掉打开密码再报"),
            "nothing": Wording("表格里什么也没有", _A_FILE, _SAVE_ANEW),
        },
    ),
    rule(
        PERSONAL_DATA, "file", ("return", "note"), "有个人信息", "删去后重新上报；文件名里有人名的，以后改用单位名称",
        {
            "numbers": Wording("这里有{kinds:、}", _NO_PERSONS, _DELETE),
            "pieces": Wording("这里分几格写了{kind}", _NO_PERSONS, _DELETE),
            "names": Wording("有“{label}”一栏，下面填了内容", _NO_PERSONS, _DELETE),
            "aside": Wording("{where}里有个人身份信息", _NO_PERSONS, _DELETE),
            "sheet_name": Wording("工作表的名称里有个人身份信息", _NO_PERSONS, "请改用不含个人信息的名称后再报"),
            "file_name": Wording("文件名里有个人身份信息", _NO_PERSONS, "请改用不含个人信息的文件名后再报"),
            "name_in_file_name": Wording(
                "文件名里像是有人名", "文件名里不写人名", "记录里已写作“某某”，以后请用单位和表的名称作文件名"
            ),
            "name_as_file_name": Wording("文件名里像是有人名", "文件名里不写人名", "以后请用单位和表的名称作文件名"),
        },
    ),
    rule(
        "hidden_sheet", "file", NOTE, "工作表是隐藏的，没有读", "要报的取消隐藏再报",
        Wording("表“{name}”是隐藏的，没有读", "隐藏的工作表不算上报", "如要上报，请取消隐藏后再报；不用的请删去"),
    ),
)  # fmt: skip
