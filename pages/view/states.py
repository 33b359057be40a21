"""The states of a file in words, with what to do next, a sign and a colour."""

from dataclasses import dataclass


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


# In the order of the list: first the states that need a decision.
STATES = {
    "unjudged": State("？", "orange", "没有核对成", "请重新核对"),
    "asked": State("△", "orange", "待认定", "请认定认不出来的栏"),
    "returned": State("✕", "red", "退回", "请下载退回单发给填报单位"),
    "held": State("△", "orange", "待核实", "请说明理由或请对方更正"),
    "accepted": State("✓", "green", "可以收下"),
    "foreign": State("✕", "red", "不是本乡镇、园区或系统的", "请交给县总工会经办人"),
    "unspoken": State("✕", "red", "有不由填报员报的内容", "请看哪里不能报、怎么改"),
    "decided-held": State("△", "orange", "已记为待核实", "说明理由后收下，或等更正的报表"),
    "decided-returned": State("✕", "red", "已记为退回", "等更正的报表"),
    "decided-accepted": State("✓", "green", "已收下"),
    "decided-withdrawn": State("↩", "gray", "已撤回", "数字已恢复，可重新上报"),
    "unchanged": State("＝", "gray", "与已收的相同", "不用再报"),
}
RECEIVED = {
    "accepted": State("✓", "green", "已收"),
    "held": State("△", "orange", "待核实", "说明理由后确认，或等更正的报表"),
    "returned": State("✕", "red", "退回", "等更正的报表"),
    "withdrawn": State("↩", "gray", "已撤回"),
    None: State("？", "orange", "没有处理完", "下次上报时接着处理"),
}
