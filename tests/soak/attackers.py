"""Who attacks, and the county that is attacked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg

from access.accounts.roles import Action, Role, may
from tests.lib.dashboard.worker import Worker
from tests.lib.people import account_for, cookie_of

Areas = Sequence[str | None] | None
PEOPLE = ((Role.LEADER, ""), (Role.STAFF, ""), (Role.CLERK, "T01"), (Role.CLERK, "T02"), (Role.ADMIN, ""))


@dataclass(frozen=True)
class Foe:
    """Somebody of a role: the name the audit knows him by, and the cookie he came in with."""

    role: Role
    area: str
    name: str
    cookie: str

    def granted(self, action: Action, areas: Areas = None) -> bool:
        """Return whether the table of roles grants him an action."""
        return may(self.role, self.area, action, areas)


@dataclass
class Attacked:
    """A county under attack: where it is, what of it lies open to whom, and what was done and found."""

    address: str
    store: Path
    folder: Path
    foes: list[Foe]
    secrets: dict[str, Areas]  # names of received files, by the areas they tell of
    offered: list[str] = field(default_factory=list)  # an administrator's addresses
    numbers: list[str] = field(default_factory=list)  # of an administrator's downloads
    widgets: list[tuple[str, str, str]] = field(default_factory=list)  # an administrator's: page, field to set, number
    done: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)

    def breach(self, foe: Foe, what: str) -> None:
        """Note what somebody got who may not have it."""
        self.breaches.append(f"{foe.role} {foe.area}: {what}")


class Intruder(Worker):
    """A session that also sets fields and presses buttons that its pages do not have."""

    def __init__(self, address: str, path: str, foe: Foe) -> None:
        super().__init__(address, path, foe.cookie)
        self.forged: list[tuple[str, str]] = []

    def _request(self) -> BackMsg:
        message = super()._request()
        for kind, number in self.forged:
            value: Any = "1" if kind == "string_value" else True
            message.rerun_script.widget_states.widgets.add(id=number, **{kind: value})
        return message


def people(address: str, store: Path) -> list[Foe]:
    """Return one of every role, and a clerk of either township; the administrator comes last."""
    return [
        Foe(role, area, account_for(store, role, area).shown, cookie_of(address, role, area)) for role, area in PEOPLE
    ]
