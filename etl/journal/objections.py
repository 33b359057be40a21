"""Objections (申诉) of organisations to lines of their scores, and the answers. Never deleted."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from base.errors import UserError, suggest
from etl.privacy.typed_words import keep_words
from stats.catalogue.schemes import Scheme
from stats.catalogue_in_force import catalogue_in_force
from stats.warehouse import open_warehouse, run_query
from store import schema as tables
from store.audit import NewAuditEntry, add
from store.engine import reading, writing
from store.verbs import Verb


@dataclass(frozen=True)
class ObjectionAnswer:
    """An answer to an objection; `upheld` means that the objection was right."""

    upheld: bool
    words: str
    who: str
    at: str


@dataclass(kw_only=True, frozen=True)
class Objection:
    """An organisation's objection to an item of a scheme, by whom and when, with the answers, oldest first."""

    id: int
    scheme: str
    unit: str
    item: str
    words: str
    who: str
    at: str
    answers: tuple[ObjectionAnswer, ...] = ()


def object_to(store: Path, scheme_code: str, unit: str, item: str, words: str, who: str) -> int:
    """Record an objection to a line and return its number.

    Raises UserError when scheme, item or organisation is unknown, the scheme does not score it, or the text is missing.
    """
    scheme = catalogue_in_force(store).scheme(scheme_code)
    if item not in scheme.items:
        raise UserError(f"“{scheme.name}”里没有代码为“{item}”的项目{suggest(item, scheme.items)}")
    _demand_scored(store, scheme, unit)
    words = keep_words(words, "申诉的理由")
    _demand(who, "由谁提出申诉")
    values = {"scheme": scheme_code, "unit": unit, "item": item, "words": words, "who": who.strip(), "at": _now()}
    with writing(store) as connection:
        added = connection.execute(insert(tables.objection).values(**values))
        add(connection, [NewAuditEntry(who, Verb.OBJECTED, f"“{scheme.name}”{unit}的“{scheme.items[item].name}”")])
    return int(added.inserted_primary_key[0]) if added.inserted_primary_key else 0


def answer_objection(store: Path, number: int, upheld: bool, words: str, who: str) -> None:
    """Record an answer to an objection; earlier answers are kept. Raises UserError for an unknown objection."""
    words = keep_words(words, "答复的内容")
    _demand(who, "由谁答复")
    values = {"objection": number, "upheld": int(upheld), "words": words, "who": who.strip(), "at": _now()}
    with writing(store) as connection:
        if not connection.execute(select(tables.objection.c.id).where(tables.objection.c.id == number)).all():
            raise UserError(f"没有编号为 {number} 的申诉。")
        connection.execute(insert(tables.objection_answer).values(**values))
        add(connection, [NewAuditEntry(who, Verb.ANSWERED, f"第{number}号申诉")])


def objections(store: Path, scheme: str) -> list[Objection]:
    """Return the objections to scores of a scheme with their answers, oldest first."""
    noted, answers = tables.objection, tables.objection_answer
    with reading(store) as connection:
        if connection is None:
            return []
        rows = connection.execute(select(noted).where(noted.c.scheme == scheme).order_by(noted.c.id)).mappings().all()
        answered = connection.execute(select(answers).order_by(answers.c.id)).mappings().all()
    held: dict[int, list[ObjectionAnswer]] = {row["id"]: [] for row in rows}
    for answer in answered:
        if answer["objection"] in held:
            held[answer["objection"]].append(_answer(answer))
    return [Objection(**row, answers=tuple(held[row["id"]])) for row in rows]


def _answer(row: Any) -> ObjectionAnswer:
    return ObjectionAnswer(bool(row["upheld"]), row["words"], row["who"], row["at"])


def _demand_scored(store: Path, scheme: Scheme, unit: str) -> None:
    warehouse = open_warehouse(store)
    try:
        levels = {row["code"]: row["level"] for row in run_query(warehouse, "organisations.sql")}
    finally:
        warehouse.close()
    if levels.get(unit) not in scheme.scored:
        raise UserError(f"“{scheme.name}”不考核代码为“{unit}”的单位{suggest(unit, levels)}")


def _demand(words: str, what: str) -> None:
    if not words.strip():
        raise UserError(f"请写明{what}。")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
