"""python -m etl check: judge files as load would, without storing them."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from etl.collection.preview import changes
from etl.commands.options import Commands, add_store, exit_code, progress
from etl.intake import check_paths, questions
from etl.matching.questions import Question
from etl.model.examination import Examination
from stats.catalogue_in_force import catalogue_in_force
from store.builds import store_path

JSON_KEYS = ("file", "verdict", "forms", "findings", "changes", "questions")


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "像上报一样核对报表，但不接收：数据目录不会有任何改动"
    parser = commands.add_parser("check", help=text, description=text)
    parser.add_argument("paths", metavar="路径", nargs="+")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    """Print the verdicts; with --json a list with one object per file, under JSON_KEYS.

    `verdict` is accepted, held or returned; `forms` has form, reporter, period (2010Q4) and rows (their number);
    `findings` every field of a finding and its sentence; `changes` the number of values that accepting would change;
    `questions` the unknown headers, each with form, form_name, reporter, path, address and candidates: the columns it
    could be, with code and label.
    """
    store = store_path(options.store)
    if options.json:
        examined = check_paths(options.paths, store)
        print(json.dumps([_as_object(examination, store) for examination in examined], ensure_ascii=False, indent=2))
    else:
        with progress() as show:
            examined = check_paths(options.paths, store, show)
        print(f"共 {len(examined)} 份，核对完毕，没有接收。收下通过的会改动 {len(changes(store, examined))} 个数据。")
    return exit_code(examination.verdict for examination in examined)


def _as_object(examination: Examination, store: Path) -> dict[str, Any]:
    forms = [
        {
            "form": filed.form.code,
            "reporter": filed.reporter,
            "period": filed.form.format(filed.period) if filed.period else None,
            "rows": filed.size,
        }
        for filed in examination.returns
    ]
    findings = [finding.as_row() | {"sentence": finding.sentence()} for finding in examination.findings]
    columns = [_question_as_object(question) for question in questions(examination, catalogue_in_force(store))]
    values = (
        examination.submission.name,
        examination.verdict,
        forms,
        findings,
        len(changes(store, [examination])),
        columns,
    )
    return dict(zip(JSON_KEYS, values, strict=True))


def _question_as_object(question: Question) -> dict[str, Any]:
    candidates = [{"code": code, "label": label} for code, label in question.candidates]
    return asdict(question) | {"candidates": candidates}
