"""The last backup: how old it is, and a warning when it is too old."""

from datetime import timedelta
from pathlib import Path

import streamlit as st

from etl.backup.plan import backup_plan
from etl.backup.schedule import backup_age
from pages.view.foreign_text import as_written


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
        how = "请管理员查看自动备份为什么没有做成。" if plan.folder else "请管理员设定自动备份，或现在备份一次。"
        st.warning(f"已超过 {plan.warn_days:d} 天没有备份，数据可能丢失。{how}", icon=":material/info:")
    if plan.folder:
        st.caption(f"每天 {plan.at:%H:%M} 自动备份到“{as_written(plan.folder)}”，保留最近 {plan.keep:d} 份。")


def _say_age(age: timedelta) -> str:
    if age < timedelta(0):
        return "时间在现在之后（时钟被改过）"
    if age < timedelta(hours=1):
        return "不到一小时前"
    return f"{age // timedelta(hours=1)} 小时前" if age < timedelta(days=2) else f"{age.days} 天前"
