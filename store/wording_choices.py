"""What somebody chose for a wording of a draft that can mean several figures, so that it is asked once.

The last choice holds. An empty indicator says that the wording is no figure of the catalogue.
"""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

from base.errors import UserError
from store.audit import NewAuditEntry, add
from store.engine import ask, writing
from store.schema import wording_choice
from store.verbs import Verb

LONGEST_WORDING = 400  # characters


def wording_choices(store: Path) -> dict[str, str]:
    """Return the indicator that was chosen last for each wording."""
    rows = ask(store, select(wording_choice.c.wording, wording_choice.c.indicator).order_by(wording_choice.c.id))
    return {row["wording"]: row["indicator"] for row in rows}


def save_wording_choice(store: Path, wording: str, indicator: str, who: str) -> None:
    """Keep which indicator a wording means, "" for none. Raises UserError for a wording that is empty or too long."""
    if not wording.strip() or len(wording) > LONGEST_WORDING:
        raise UserError("这句话没有可以记住的说法，没有保存。请在文稿里写明说的是哪一个数。")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    values = {"wording": wording, "indicator": indicator, "who": who.strip(), "at": at}
    with writing(store) as connection:
        connection.execute(insert(wording_choice).values(values))
        add(connection, [NewAuditEntry(who, Verb.CHOSE_WORDING, f"“{wording}”认作{indicator or '目录里没有的数'}")])
