"""Roles and their permissions. What the table does not allow is refused; without a role or area nothing is allowed."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from base.errors import UserError


class Role(StrEnum):
    """A person's role in the federation."""

    LEADER = "leader"
    STAFF = "staff"
    CLERK = "clerk"
    ADMIN = "admin"


class Action(StrEnum):
    """A permission. A page, and every function that changes or hands out something, needs one of these."""

    VIEW = "view"
    FOLLOW = "follow"
    OPEN = "open"
    SAVE = "save"
    UPLOAD = "upload"
    CONFIRM = "confirm"
    MATCH = "match"
    WITHDRAW = "withdraw"
    FORGET = "forget"
    PREPARE = "prepare"
    SCORE = "score"
    OBJECT = "object"
    DECLARE = "declare"
    MANAGE = "manage"


ROLE_NAMES: Mapping[Role, str] = {
    Role.LEADER: "领导",
    Role.STAFF: "工作人员",
    Role.CLERK: "填报员",
    Role.ADMIN: "管理员",
}
ACTION_WORDS: Mapping[Action, str] = {
    Action.VIEW: "看数",
    Action.FOLLOW: "看报送进度",
    Action.OPEN: "看收到的原件",
    Action.SAVE: "收藏页面",
    Action.UPLOAD: "上报",
    Action.CONFIRM: "确认待核实的报表",
    Action.MATCH: "认定报表的栏",
    Action.WITHDRAW: "撤回报表",
    Action.FORGET: "删除原件",
    Action.PREPARE: "制作空表",
    Action.SCORE: "冻结得分、答复申诉",
    Action.OBJECT: "对得分提出申诉",
    Action.DECLARE: "改指标目录",
    Action.MANAGE: "管理账号",
}
_READING = frozenset({Action.VIEW, Action.FOLLOW, Action.OPEN, Action.SAVE})
_WORKING = frozenset(
    {
        Action.UPLOAD,
        Action.CONFIRM,
        Action.MATCH,
        Action.WITHDRAW,
        Action.FORGET,
        Action.PREPARE,
        Action.SCORE,
        Action.OBJECT,
    }
)
ALLOWED: Mapping[Role, frozenset[Action]] = {
    Role.LEADER: _READING,
    Role.STAFF: _READING | _WORKING,
    Role.CLERK: frozenset({Action.VIEW, Action.FOLLOW, Action.OPEN, Action.UPLOAD, Action.PREPARE, Action.OBJECT}),
    Role.ADMIN: _READING | _WORKING | {Action.DECLARE, Action.MANAGE},
}
# What a clerk may do for the own area alone, in words.
OWN_AREA_WORDS: Mapping[Action, str] = {
    Action.FOLLOW: "看本乡镇、园区或系统的报送进度",
    Action.OPEN: "看本乡镇、园区或系统报来的原件",
    Action.UPLOAD: "上报本乡镇、园区或系统的报表",
    Action.PREPARE: "制作本乡镇、园区或系统的空表",
    Action.OBJECT: "对本乡镇、园区或系统的得分提出申诉",
}
OF_OWN_AREA = frozenset(OWN_AREA_WORDS)


def may(role: str, area: str, action: Action, areas: Collection[str | None] | None = None) -> bool:
    """Return whether a role, with the area of its account, allows an action.

    `areas` are those the action concerns, with None for what belongs to no area; leave it out to ask in general.
    """
    try:
        known = Role(role)
    except ValueError:
        return False
    if action not in ALLOWED[known] or (known is Role.CLERK and not area):
        return False
    if known is not Role.CLERK or action not in OF_OWN_AREA or areas is None:
        return True
    return bool(areas) and all(unit_area == area for unit_area in areas)


def demand(role: str, area: str, action: Action, areas: Collection[str | None] | None = None) -> None:
    """Raise UserError when an action is not allowed."""
    if may(role, area, action, areas):
        return
    name = ROLE_NAMES.get(Role(role), "") if role in set(Role) else ""
    if may(role, area, action):
        raise UserError(f"您的账号只能{OWN_AREA_WORDS[action]}，这一份不是。请交给县总工会工作人员。")
    if name and (role != Role.CLERK or area):
        raise UserError(f"您的账号是{name}，不能{ACTION_WORDS[action]}。需要的话，请管理员改账号的角色。")
    raise UserError("您的账号还没有角色或所属乡镇、园区、系统，什么也看不到。请管理员补上。")
