"""How 上报 speaks: to the county's staff, who take files in, or to a clerk, who sends them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pages.view.person import is_sender
from pages.view.states import SENDER_STATES, STATES, FileState, State


@dataclass(frozen=True, kw_only=True)
class Voice:
    """The words: of the empty page, of the promise below, of each decision, of each state and what it means."""

    empty: str
    promise: str
    take_in: str
    hold: str
    send_back: str
    leave: str
    under_way: str
    states: Mapping[FileState, State]
    meanings: Mapping[FileState, str]
    nothing_kept: str


_RECEIVER = Voice(
    empty="把收到的报表拖到下面，先核对，看清楚再收下",
    promise="核对不会改动任何数字；点“收下”才算数，收下后随时可以撤回。",
    take_in="收下",
    hold="记为待核实",
    send_back="登记退回",
    leave="从本页移除",
    under_way="正在收下",
    states=STATES,
    meanings={
        FileState.ACCEPTED: "没有问题。先看收下后会改动哪些数，再收下。",
        FileState.HELD: "有拿不准的地方，例如比上季度大了十倍。问清楚，写明理由后收下；填错了就请对方更正。",
        FileState.ASKED: "有的栏名还不认得。点开选定它是报表的哪一栏，认定一次，同样的表式不再问。",
        FileState.RETURNED: "有必须改的地方。下载退回单发给对方：原表上标好了要改的格和改法。也可以照电话单逐条念。",
        FileState.UNCHANGED: "这份文件以前收过，内容一个字也没变，不用再报。",
    },
    nothing_kept="文件只在核对时用到，不点“收下”“登记退回”“记为待核实”，就什么也不留",
)
_SENDER = Voice(
    empty="把填好的报表拖到下面，先核对，没有问题再上报",
    promise="核对不会改动任何数字；点“上报”才报给县总工会。",
    take_in="上报",
    hold="上报，请县总工会核实",
    send_back="先不改，报县总工会看",
    leave="不报",
    under_way="正在上报",
    states=SENDER_STATES,
    meanings={
        FileState.ACCEPTED: "没有问题。点“上报”，县总工会就收下了。",
        FileState.HELD: "有拿不准的地方，例如比上季度大了十倍。填错了请改正；没有错就上报，由县总工会核实。",
        FileState.ASKED: "有的栏名认不得。请改用空表里的栏名；要照这样报的，上报后由县总工会认定。",
        FileState.RETURNED: "有必须改的地方。下载退回单：原表上标好了要改的格和改法。就在那一份上改好，再拖进来。",
        FileState.UNCHANGED: "这份文件以前报过，内容一个字也没变，不用再报。",
    },
    nothing_kept="文件只在核对时用到，不点“上报”就什么也不留",
)


def voice() -> Voice:
    """Return the words for the signed-in person."""
    return _SENDER if is_sender() else _RECEIVER
