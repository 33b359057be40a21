"""The register as it stands: what its newest row says of each organisation."""

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from base.errors import UserError
from base.text import identifier, normalise
from stats.warehouse import open_warehouse, run_query

OPEN = "open"


@dataclass(frozen=True)
class RegisteredNow:
    """An organisation of the register: its code, and the values of its newest row by column code."""

    code: str
    fields: Mapping[str, str]

    @property
    def name(self) -> str:
        """Return its name."""
        return self.fields.get("unit_name", self.code)

    @property
    def parent(self) -> str:
        """Return the code of the organisation above it."""
        return self.fields.get("parent", "")

    @property
    def credit(self) -> str:
        """Return its code of credit, "" for none."""
        return identifier(self.fields.get("credit_code", ""))

    @property
    def since(self) -> date:
        """Return the day from which its newest row is valid; the first of all days where it has none."""
        stated = self.fields.get("effective")
        return date.fromisoformat(stated) if stated else date.min

    @property
    def is_union(self) -> bool:
        """Return whether it is a basic union."""
        return self.fields.get("level") == "union"

    @property
    def is_open(self) -> bool:
        """Return whether it is neither closed nor merged."""
        return self.fields.get("status") == OPEN


@dataclass(frozen=True)
class RegisterNow:
    """The organisations of a register by code."""

    units: Mapping[str, RegisteredNow]

    @cached_property
    def root(self) -> RegisteredNow:
        """Return the county federation."""
        return next(unit for unit in self.units.values() if not unit.parent)

    @cached_property
    def areas(self) -> Mapping[str, str]:
        """Return the codes of the open townships, parks and systems, and of the county, by normalised name."""
        areas = [unit for unit in self.units.values() if unit.is_open and not unit.is_union]
        return {normalise(unit.name): unit.code for unit in areas}

    @property
    def unions(self) -> list[RegisteredNow]:
        """Return the basic unions, closed ones included."""
        return [unit for unit in self.units.values() if unit.is_union]

    def name_of(self, code: str) -> str:
        """Return the name of an organisation, the code itself where it is unknown."""
        return self.units[code].name if code in self.units else code


def demand_unchanged(store: Path, now: RegisterNow) -> None:
    """Raise UserError if a register is no longer in force: a code it left free may have been given meanwhile."""
    if register_now(store) != now:
        raise UserError("名册刚刚改过，变动没有收下。请重新和名册对一遍。")


def register_now(store: Path) -> RegisterNow:
    """Return the register in force. Raises UserError for a store without one."""
    with closing(open_warehouse(store)) as warehouse:
        rows = run_query(warehouse, "registered.sql")
    return RegisterNow({row["code"]: RegisteredNow(row["code"], json.loads(row["fields"])) for row in rows})
