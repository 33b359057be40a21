"""Load: write accepted returns into a working copy of the warehouse and publish it as the next build.

A published build is never written to again. Data are handed to DuckDB through Parquet files, and row counts and sums
are compared after each hand-over: DuckDB 2.0.0 misread frames it scanned in memory, and files bound memory use.
"""

import json
import math
import os
import shutil
import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from base.errors import UserError
from etl.journal.frozen_scores import frozen_builds
from etl.known import FiledIn, Known, Rival
from etl.known.in_force import InForce, in_force_of
from etl.known.keys_in_force import KeyIndex
from etl.known.past_rows import PastRows
from etl.known.targets_in_force import Stored, TargetsInForce
from etl.load.contents import built_with, catalogue_print
from etl.load.declarations import declarations
from etl.load.figure_questions import Beginning, figure_questions
from etl.load.kept_in_build import AFTER_ROLLUP, holds_totals, keep_totals
from etl.load.parquet import HandOver
from etl.load.sql_files import run_file, text_of
from etl.load.working_copy import open_copy
from etl.model.examination import Examination
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.model.observe import observer_of
from etl.model.unit_register import Placement, Register
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole
from store.builds import BUILD_NAME, STORE_VERSION, builds_of, current_build
from store.publish import flush, point_to, prune


class LoadError(UserError):
    """The build is inconsistent; it is discarded and the last one stays in force."""


