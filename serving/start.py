"""Start the server by the settings. Streamlit's own options are derived from them and declared nowhere else."""

import os
from collections.abc import Mapping
from pathlib import Path

from base.errors import UserError
from base.settings import Settings, take_settings
from serving.streamlit_internals import config

APP = Path(__file__).resolve().parent.parent / "app.py"
# The variable by which uvicorn trusts forwarded addresses. It must trust nobody: the gate needs the real peer.
FORWARDED_VARIABLE = "FORWARDED_ALLOW_IPS"


def serve() -> None:
    """Serve until stopped. Raises UserError when the settings are wrong."""
    settings = take_settings()
    os.environ[FORWARDED_VARIABLE] = ""
    from serving.streamlit_internals import run_streamlit

    texts = [part for name, value in where_to_listen(settings).items() for part in (f"--{name}", value)]
    run_streamlit(["run", str(APP), *texts], prog_name="streamlit")


def where_to_listen(settings: Settings) -> Mapping[str, str]:
    """Return Streamlit's own options that must be set before the server starts."""
    options = {"server.address": settings.listen, "server.port": str(settings.port)}
    if settings.certificate and settings.key:
        options |= {"server.sslCertFile": str(settings.certificate), "server.sslKeyFile": str(settings.key)}
    return options


def tell_streamlit(settings: Settings) -> None:
    """Set Streamlit's own options that are derived from the settings and read at each request.

    Raises UserError when proxies are declared and the server would trust anybody's forwarded addresses.
    """
    if settings.proxies and os.environ.get(FORWARDED_VARIABLE) != "":
        raise UserError(f"前面有代理时，请用 python -m serving 启动，或把变量 {FORWARDED_VARIABLE} 设为空。")
    config.set_option("server.maxUploadSize", settings.upload_mb)
    config.set_option("server.allowedHosts", list(settings.names))
    config.set_option("browser.serverAddress", settings.public_name)
