"""The probes: alive, able to serve, and figures for those who may have them."""

import json
import shutil
from pathlib import Path

import pytest

from serving.probes import LIVE, METRICS, READY, Probes, check_store
from tests.running.asgi import Answer, ask

TOKEN = "0123456789abcdef"
TOLD = ("live", "store", "journal", "build", "writable", "disk")


def _ask(path: str, store: Path, token: str = "", **how) -> Answer:
    return ask(lambda app: Probes(app, store, token, lambda: 7), how.pop("method", "GET"), path, **how)


def test_a_loaded_store_can_be_served(store: Path) -> None:
    answer = _ask(READY, store)
    assert (answer.status, set(json.loads(answer.body).items())) == (200, {(name, True) for name in TOLD})


def test_a_store_without_data_can_be_served(tmp_path: Path) -> None:
    assert all(check_store(tmp_path).values()) and not list(tmp_path.iterdir())


@pytest.mark.parametrize("harm", ["gone", "cut short", "emptied"])
def test_a_build_that_does_not_open_is_told(store: Path, tmp_path: Path, harm: str) -> None:
    shutil.copytree(store, tmp_path / "store")
    build = next((tmp_path / "store" / "warehouse").glob("*.duckdb"))
    if harm == "gone":
        build.unlink()
    else:
        build.write_bytes(b"" if harm == "emptied" else build.read_bytes()[:20_000])
    answer = _ask(READY, tmp_path / "store")
    assert (answer.status, json.loads(answer.body)["build"]) == (503, False)
    assert str(tmp_path) not in answer.body.decode()
    assert _ask(LIVE, tmp_path / "store").status == 200


def test_metrics_are_for_this_machine_alone(store: Path) -> None:
    assert b"mingshu_sessions 7.0" in _ask(METRICS, store).body
    assert _ask(METRICS, store, client="10.0.0.9").status == 403
    for name in ("x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-host", "cdn-loop"):
        assert _ask(METRICS, store, headers={name: "127.0.0.1"}).status == 403


@pytest.mark.parametrize(
    ("header", "status"),
    [(f"Bearer {TOKEN}", 200), ("Bearer wrong", 403), (TOKEN, 403), ("Bearer 口令", 403), ("", 403)],
)
def test_a_token_opens_the_metrics_and_nothing_else_does(store: Path, header: str, status: int) -> None:
    answer = _ask(METRICS, store, TOKEN, headers={"authorization": header}, client="10.0.0.9")
    assert answer.status == status
    assert _ask(METRICS, store, TOKEN).status == 403


def test_probes_only_answer_questions(store: Path) -> None:
    assert [_ask(path, store, method="POST").status for path in (LIVE, READY, METRICS)] == [405] * 3
    assert _ask("/healthzz", store).status == 204  # passed on
