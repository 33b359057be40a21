"""Start the server as the settings say. What Streamlit must be told follows from them, and is declared nowhere else."""

import os
from collections.abc import Mapping
from pathlib import Path

from stats.settings import Settings, take_settings

APP = Path(__file__).resolve().parent.parent / "app.py"
# Whose word about forwarded addresses the server takes. Nobody's: who really connects is what has to be known.
_FORWARDED_VARIABLE = "FORWARDED_ALLOW_IPS"


def serve() -> None:
    """Serve until stopped. Raises UserError when the settings are wrong."""
    settings = take_settings()
    os.environ[_FORWARDED_VARIABLE] = ""
    from streamlit.web.cli import main

    main(["run", str(APP), *as_arguments(streamlit_options(settings))], prog_name="streamlit")


def streamlit_options(settings: Settings) -> Mapping[str, str]:
    """Return Streamlit's own options as they follow from the settings, by their names."""
    told = {
        "server.address": settings.listen,
        "server.port": str(settings.port),
        "server.headless": "true",
        "server.maxUploadSize": str(settings.upload_mb),
        "server.allowedHosts": ",".join(settings.names),
        "browser.serverAddress": settings.public_name,
    }
    if settings.certificate and settings.key:
        told |= {"server.sslCertFile": str(settings.certificate), "server.sslKeyFile": str(settings.key)}
    return told


def as_arguments(options: Mapping[str, str]) -> list[str]:
    """Return options as `streamlit run` takes them; of a list each entry by itself."""
    return [
        part
        for name, value in options.items()
        for one in (value.split(",") if name == "server.allowedHosts" else [value])
        for part in (f"--{name}", one)
    ]
