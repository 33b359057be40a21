"""Names of persons in the name of a file, in a sheet's name or in a text, recognised by a document named with them.

A name alone can't be distinguished from that of a place or a firm: it is kept, and where it is the whole name of a file
the sender is informed. Beside 身份证 or 病历 it can, and it is removed wherever it is stored; beside 困难救助申请 it
mostly can: there it is replaced, and the sender is informed.
"""

import re
from collections.abc import Iterator

SOMEBODY = "某某"
_SURNAMES = (
    "李王张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛阎闫段雷龙史陶贺毛郝顾龚邵万覃武钱戴严莫孔向"
    "汤"
)
_NO_GIVEN_NAME = frozenset(
    "镇乡区县市村社街道路局站所院校厂司会部室组队班杯节季年月度日职工员人家庭户类各的表册账帐项州府省"
)
_OTHER_WORDS = (  # words of two letters that begin like a name
    "安全 高温 高新 高级 高校 高等 高考 金秋 金额 金融 金属 常规 方案 方便 石门 石化 龙阳 "
    "龙头 万元 万家 江东 江南 江苏 江西 江北 夏季 夏送 任务 任职 任何 余额 余下 毛巾 白事 "
    "白领 付款 付出 向上 向下 史料 何时 陆续 严重 严格 武装 武术 马上 马路 林业 林场 田间 "
    "田径 程序 段落 雷锋 曾经 范围 范本 周期 周边 周报 周末 周年 周转 张榜 张贴 贺信 贺电 "
    "谢谢 许可 于是 顾问 钱款 钱物 黄金 白血 杨柳 龙舟 金牌 金点 万众 方圆 高速 高处 高层 "
    "高危 石油 石材 江河 江边 沈阳 郑州 苏州 武汉 唐山 韩国 秦岭 黄河 黄山 罗列 孔子 白酒 "
    "白云 雷电 雷雨 熊猫 毛织 毛纺 陶瓷 叶片 丁字 陈列 陈旧 陈述 唐诗 宋词 严禁 汤药 金银 "
    "何种 杜绝 许多"
)
_WORDS = frozenset(re.findall(r"\w+", _OTHER_WORDS))
_GIVEN = r"[\u4e00-\u9fff]{1,2}"
_SURNAME = rf"欧阳|司马|上官|诸葛|夏侯|皇甫|公孙|慕容|令狐|[{_SURNAMES}]"
_NAME = rf"((?:{_SURNAME}){_GIVEN})(?:同志|先生|女士|师傅)?的?[\s_—-]?"
_PAPERS = (
    "身份证|户口本|户口簿|户籍证明|银行卡|病历|病例|诊断|出院|住院|残疾证|低保证|结婚证|"
    "死亡证明|简历|个人资料|个人信息|个人档案"
)
_MATTER = (
    "困难|特困|职工|家庭|大病|医疗|临时|生活|救助|帮扶|慰问|资助|补助|援助|助学|信访|上访|仲裁|工伤|法律|劳动争议|病情"
)
_ASKED = "申请|登记表|审批表|申报|材料|档案|情况|信访|上访|投诉|诉求|慰问|救助|帮扶|病情|证明|收条|收据|领条|签收"
_FOLLOWS = rf"(?=(?:{_MATTER}){{0,4}}(?:{_ASKED}))"
_WITH_PAPER = re.compile(rf"(?:(?<![\u4e00-\u9fff])|(?<=[年月日度镇乡村街区县厂司会校院局站所])){_NAME}(?={_PAPERS})")
_WITH_MATTER = re.compile(rf"(?:(?<![\u4e00-\u9fff])|(?<=[年月日度])){_NAME}{_FOLLOWS}")
_OF_PLACES = frozenset("桥铺嘴滩庙湖港洲湾溪岭坪冲塘堰垸寨屯岗坡山河江口坳")
_WHOLE_NAME = re.compile(rf"(?:{_SURNAME}){_GIVEN}")
_SOMEBODYS = re.compile(rf"{SOMEBODY}{_FOLLOWS}")


def named_with_papers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the positions of names of persons in a text, before a document that only persons have."""
    return (match.span(1) for match in _WITH_PAPER.finditer(text) if _is_name(match[1]))


def without_somebody(name: str) -> str:
    """Return the name of a file or sheet with 某某 for what looks like the name of a person who asks for something."""
    return _WITH_MATTER.sub(lambda text: SOMEBODY if _is_name(text[1]) else text[0], name)


def names_somebody(name: str) -> bool:
    """Return whether the name of a file or sheet holds, or held, what looks like the name of a person."""
    return _SOMEBODYS.search(without_somebody(name)) is not None


def is_name_alone(name: str) -> bool:
    """Return whether the name of a file, without its ending, looks like the name of a person and says nothing else."""
    stem = name.rpartition(".")[0] or name
    return bool(_WHOLE_NAME.fullmatch(stem)) and _is_name(stem) and not set(stem[1:]) & _OF_PLACES


def _is_name(text: str) -> bool:
    return text[:2] not in _WORDS and not set(text[1:]) & _NO_GIVEN_NAME
