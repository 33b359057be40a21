"""Forms of the gate's own pages: read within limits, and said in words when they can't be taken."""

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

OLD_FORM = "这一页放得太久了，请再试一次。"
_LARGEST = 16 * 1024  # bytes of a submitted form


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a submitted form.

    Raises HTTPException for more than a form of ours can hold (413) and for an incomplete one (400).
    """
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LARGEST:
                raise HTTPException(413)
    except ClientDisconnect:
        raise HTTPException(400) from None  # nobody waits for the answer
    return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


def say_wait(seconds: float) -> str:
    """Return how long to wait after too many attempts, in words."""
    return f"试的次数太多了，请过{max(1, round(seconds))}秒再试。"
