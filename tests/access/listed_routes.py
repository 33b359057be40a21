"""Prints every route the server registers, ours and Streamlit's, and its layers: run in a process of its own."""

import json
from collections.abc import Iterator
from typing import Any

from starlette.routing import Mount, Route, WebSocketRoute

from app import app


def routes() -> Iterator[dict[str, Any]]:
    for route in app._build_starlette_app().routes:
        kind = type(route).__name__
        assert isinstance(route, Route | Mount | WebSocketRoute), f"a kind of route the test does not know: {kind}"
        methods = sorted(route.methods or []) if isinstance(route, Route) else []
        yield {"kind": kind, "path": route.path, "methods": methods}


def layers() -> list[str]:
    return [layer.cls.__name__ for layer in app._build_starlette_app().user_middleware]


if __name__ == "__main__":
    print(json.dumps({"routes": list(routes()), "layers": layers()}))