class Build:
    """A working copy of the warehouse: written to, refreshed, then published or discarded."""

    def __init__(self, store: Path, catalogue: Catalogue, fresh: bool = False, apart: Path | None = None) -> None:
        """`apart` is a folder for a copy that is never published; otherwise the copy lies beside the builds."""
        self._folder = store / "warehouse"
        if apart is None:
            self._folder.mkdir(parents=True, exist_ok=True)
        self._catalogue = catalogue
        self._observer = observer_of(catalogue)
        self._work = Path(tempfile.mkdtemp(prefix="work-", dir=apart or self._folder))
        self._path = self._work / "build.duckdb"
        self._origin = None if fresh else current_build(store)
        try:
            self._begin()
        except BaseException:
            shutil.rmtree(self._work, ignore_errors=True)
            raise

    def begin_again(self) -> None:
        """Discard everything written, as if this were a new working copy."""
        self.connection.close()
        for path in self._work.iterdir():
            path.unlink()
        self._begin()

    def _begin(self) -> None:
        if self._origin:
            shutil.copyfile(self._origin, self._path)
        self.connection = open_copy(self._path)
        if not self._origin or built_with(self.connection) != catalogue_print(self._catalogue):
            self._declare()
        self._kept_anew = keep_totals(self.connection, self._folder.parent, self._catalogue)
        self._waiting = HandOver(self._work)
        self._since: int | None = None
        self._known_until: int | None = self._fetch_file("last_period.sql")[0][0]
        self._touched: list[int] = []
        self._fresh = False  # nothing was written since the last refresh
        self._look_again()

    def _declare(self) -> None:
        """Make the tables and write the catalogue into them; a copy of a build from the same one has both."""
        self.connection.execute("begin transaction")
        self._run("010_tables.sql")
        self._run("020_catalogue.sql", **declarations(self._catalogue))
        self.connection.execute("commit")

    def keep_totals(self) -> bool:
        """Recompute own totals under the decisions that hold now; return whether others held before."""
        if not self._kept_anew:
            return False
        self._refresh(*AFTER_ROLLUP)
        self._fresh = True
        return True

    def _look_again(self) -> None:
        """Drop cached lookups of the rows in force."""
        self._unsettled: set[tuple[str, str, int]] = set()  # returns written since the last look-up
        self._keys = KeyIndex(self._catalogue, self._fetch_file("known_keys.sql"))
        self._past = PastRows(self._catalogue, self._past_rows, lambda: self._fetch_file("last_reported.sql"))
        self._targets = TargetsInForce(self._targets_set)

    def register(self) -> Register:
        """Return the register of organisations as this build knows it."""
        rows = self._fetch("select code, name, level, parent, category, first, last from core.placement")
        heirs = self._fetch("select code, heir, first, last from core.heir")
        placements = [
            Placement(code=code, name=name, level=level, parent=parent, category=category, first=first, last=last)
            for code, name, level, parent, category, first, last in rows
        ]
        months = self._fetch("select code, first, last from core.month_place order by code, first")
        second = dict(self._fetch_file("second_keys.sql"))
        return Register(placements, second | self._catalogue.aliases, heirs, months)

    def known(self, filed: Return) -> Known:
        """Return what is in force: the row keys of other returns of the form, the columns of any form and quarter."""
        return Known(
            elsewhere=partial(self._keys.elsewhere, filed),
            column=self._past.column,
            filed_by=self._past.filed_by,
            filed=self._past.filed,
            quarters=self._keys.quarters,
            last_reported=self._past.last_reported,
            rivals=partial(self._rivals, filed),
            targets=self._targets,
            in_force=partial(self._in_force, filed),
            filled_after=partial(self._keys.filled_after, filed),
            counted_units=self._counted_units,
        )

    def write(self, examination: Examination) -> None:
        """Write one accepted submission. Raises LoadError when the warehouse received something else.

        Rows are handed over in batches of many submissions. Nobody reads a working copy, so a submission is published
        or discarded with its whole build.
        """
        self._waiting.add(examination, self._observer)
        self._touched.append(examination.submission.seq)
        self._fresh = False
        self._unsettled |= {(filed.form.code, filed.reporter, filed.period) for filed in examination.returns}
        self._keys.add(examination)
        self._past.add(examination.returns)
        self._targets.add(examination.returns, examination.submission.name)
        if examination.registers or self._waiting.full:
            self._hand_over()
        if examination.registers:
            self._since = 0  # organisations move
            self._refresh("100_active.sql", "150_order.sql", "200_units.sql")

    def registers(self, submission: int) -> bool:
        """Return whether a submission holds a register of organisations."""
        forms = self._fetch_file("forms_of.sql", submission=submission)
        return any(self._catalogue.forms[row[0]].role == FormRole.UNITS for row in forms)

    def withdraw(self, submission: int) -> list[tuple[str, str, str]]:
        """Take one submission out; the returns it had replaced are in force again.

        Return the rows that would then be reported twice: row key, and the names of the two files. Only for a
        submission that registers no organisations.
        """
        self._reach_back([submission])
        self._fresh = False
        before = set(self._fetch_file("repeated.sql"))  # these are not for this withdrawal to solve
        self.connection.execute("begin transaction")
        self._run("withdraw.sql", submission=submission)
        self._run("100_active.sql")
        self.connection.execute("commit")
        self._look_again()
        return [row for row in self._fetch_file("repeated.sql") if row not in before]

    def _in_force(self, filed: Return) -> InForce | None:
        """Return what is in force of the form, reporter and quarter of a return; None when nothing is."""
        if not self._keys.holds(filed):
            return None
        if (filed.form.code, filed.reporter, filed.period) in self._unsettled:
            self._hand_over()
            self._run("100_active.sql")
            self._unsettled.clear()
        return in_force_of(filed, self._fetch_file)

    def _counted_units(self) -> set[str]:
        self._hand_over()
        self._run("100_active.sql")
        return {row[0] for row in self._fetch_file("counted_units.sql")}

    def refresh(self) -> None:
        """Recompute the touched quarters and all later ones. Raises LoadError when the result is inconsistent.

        The organisations (200_units.sql) depend on registers alone, and were computed when one was written.
        """
        if self._fresh:
            return
        self._hand_over()
        self._reach_back(self._touched)
        self._refresh(
            "100_active.sql", "150_order.sql", "250_in_force.sql", "300_observations.sql", "400_coverage.sql",
            "500_rollup.sql", *(AFTER_ROLLUP if holds_totals(self.connection, self._catalogue) else ()),
        )  # fmt: skip
        faults = self._fetch_file("900_reconcile.sql")
        if faults:
            raise LoadError("；".join(str(row[0]) for row in faults[:5]))
        self._fresh = True

    def _refresh(self, *files: str) -> None:
        """Recompute what these files compute, in one transaction."""
        self.connection.execute("begin transaction")
        for name in files:
            self._run(name, since=self._since or 0)
        self.connection.execute("commit")

    def figure_questions(self, files: dict[int, str]) -> dict[int, list[Finding]]:
        """Return the findings, by submission, on what they do to the figures; `files` are their names."""
        self.refresh()
        beginning = Beginning(self._origin, self._known_until, self._work)
        return figure_questions(self.connection, files, self._catalogue, beginning)

    def publish(self) -> int:
        """Checkpoint, close, flush to disk, rename, and finally move CURRENT. Return the build's number."""
        number = self._put_beside(datetime.now(UTC))
        point_to(self._folder, number)
        prune(self._folder, number, frozen_builds(self._folder.parent))
        return number

    def keep(self, moment: datetime) -> int:
        """Store the copy among the builds as the state at a moment; CURRENT stays. Return its number."""
        return self._put_beside(moment)

    def _put_beside(self, moment: datetime) -> int:
        number = max((int(path.stem) for path in builds_of(self._folder)), default=0) + 1
        self.connection.execute("delete from core.build")
        made = {"at": moment.isoformat(timespec="seconds"), "catalogue": catalogue_print(self._catalogue)}
        self.connection.execute(
            "insert into core.build values ($number, $version, $at, $catalogue, $catalogue_version)",
            made | {"number": number, "version": STORE_VERSION, "catalogue_version": self._catalogue.version},
        )
        self.connection.execute("checkpoint")
        self.connection.close()
        flush(self._path)
        os.replace(self._path, self._folder / BUILD_NAME.format(number))
        self.discard()
        return number

    def discard(self) -> None:
        """Discard the working copy."""
        self.connection.close()
        shutil.rmtree(self._work, ignore_errors=True)

    def _hand_over(self) -> None:
        """Load the waiting rows in one transaction, and compare counts and sums."""
        self.connection.execute("begin transaction")
        before = self._fetch_file("landed.sql")[0]
        for name, sent in self._waiting.write_files().items():
            arrived = self._fetch_file(f"insert_{name}.sql", path=str(sent.path))[0][0]
            if arrived != sent.rows:
                raise LoadError(f"交接数据时行数不符：{name} 应有 {sent.rows} 行，只到了 {arrived} 行")
        rows, total = self._waiting.clear()
        after = self._fetch_file("landed.sql")[0]
        if after[0] != before[0] + rows or not math.isclose(after[1], before[1] + total, rel_tol=1e-9, abs_tol=1e-6):
            raise LoadError(f"交接数据时合计不符：应新增 {rows} 条共 {total}，之前是 {before}，之后是 {after}")
        self.connection.execute("commit")

    def _reach_back(self, submissions: list[int]) -> None:
        """Remember the first quarter that changes when submissions are added or removed, replaced returns included."""
        first = self._fetch_file("first_touched.sql", submissions=submissions)[0][0] if self._since != 0 else None
        if first is not None:
            self._since = min(first, self._since if self._since is not None else first)
        if self._since is not None and self._known_until is not None:  # quarters in between that nobody reported for
            self._since = min(self._since, self._known_until + 1)

    def _rivals(self, filed: Return) -> list[Rival]:
        keys = self._keys.shared_keys(filed) if filed.form.repeats_keys else []
        if not keys:
            return []
        self._hand_over()
        parameters = {"form": filed.form.code, "period": filed.period, "reporter": filed.reporter, "keys": keys}
        rows = self._fetch_file("rivals.sql", **parameters)
        return [(key, day, json.loads(fields), FiledIn(*file)) for key, day, fields, *file in rows]

    def _targets_set(self) -> list[Stored]:
        return self._fetch_file("targets_set.sql")

    def _past_rows(self, form: str, first: int, last: int) -> list[Any]:
        if not self._keys.stored(form, first, last):
            return []  # what this build takes in itself is known without a query
        return self._fetch_file("past_rows.sql", form=form, first=first, last=last)

    def _run(self, file: str, **parameters: Any) -> None:
        run_file(self.connection, file, **parameters)

    def _fetch(self, sql: str) -> list[Any]:
        return self.connection.execute(sql).fetchall()

    def _fetch_file(self, file: str, **parameters: Any) -> list[Any]:
        return self.connection.execute(text_of(file), parameters).fetchall()
