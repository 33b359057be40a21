"""The server is started as the settings say, and Streamlit is told what follows from them."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from access.accounts.roles import Role
from base.errors import UserError
from base.settings import Settings
from serving.start import FORWARDED_VARIABLE, tell_streamlit, where_to_listen
from tests.contracts.source import ROOT
from tests.lib.dashboard.visitor import Visitor, apart
from tests.lib.people import account_for, cookie_of
from tests.lib.server import PATIENCE, free_port


def _start(folder: Path, text: str) -> subprocess.Popen[str]:
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    environment = os.environ | {"MINGSHU_SETTINGS": str(folder / "settings.toml")}
    command = [sys.executable, "-m", "serving"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [("prot = 8501", "不认识“prot”，是不是“port”"), ("port = 99999", "1 到 65535"), ('backup_at = "noon"', "12:30")],
)
def test_wrong_settings_end_it_with_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    server = _start(tmp_path, text)
    printed, _ = server.communicate(timeout=PATIENCE)
    assert server.returncode == 2
    assert said in printed
    assert "Traceback" not in printed


def test_it_listens_where_the_settings_say_and_keeps_to_their_sizes(tmp_path: Path) -> None:
    port = free_port()
    account_for(tmp_path / "store", Role.ADMIN)
    server = _start(
        tmp_path, f'port = {port}\nstore = "{tmp_path / "store"}"\nupload_mb = 1\nlog_folder = "{tmp_path / "l"}"'
    )
    try:
        _await(f"http://127.0.0.1:{port}/healthz")
        with pytest.raises(urllib.error.HTTPError) as refused:
            apart(_upload(f"http://127.0.0.1:{port}", bytes(2 << 20)))
        assert refused.value.code == 413
        assert "超过 1 MB" in refused.value.read().decode()
        assert (tmp_path / "l" / "mingshu.log").is_file()
    finally:
        server.terminate()
        server.communicate(timeout=30)


def test_tls_is_told_before_the_start() -> None:
    found = where_to_listen(Settings(certificate=Path("a.crt"), key=Path("a.key"), listen="0.0.0.0", port=443))
    assert found == {
        "server.address": "0.0.0.0", "server.port": "443", "server.sslCertFile": "a.crt", "server.sslKeyFile": "a.key"
    }  # fmt: skip


def test_behind_a_proxy_nobody_else_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    behind = Settings(proxies="192.0.2.1, 2001:db8::/32")  # type: ignore[arg-type]  # as a variable says it
    monkeypatch.delenv(FORWARDED_VARIABLE, raising=False)
    with pytest.raises(UserError, match="python -m serving"):
        tell_streamlit(behind)
    monkeypatch.setenv(FORWARDED_VARIABLE, "")
    tell_streamlit(behind)
    tell_streamlit(Settings())  # as it was


def test_streamlit_is_told_nothing_twice() -> None:
    told = (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
    assert [name for name in ("port", "maxUploadSize", "allowedHosts", "serverAddress") if f"\n{name} =" in told] == []


async def _upload(address: str, body: bytes) -> None:
    async with Visitor(address, "/upload") as visitor:
        await visitor.run()
        place = await visitor.place_for("甲镇.xlsx")
        asked = urllib.request.Request(address + place, body, {"Cookie": cookie_of(address)}, method="PUT")
        with urllib.request.urlopen(asked, timeout=30):
            return


def _await(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.3)
