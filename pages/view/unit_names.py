"""The names of organisations, if there is a register."""

from collections.abc import Iterable, Mapping

from base.errors import UserError
from pages.view import cached
from stats.organisations import Organisation


def unit_directory() -> Mapping[str, Organisation]:
    """Return each organisation by its code; none before a register was accepted."""
    try:
        return cached.units_by_code(cached.current())
    except UserError:
        return {}


def unit_names() -> dict[str, str]:
    """Return the name of each organisation by its code; none before a register was accepted."""
    return {code: organisation.name for code, organisation in unit_directory().items()}


def say_reporters(codes: Iterable[str]) -> str:
    """Return the reporters by name, each once; a code that is not in the register stays as it is."""
    names = unit_names()
    return "、".join(dict.fromkeys(names.get(code, code) for code in codes if code))


def county_name() -> str:
    """Return the name of the county federation, or the generic name without a register."""
    try:
        organisations = cached.organisations(cached.current())
    except UserError:
        organisations = []
    return next((organisation.name for organisation in organisations if organisation.level == "county"), "县总工会")
