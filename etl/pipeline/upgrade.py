"""Upgrade: bring a store of an earlier version to this one's format. The old build is kept beside the new.

Everything is rebuilt from inbox, journal and catalogue, so there are no migrations between formats.
"""

from dataclasses import dataclass
from pathlib import Path

from etl.journal.outcomes import ACCEPTED, Progress
from etl.pipeline.session import open_session
from stats.warehouse import build_version
from store.builds import STORE_VERSION, current_build, refuse_newer
from store.verbs import Verb


@dataclass(frozen=True)
class Upgrade:
    """The result of an upgrade: the old format version, the new build, and the files that are now left out."""

    before: int
    build: int | None
    left_out: tuple[str, ...]

    def sentence(self) -> str:
        """Return a sentence on what was done and what needs attention."""
        text = f"数据已从第 {self.before} 版格式升级到第 {STORE_VERSION} 版，现在是第 {self.build} 版数据，旧的还在。"
        if self.left_out:
            named = "、".join(self.left_out[:3]) + ("等" if len(self.left_out) > 3 else "")
            text += f"有 {len(self.left_out)} 份原来已收下的文件按新的要求没有收下：{named}。请到“报送进度”里看原因。"
        return text


def upgrade(store: Path, who: str = "", progress: Progress | None = None) -> Upgrade | None:
    """Rebuild in this version's format; None when the build already has it, or there is no build.

    Raises UserError when a later version wrote the build, or the received files can't be rebuilt from.
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
