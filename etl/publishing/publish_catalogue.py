"""Publish a catalogue: validated whole, tried on all accepted files, then in force with one step.

The figures are rebuilt in a working copy first. The version is recorded just before that copy becomes the current
build, so a kill leaves either the old version with the old build, or the new one, whose build the next session makes.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from base.errors import UserError
from etl.journal import Entry
from etl.journal.outcomes import ACCEPTED, Progress
from etl.pipeline.session import Session, open_session
from etl.privacy import hide
from stats.catalogue import Catalogue
from stats.catalogue_changes import catalogue_changes
from stats.catalogue_declared import Declared, declared_in
from stats.catalogue_in_force import catalogue_from
from stats.editing.meanings import changed_meanings
from store.catalogue_versions import CatalogueVersion, append_version, new_version, newest

ASKED = (
    "下面的代码换了含义，以前的数和文稿里引用的数是按原来的含义算的。要另立一个数，请换一个代码；确实要改，请写明理由。"
)


def publish_catalogue(
    store: Path,
    wanted: Declared,
    who: str,
    why: str,
    after: int | None = None,
    progress: Progress | None = None,
    meaning: str = "",
) -> CatalogueVersion:
    """Publish what a county declares as the next version, with a build made under it, and return the version.

    `after` is the version it was made from, by default the newest; `meaning` says why a code that was there may mean
    something else. Raises UserError, and leaves everything as it is, when who or why is missing, nothing changes, the
    catalogue has faults, a meaning changes without a reason, another version was published meanwhile, or a file that
    was accepted would no longer be.
    """
    if not who.strip() or not why.strip():
        raise UserError("请写明由谁发布、为什么改。")
    with open_session(store, who, progress) as session:
        session.reconcile()
        last = newest(store)
        if after not in (None, last):
            raise UserError(f"目录已由别人发布到第{last}版，您是在第{after}版上改的。请看过第{last}版，再改一次。")
        version = _next_version(session, last, wanted, who, why, hide(meaning.strip()))
        _put_in_force(session, version, lambda: append_version(store, last, version))
        return version


def _next_version(session: Session, last: int, wanted: Declared, who: str, why: str, meaning: str) -> CatalogueVersion:
    draft = new_version(last, wanted.packs, wanted.files, changes=(), who=who, why=hide(why))
    if Declared(draft.packs, draft.files) == declared_in(session.store):
        raise UserError("和现在用的目录一样，没有可发布的。请先改目录，再发布。")
    after = catalogue_from(session.store, draft)
    asked = changed_meanings(session.store, session.catalogue, after)
    if asked and not meaning:
        raise UserError(f"{ASKED}\n" + "\n".join(asked))
    sentences = [change.sentence for change in catalogue_changes(session.catalogue, after)]
    return replace(draft, changes=(*sentences, *(f"{sentence}（理由：{meaning}）" for sentence in asked)))


def _put_in_force(session: Session, version: CatalogueVersion, record: Callable[[], None]) -> None:
    """Rebuild under the version's catalogue where there are data, and record it before the new build is published."""
    before, session.catalogue = session.catalogue, catalogue_from(session.store, version)
    accepted = [entry for entry in session.journal.entries() if entry.what == ACCEPTED]
    demand_forms(session.catalogue, accepted, before)
    if accepted:
        session.rebuild(before_publishing=record)
    else:
        record()


def demand_forms(catalogue: Catalogue, accepted: Sequence[Entry], before: Catalogue) -> None:
    """Raise UserError when a file in the figures is a return of a form that would be no more, or of other periods.

    Or when somebody said which header of it is a column that would be no more.
    """
    for entry in accepted:
        _demand_columns(catalogue, entry, before)
        named = {about.split("|")[0] for about in entry.returns}
        for form in sorted(named & catalogue.forms.keys() & before.forms.keys()):
            if catalogue.forms[form].months != before.forms[form].months:
                raise UserError(
                    f"第 {entry.seq} 号“{entry.name}”是报表 {form} 的，已经收下，报送周期一改，它的报告期就不对了。"
                    "请另立一张表，或先撤回用这张表报的文件，再发布。"
                )
        if gone := named - catalogue.forms.keys():
            raise UserError(
                f"第 {entry.seq} 号“{entry.name}”是报表 {min(gone)} 的，已经收下，停用这张表就没有地方放。"
                "请先撤回用这张表报的文件，再发布。"
            )


def _demand_columns(catalogue: Catalogue, entry: Entry, before: Catalogue) -> None:
    for shape in entry.shapes:
        kept, last = (known.forms.get(shape.form) for known in (catalogue, before))
        for path, code in shape.answers.items():
            if code and kept and last and code in last.by_code and code not in kept.by_code:
                raise UserError(
                    f"第 {entry.seq} 号“{entry.name}”里，“{path}”认定是报表 {shape.form} 的“{last.column(code).name}”，"
                    "去掉这一栏，它就没有地方放。请先撤回这份文件，再发布。"
                )
