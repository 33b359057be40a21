"""Server start: lock the store for one server, upgrade it, and back it up on schedule meanwhile."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NoReturn

from base.errors import UserError
from etl.backup.plan import backup_plan
from etl.backup.schedule import scheduled_backups
from etl.pipeline.upgrade import upgrade
from stats.warehouse import open_warehouse
from store.audit import last_entry
from store.builds import current_build
from store.disk_errors import plain_faults
from store.server_lock import hold_store

_REFUSED = 2


@contextmanager
def served_store(store: Path) -> Iterator[None]:
    """Lock, upgrade and back up a store while a server runs. A server that must not serve it exits with a message."""
    with ExitStack() as held:
        try:
            held.enter_context(hold_store(store))
            plan = backup_plan()
        except UserError as error:
            _end(error)
        _bring_up_to_date(store)
        held.enter_context(scheduled_backups(store, plan))
        yield


def _bring_up_to_date(store: Path) -> None:
    """Upgrade an older store; when that fails the server starts anyway and the pages say what to do."""
    try:
        with plain_faults():
            done = upgrade(store, "升级程序")
            last_entry(store)
            if current_build(store):
                open_warehouse(store).close()
    except UserError as error:
        print(error.on_command_line(), file=sys.stderr)
    else:
        if done:
            print(done.sentence(), file=sys.stderr)


def _end(error: UserError) -> NoReturn:
    """End the process: an exception here would print a traceback, and some servers would go on running."""
    print(error.on_command_line(), file=sys.stderr, flush=True)
    os._exit(_REFUSED)
