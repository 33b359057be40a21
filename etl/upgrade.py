"""Upgrade: bring a store that an earlier version wrote to the format of this one. The old build stays beside the new.

Everything is derived anew from inbox, journal and catalogue, so there is no step from each format to the next.
"""

from dataclasses import dataclass
from pathlib import Path

from etl.outcomes import ACCEPTED, Progress
from etl.session import open_session
from stats.warehouse import STORE_VERSION, build_version, current_build, refuse_newer
from store.verbs import Verb


@dataclass(frozen=True)
class Upgrade:
    """From which version of the format a store was brought up, which build that made, and the files now left out."""

    before: int
    build: int | None
    left_out: tuple[str, ...]

    def sentence(self) -> str:
        """Return what was done, and what somebody must look at."""
        said = f"数据已从第 {self.before} 版格式升级到第 {STORE_VERSION} 版，现在是第 {self.build} 版数据，旧的还在。"
        if self.left_out:
            named = "、".join(self.left_out[:3]) + ("等" if len(self.left_out) > 3 else "")
            said += f"有 {len(self.left_out)} 份原来已收的文件按新的要求没有收下：{named}。请到“报送进度”里看原因。"
        return said


def upgrade(store: Path, who: str = "", progress: Progress | None = None) -> Upgrade | None:
    """Make the build anew in this version's format; None when it is in that already, or there is no build.

    Raises UserError when a later version wrote it, or what was received can't be built from.
    """
    current = current_build(store)
    before = build_version(current) if current else STORE_VERSION
    refuse_newer(before)
    if before == STORE_VERSION:
        return None
    with open_session(store, who, progress) as session:
        session.reconcile()
        session.rebuild(Verb.UPGRADED)
        outcomes = session.summary.outcomes
        left_out = tuple(outcome.name for outcome in outcomes if outcome.what != ACCEPTED)
        return Upgrade(before, session.summary.build, left_out)
