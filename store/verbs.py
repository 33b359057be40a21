"""The acts that the audit records, each declared once with its word on the screen."""

from enum import Enum


class Verb(Enum):
    """An act: the code it is stored under and the word it is shown as. The meaning of a code never changes."""

    SIGNED_IN = "signed_in", "登录"
    SIGNED_OUT = "signed_out", "退出"
    NOT_SIGNED_IN = "not_signed_in", "登录未成"
    REFUSED = "refused", "没有权限"
    CHANGED_PASSWORD = "changed_password", "改密码"
    CHANGED_ACCOUNT = "changed_account", "改账号"
    UPLOADED = "uploaded", "上报"
    TOOK_IN = "took_in", "收下"
    CONFIRMED = "confirmed", "确认"
    MATCHED = "matched", "认定栏目"
    WITHDREW = "withdrew", "撤回"
    FORGOT = "forgot", "删除原件"
    CHANGED_TARGET = "changed_target", "改目标"
    REBUILT = "rebuilt", "重建数据"
    LOOKED = "looked", "看原件"
    EXPORTED = "exported", "导出"
    FROZE = "froze", "冻结得分"
    OBJECTED = "objected", "申诉"
    ANSWERED = "answered", "答复申诉"
    SAVED_VIEW = "saved_view", "收藏页面"
    BACKED_UP = "backed_up", "备份"
    RESTORED = "restored", "恢复"
    UPGRADED = "upgraded", "升级数据"
    KEPT_TOTAL = "kept_total", "选定总数"
    CLOSED_SPEECH = "closed_speech", "定稿"
    CHOSE_WORDING = "chose_wording", "认定说法"
    PUBLISHED = "published", "发布目录"

    def __init__(self, code: str, words: str) -> None:
        self.code = code
        self.words = words

    @classmethod
    def of(cls, code: str) -> "Verb | None":
        """Return the act of a code, None for a code of a later version."""
        return next((verb for verb in cls if verb.code == code), None)


def name_verb(code: str) -> str:
    """Return the word for the act of a code, or the code itself when this version does not know it."""
    verb = Verb.of(code)
    return verb.words if verb else code
