"""The last backup: how old it is, a warning when it is too old, and the button that makes one now."""

from datetime import timedelta
from html import escape
from pathlib import Path

import streamlit as st

from etl.backup.plan import BackupPlan, backup_plan, folder_now
from etl.backup.schedule import backup_age
from pages.shared.background import Tell, begin
from pages.view.foreign_text import as_written
from pages.view.person import acts

_MADE = "backup-made"  # what the backup that was asked for came to, until it has been told


def say_backup(store: Path) -> str:
    """Return how old the last backup is, in words."""
    age = backup_age(store)
    if age is None:
        return "还没有数据，不用备份。"
    return "还没有备份过。" if age == timedelta.max else f"最近一次备份：{_say_age(age)}。"


def draw_backup(store: Path) -> None:
    """Warn when the last backup is older than the plan allows; say whether the server makes backups by itself."""
    age, plan = backup_age(store), backup_plan()
    if age is not None and age > timedelta(days=plan.warn_days):
        how = "请查看自动备份为什么没有做成，并点“现在备份”。" if plan.folder else "请点“现在备份”，并设定自动备份。"
        st.warning(f"已超过 {plan.warn_days:d} 天没有备份，数据可能丢失。{how}", icon=":material/info:")
    if plan.folder:
        st.caption(f"每天 {plan.at:%H:%M} 自动备份到“{as_written(plan.folder)}”，保留最近 {plan.keep:d} 份。")
    elif age is not None:
        st.html(
            f'<p class="base">还没有设定备份目录，现在备份就放到 <code>{escape(str(folder_now(store, plan)))}</code>。'
            "最好在设置文件里写明另一块磁盘上的目录（<code>backup</code>），重新启动后每天自动备份。</p>"
        )
    if age is not None:
        _offer_backup(plan)


def _offer_backup(plan: BackupPlan) -> None:
    """Draw the button, and tell once what the last press came to."""
    sentences: list[str] = st.session_state.setdefault(_MADE, [])
    doing = acts()

    def run(_: Tell) -> None:
        sentences[:] = doing.back_up(plan).sentences()

    if st.button("现在备份", icon=":material/backup:", key="backup-now"):
        begin("正在备份", run)
    if sentences:
        st.success(as_written("\n".join(sentences)), icon=":material/check:")
        sentences.clear()


def _say_age(age: timedelta) -> str:
    if age < timedelta(0):
        return "时间在现在之后（时钟被改过）"
    if age < timedelta(hours=1):
        return "不到一小时前"
    return f"{age // timedelta(hours=1)} 小时前" if age < timedelta(days=2) else f"{age.days} 天前"
