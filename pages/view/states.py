"""The states of a file in words, with what to do next, a sign and a colour."""

from dataclasses import dataclass
from enum import StrEnum

from etl.intake import ACCEPTED, HELD, RETURNED, WITHDRAWN
from etl.model.receipt_state import ReceiptState


@dataclass(frozen=True)
class State:
    """How a state is shown: its sign, the colour of its words, its name and what to do next."""

    sign: str
    colour: str
    name: str
    todo: str = ""

    @property
    def words(self) -> str:
        return f"{self.name}：{self.todo}" if self.todo else self.name


class FileState(StrEnum):
    """What is the matter with a file on 上报: the verdict on it, or what was decided about it."""

    UNJUDGED = "unjudged"
    ASKED = "asked"
    RETURNED = "returned"
    HELD = "held"
    ACCEPTED = "accepted"
    FOREIGN = "foreign"
    UNSPOKEN = "unspoken"
    DECIDED_HELD = "decided-held"
    DECIDED_RETURNED = "decided-returned"
    DECIDED_ACCEPTED = "decided-accepted"
    DECIDED_WITHDRAWN = "decided-withdrawn"
    UNCHANGED = "unchanged"


# By the state of the receipt, once there is one.
DECIDED = {
    ACCEPTED: FileState.DECIDED_ACCEPTED,
    HELD: FileState.DECIDED_HELD,
    RETURNED: FileState.DECIDED_RETURNED,
    WITHDRAWN: FileState.DECIDED_WITHDRAWN,
}
# In the order of the list: first the states that need a decision.
STATES = {
    FileState.UNJUDGED: State("？", "orange", "没有核对成", "请重新核对"),
    FileState.ASKED: State("△", "orange", "待认定", "请认定认不出来的栏"),
    FileState.RETURNED: State("✕", "red", "退回", "请下载退回单发给填报单位"),
    FileState.HELD: State("△", "orange", "待核实", "请说明理由或请对方更正"),
    FileState.ACCEPTED: State("✓", "green", "可以收下"),
    FileState.FOREIGN: State("✕", "red", "不是本乡镇、园区或系统的", "请交给县总工会工作人员"),
    FileState.UNSPOKEN: State("✕", "red", "有不由填报员报的内容", "请看哪里不能报、怎么改"),
    FileState.DECIDED_HELD: State("△", "orange", "已记为待核实", "说明理由后收下，或等更正的报表"),
    FileState.DECIDED_RETURNED: State("✕", "red", "已记为退回", "等更正的报表"),
    FileState.DECIDED_ACCEPTED: State("✓", "green", "已收下"),
    FileState.DECIDED_WITHDRAWN: State("↩", "gray", "已撤回", "数字已恢复，可重新上报"),
    FileState.UNCHANGED: State("＝", "gray", "与已收下的相同", "不用再报"),
}
# The same, told to a clerk, who sends files and decides nothing about them.
SENDER_STATES = STATES | {
    FileState.ASKED: State("△", "orange", "待认定", "请改用空表里的栏名，或上报后由县总工会认定"),
    FileState.RETURNED: State("✕", "red", "要改", "请照退回单改好再报"),
    FileState.HELD: State("△", "orange", "待核实", "填错的请改正；没有错就上报，由县总工会核实"),
    FileState.ACCEPTED: State("✓", "green", "可以上报"),
    FileState.DECIDED_HELD: State("△", "orange", "已上报，待核实", "等县总工会核实，填错的请改正再报"),
    FileState.DECIDED_RETURNED: State("✕", "red", "已退回", "请照退回单改好再报"),
    FileState.DECIDED_WITHDRAWN: State("↩", "gray", "已撤回", "数字已恢复，请问清原因再报"),
    FileState.UNCHANGED: State("＝", "gray", "与已收下的相同", "不用再报"),
}
RECEIVED: dict[ReceiptState | None, State] = {
    ACCEPTED: State("✓", "green", "已收下"),
    HELD: State("△", "orange", "待核实", "说明理由后确认，或等更正的报表"),
    RETURNED: State("✕", "red", "退回", "等更正的报表"),
    WITHDRAWN: State("↩", "gray", "已撤回"),
    None: State("？", "orange", "没有处理完", "下次上报时接着处理"),
}
