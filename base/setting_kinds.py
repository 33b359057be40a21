"""Kinds of values that settings have, each with its check."""

import re
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated

from pydantic import AfterValidator
from pydantic_settings import NoDecode

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_AMOUNT = re.compile(r"\d+(\.\d+)?(MB|GB)|[1-9]\d?%")
_ADDRESS = re.compile(r"https?://[^/?#\s]+")


def _like(pattern: re.Pattern[str]) -> AfterValidator:
    def check(given: str) -> str:
        if not pattern.fullmatch(given):
            raise ValueError
        return given

    return AfterValidator(check)


Clock = Annotated[str, _like(_CLOCK)]
Amount = Annotated[str, _like(_AMOUNT)]
Address = Annotated[str, _like(_ADDRESS)]
Listed = Annotated[tuple[str, ...], NoDecode]  # separated by commas in an environment variable
Network = IPv4Network | IPv6Network
WIDEST = {4: 16, 6: 32}  # shortest prefix allowed for a network of proxies, by IP version
