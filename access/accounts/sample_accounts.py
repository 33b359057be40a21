"""The sample county's accounts: one per role, without passwords, for trying it on the local machine."""

from pathlib import Path

from access.accounts import accounts, add_account
from access.accounts.owning_area import area_names, read_units
from access.accounts.people import Account
from access.accounts.roles import ROLE_NAMES, Role

_EXAMPLE = "示例"  # the beginning of a made-up county's name


def is_sample_county(store: Path) -> bool:
    """Return whether the store holds the made-up county."""
    return any(unit.level == "county" and unit.name.startswith(_EXAMPLE) for unit in read_units(store).values())


def sample_accounts(store: Path) -> list[Account]:
    """Return the sample accounts that may be used, in the order of the roles."""
    samples = [account for account in accounts(store) if account.sample and not account.stopped]
    return sorted(samples, key=lambda account: list(Role).index(Role(account.role)))


def add_sample_accounts(store: Path, who: str = "") -> None:
    """Create an account for every role of the sample county; the clerk belongs to its first area."""
    taken = {account.name for account in accounts(store)}
    area = min(area_names(read_units(store)))
    for role, name in ROLE_NAMES.items():
        if _EXAMPLE + name not in taken:
            add_account(store, _EXAMPLE + name, _EXAMPLE + name, role, area, sample=True, who=who)
