"""Labels of persons: headings under which persons are named, and values that name persons."""

import re
from collections.abc import Collection

from base.text import normalise

_LONGEST = 16
_LAST_LETTERS = frozenset("名字主人员者证号码卡机址象属女偶母友生户工单庭话)）章")  # of all these labels
_DOING = (
    "慰问|救助|帮扶|资助|走访|受助|受益|求助|申请|上访|信访|来访|投诉|申诉|举报|领款|收款|领取|签收|代领|获助|参保|"
    "获得者|补助|援助|受伤|伤亡|死亡|受表彰|获奖|困难|特困|患病|住院|就诊|当事|被投诉|被举报|被申请"
)
_NOTED = r"(?:\((?:姓名|签字|签名|盖章|签章|全名|手写|本人|必填|按手印|签字或盖章|签名或盖章)\))?"
_OFFICE = re.compile(r"(?:主席|负责人|联系人|经办人|填表人|制表人|审核人|填报人|法人|法定代表人|干部|委员|书记|专干)")
_SAYS_NAME = re.compile(
    rf"(?:[\u4e00-\u9fff、/]{{0,10}})(?:姓名|名字)(?:[及和与、/]?(?:身份证(?:件)?(?:号码?)?|联系电话|电话|手机号?码?))?{_NOTED}"
)
_IS_PERSON = re.compile(
    rf"(?:[被受]?(?:走访|上门)?(?:{_DOING})(?:人|人员|者|对象|职工|户|户主|家庭|学生)(?:姓名|名单|签字|签名|签章)?|"
    rf"(?:来信|来电|反映|诉求|受奖|受款|劳动争议当事)人|劳动者|逝者|户名|家庭(?:主要)?成员|配偶|子女|父母|监护人|"
    rf"直系亲属|亲属|家属|患者|病人|学生|职工|本人(?:签字|签名)?|家长|困难职工|特困职工|代领人|签领人|姓名/名称){_NOTED}"
)
_IS_PRIVATE = re.compile(
    rf"户主|当事人|受助人|受助人员|领款人|身份证|(?:公民)?身份证?(?:件)?号码?|银行卡号?|手机号?码?|(?:家庭(?:详细)?|现)?住址|家庭地址{_NOTED}"
)
_NAME = re.compile(
    r"(?!.*(?:职工|农民工|劳模|先进|困难|家庭|企业|单位|人员|教师|环卫|工人|司机|骑手|快递|公司|厂|工会|村|社区|学校|医院"
    r"|干部|党员|一线|老人|儿童|孤|残|低保|单亲|女工|个人|集体|全体|其他|合计|小计|总计|户|镇|乡|局|站|所|无|暂|是|否))"
    r"(?:[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}[·•．.][\u4e00-\u9fff]{1,8}|[\u4e00-\u9fff][某*×xX○〇]{1,2})"
)


def labels_a_person(text: str) -> bool:
    """Return whether a text is a label for naming a person; its last character is checked first, which is cheap."""
    if len(text) > _LONGEST or text.rstrip()[-1:] not in _LAST_LETTERS:
        return False
    label = normalise(text)
    return not _OFFICE.match(label) and any(kind.fullmatch(label) for kind in (_SAYS_NAME, _IS_PERSON, _IS_PRIVATE))


def names_persons(label: str, filled: Collection[str]) -> bool:
    """Return whether a value under a label names persons: any value under 姓名, only names under 慰问对象.

    A column such as the latter may also count persons, or name groups of them.
    """
    plain = normalise(label)
    if _SAYS_NAME.fullmatch(plain) or _IS_PRIVATE.fullmatch(plain):
        return bool(filled)
    return any(map(_is_name, filled))


def _is_name(text: str) -> bool:
    return any(_NAME.fullmatch(part) for part in re.split(r"[、,，;；/\s]+", text.strip()))
