"""Settings of who may come in: read from variables MINGSHU_…, closed and checked, with a default for each."""

import os
from collections.abc import Mapping
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from stats.errors import UserError

_PREFIX = "MINGSHU_"
# What uvicorn believes of forwarded addresses. Empty: nothing, so that the gate sees who really connects.
FORWARDED_VARIABLE = "FORWARDED_ALLOW_IPS"
Network = IPv4Network | IPv6Network


class Settings(BaseModel):
    """How people come in and how long they stay.

    `secure_cookie` is for a server reached over TLS. `proxies` are the addresses of the reverse proxies in front;
    `proxy_header` is the header in which those name who has signed in with them, "" for none. With `oidc_issuer` people
    may sign in with an OpenID provider: `oidc_claim` of its answer is the name of the account, `address` is where the
    server is reached, for the way back from there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    secure_cookie: bool = False
    idle_minutes: int = Field(default=120, ge=5, le=24 * 60)
    longest_hours: int = Field(default=12, ge=1, le=7 * 24)
    address: str = ""
    oidc_issuer: str = ""
    oidc_client: str = ""
    oidc_secret: str = Field(default="", repr=False)
    oidc_claim: str = "preferred_username"
    oidc_label: str = "统一身份认证"
    proxy_header: str = ""
    proxies: tuple[Network, ...] = ()

    @field_validator("proxies", mode="before")
    @classmethod
    def _listed(cls, given: Any) -> Any:
        return [one.strip() for one in given.split(",") if one.strip()] if isinstance(given, str) else given

    @field_validator("proxy_header")
    @classmethod
    def _lower(cls, given: str) -> str:
        return given.strip().lower()

    @model_validator(mode="after")
    def _whole(self) -> "Settings":
        if self.oidc_issuer and not (self.oidc_client and self.oidc_secret and self.address):
            raise ValueError("用统一身份认证登录，还要写明 OIDC_CLIENT、OIDC_SECRET 和 ADDRESS")
        if self.proxy_header and not self.proxies:
            raise ValueError("由前面的代理认人，还要在 PROXIES 里写明代理的地址")
        return self

    @property
    def idle_seconds(self) -> int:
        """Return after how many seconds without any action a session ends."""
        return self.idle_minutes * 60

    @property
    def longest_seconds(self) -> int:
        """Return after how many seconds a session ends in any case."""
        return self.longest_hours * 3600

    def trusts(self, peer: str) -> bool:
        """Return whether an address is that of a declared proxy."""
        try:
            found = ip_address(peer)
        except ValueError:
            return False
        return any(found in network for network in self.proxies)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of this process. Raises UserError naming the first that is wrong."""
    found = os.environ if environment is None else environment
    given = {name: found[_name(name)] for name in Settings.model_fields if _name(name) in found}
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        raise UserError(_say(error)) from None
    if settings.proxies and found.get(FORWARDED_VARIABLE) != "":
        raise UserError(
            f"前面有代理时，要把变量 {FORWARDED_VARIABLE} 设为空（make serve 会这样做），才看得清是谁连上来的。"
        )
    return settings


def _name(field: str) -> str:
    return _PREFIX + field.upper()


def _say(error: ValidationError) -> str:
    first = error.errors()[0]
    if not first["loc"]:
        return f"设置不对：{str(first['msg']).removeprefix('Value error, ')}。"
    name = _name(str(first["loc"][0]))
    said = "（不显示）" if name.endswith("SECRET") else first["input"]
    return f"设置 {name} 写的是“{said}”，不对。请照 README 里的说明改。"
