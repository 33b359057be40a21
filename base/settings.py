"""Settings of this installation: one file, each key also an environment variable MINGSHU_KEY.

Environment variables take precedence over the file. The file is `settings.toml` in the working folder, or the one that
MINGSHU_SETTINGS names; it is optional. `take_settings` copies the file's values into the environment, for code that
reads the variables directly, such as `store_path`.
"""

import getpass
import os
import tomllib
from collections.abc import Iterable, Mapping, MutableMapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
)

from base.errors import UserError, suggest
from base.secret_files import FOLDER_VARIABLE, secret_folder
from base.setting_kinds import WIDEST, Address, Amount, Clock, Listed, Network

PREFIX = "MINGSHU_"
FILE_VARIABLE = "MINGSHU_SETTINGS"
FILE = Path("settings.toml")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_EVERYWHERE = ("0.0.0.0", "::")


class Settings(BaseSettings):
    """All settings. None stands for the program's own default; a description says in Chinese what belongs there.

    `proxies` are the reverse proxies that are trusted to name the client's address; `proxy_header` is the header in
    which they name the signed-in user, "" for none. With `oidc_issuer` people may sign in with an OpenID provider:
    `oidc_claim` of its answer is the name of the account, and `address` is the base of the redirect address.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    store: Path | None = Field(None, description="数据目录")
    journal: SecretStr | None = Field(None, description="日志数据库的地址，不写则在数据目录里")

    listen: str = Field("127.0.0.1", min_length=1, description="监听的地址，127.0.0.1 只供本机，0.0.0.0 供全网")
    port: int = Field(8501, ge=1, le=65535, description="端口，1 到 65535 的整数")
    address: Address | None = Field(None, description="大家打开的网址，如 https://mingshu.example.cn")
    hosts: Listed = Field((), description="还可以用哪些主机名打开")
    certificate: Path | None = Field(None, description="TLS 证书文件，和 key 一起写")
    key: Path | None = Field(None, description="TLS 私钥文件，和 certificate 一起写")
    proxies: Annotated[tuple[Network, ...], NoDecode] = Field((), description="前面反向代理的地址，如 127.0.0.1")

    idle_minutes: int = Field(120, ge=5, le=24 * 60, description="多少分钟不动就要重新登录，5 到 1440")
    longest_hours: int = Field(12, ge=1, le=7 * 24, description="一次登录最长几小时，1 到 168")
    second_factor_for: Annotated[tuple[Literal["领导", "工作人员", "填报员", "管理员"], ...], NoDecode] = Field(
        (), description="哪些角色登录还要动态口令：领导、工作人员、填报员、管理员"
    )
    secure_cookie: bool | None = Field(None, description="登录凭据只走 https，true 或 false")
    oidc_issuer: str = Field("", description="统一身份认证的网址")
    oidc_client: str = Field("", description="在统一身份认证登记的名称")
    oidc_secret: SecretStr = Field(SecretStr(""), description="统一身份认证发的密钥")
    oidc_claim: str = Field("preferred_username", description="认证结果里哪一项是账号名")
    oidc_acr: Listed = Field((), description="统一身份认证要达到的级别（acr），写了就只让达到其中一个的人进")
    oidc_amr: Listed = Field((), description="统一身份认证要用的方式（amr），如 mfa、otp，写了就要用过其中一种")
    oidc_minutes: int = Field(
        0, ge=0, le=7 * 24 * 60, description="在统一身份认证登录后多少分钟要去那里重新登录，0 到 10080，0 为不问"
    )
    oidc_label: str = Field("统一身份认证", description="登录页上按钮的字")
    proxy_header: str = Field("", description="前面的代理在哪个请求头里写明账号")

    contact: str = Field("", max_length=60, description="收报表的联系人和电话，写在催报文字和退回单里")
    upload_mb: int = Field(30, ge=1, le=200, description="一份文件最多多少 MB，1 到 200 的整数")
    virus_scanner: str = Field(
        "", description="查病毒的 clamd 的套接字，如 /run/clamav/clamd.ctl，或主机:端口；不写则不查"
    )
    memory_limit: Amount = Field("50%", description="数据库最多用多少内存，如 2GB 或 50%")
    threads: int | None = Field(None, ge=1, le=256, description="数据库用几个处理器，1 到 256 的整数")

    backup: Path | None = Field(None, description="备份目录，放在另一块盘上")
    backup_at: Clock | None = Field(None, description="每天几点备份，如 12:30")
    backup_keep: int | None = Field(None, ge=1, description="留几份备份，大于零的整数")
    backup_warn_days: int | None = Field(None, ge=1, description="几天没有备份就提醒，大于零的整数")

    log_folder: Path | None = Field(None, description="日志目录，不写则在数据目录的 logs 里")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG、INFO、WARNING 或 ERROR")
    log_days: int = Field(90, ge=1, le=3650, description="日志留多少天，1 到 3650 的整数")
    metrics_token: SecretStr | None = Field(
        None, min_length=16, description="取运行指标用的口令，至少 16 个字符；不写则只供本机"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return the sources of settings: variables before files of secrets before the file of settings."""
        folder = secret_folder()
        secrets = (SecretsSettingsSource(settings_cls, folder),) if folder else ()
        return env_settings, *secrets, init_settings

    @field_validator("hosts", "proxies", "oidc_acr", "oidc_amr", "second_factor_for", mode="before")
    @classmethod
    def _listed(cls, given: Any) -> Any:
        return [part.strip() for part in given.split(",") if part.strip()] if isinstance(given, str) else given

    @field_validator("proxy_header")
    @classmethod
    def _lower(cls, given: str) -> str:
        return given.strip().lower()

    @model_validator(mode="after")
    def _whole(self) -> "Settings":
        if bool(self.certificate) != bool(self.key):
            raise ValueError("“certificate”和“key”要么都写，要么都不写")
        if self.oidc_issuer and not (self.oidc_client and self.oidc_secret.get_secret_value() and self.address):
            raise ValueError("写了“oidc_issuer”，还要写“oidc_client”“oidc_secret”和“address”")
        if wide := [str(proxy) for proxy in self.proxies if proxy.prefixlen < WIDEST[proxy.version]]:
            raise ValueError(f"“proxies”里的“{wide[0]}”太宽，等于谁的话都信。请只写代理自己的地址，如 127.0.0.1")
        if self.proxy_header and not self.proxies:
            raise ValueError("写了“proxy_header”，还要在“proxies”里写明代理的地址")
        return self

    @property
    def encrypted(self) -> bool:
        """Return whether browsers reach the server over TLS, its own or that of a proxy in front."""
        return self.certificate is not None or (self.address or "").startswith("https://")

    @property
    def only_encrypted(self) -> bool:
        """Return whether the session cookie is sent over TLS alone: `secure_cookie`, else whether there is TLS."""
        return self.encrypted if self.secure_cookie is None else self.secure_cookie

    @property
    def provider_seconds(self) -> int:
        """Return how many seconds a sign-in at the OpenID provider counts, 0 where that is not asked."""
        return min(self.oidc_minutes * 60, self.longest_hours * 3600)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the host names under which browsers may reach the server, always including those of this machine."""
        public = urlsplit(self.address or "").hostname
        own = () if self.listen in _EVERYWHERE else (self.listen,)
        return tuple(dict.fromkeys([*_LOOPBACK[:2], *own, *([public] if public else []), *self.hosts]))

    @property
    def public_name(self) -> str:
        """Return the name of the host in the address people open."""
        return urlsplit(self.address or "").hostname or "localhost"

    @property
    def only_here(self) -> bool:
        """Return whether nothing but this machine can reach the server."""
        return self.listen in _LOOPBACK

    @property
    def token(self) -> str:
        """Return the token that opens the metrics to other machines, "" for none."""
        return self.metrics_token.get_secret_value() if self.metrics_token else ""

    @classmethod
    def secret_names(cls) -> frozenset[str]:
        """Return which settings are secrets."""
        return frozenset(name for name, field in cls.model_fields.items() if "SecretStr" in str(field.annotation))

    def secrets(self) -> tuple[str, ...]:
        """Return every value that must never be written anywhere, the longest first."""
        held = [value.get_secret_value() for _, value in self if isinstance(value, SecretStr)]
        return tuple(sorted(filter(None, held), key=len, reverse=True))

    def as_variables(self, names: Iterable[str]) -> dict[str, str]:
        """Return the named settings under the names of their variables."""
        return {_variable(name): _as_text(getattr(self, name)) for name in names}


@cache
def settings() -> Settings:
    """Return the settings of this process, read once. Raises UserError that lists all faults."""
    return read_settings(settings_file())


def settings_file() -> Path | None:
    """Return the file of settings, or None when there is none. Raises UserError when the one named is not there."""
    named = os.environ.get(FILE_VARIABLE)
    if named and not Path(named).is_file():
        raise UserError(f"没有设置文件 {named}。请改正变量 {FILE_VARIABLE}，或放好这个文件。")
    path = Path(named) if named else FILE
    return path.resolve() if path.is_file() else None


def names_in(file: Path | None) -> frozenset[str]:
    """Return which settings a file gives a value. Raises UserError when it can't be read."""
    return frozenset(name for name, value in _read(file).items() if value not in ("", []))


def read_settings(file: Path | None) -> Settings:
    """Return the settings from environment variables and a file. Raises UserError that lists all faults."""
    strays = [f"不认识变量“{name}”{suggest(name, _known())}" for name in os.environ if _stray(name)]
    try:
        read = Settings(**_read(file))
    except ValidationError as error:
        raise UserError(_say(file, [*strays, *map(_explain, error.errors())])) from None
    if strays:
        raise UserError(_say(file, strays))
    return read


def take_settings(environment: MutableMapping[str, str] = os.environ) -> Settings:
    """Copy the file's values into the environment of this process and its children; return the settings.

    A variable that is already set is kept. Raises UserError as `settings` does.
    """
    current = settings()
    written = [
        *_read(settings_file()),
        *(("journal",) if current.journal else ()),
    ]  # the journal is asked for by variable
    for name, value in current.as_variables(written).items():
        environment.setdefault(name, value)
    return current


def _read(file: Path | None) -> Mapping[str, Any]:
    if file is None:
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise UserError(f"设置文件 {file} 读不了：{error}。文字要加双引号，每行写一项，如 port = 8501。") from None


def _explain(fault: Any) -> str:
    if not fault["loc"]:
        return str(fault["msg"]).removeprefix("Value error, ")
    name = str(fault["loc"][0])
    if fault["type"] == "extra_forbidden":
        return f"不认识“{name}”{suggest(name, Settings.model_fields)}"
    field = Settings.model_fields[name]
    text = "（不显示）" if name in Settings.secret_names() else os.environ.get(_variable(name), fault["input"])
    where = f"变量 {_variable(name)}" if _variable(name) in os.environ else f"“{name}”"
    return f"{where} 写的是“{text}”，应为：{field.description}"


def _say(file: Path | None, faults: Iterable[str]) -> str:
    text = "；".join(fault.rstrip("？") for fault in dict.fromkeys(faults))
    return f"设置不对，请改正后再启动。{f'设置文件 {file}：' if file else ''}{text}。"


def _stray(name: str) -> bool:
    return name.startswith(PREFIX) and name not in _known()


@cache
def _known() -> frozenset[str]:
    return frozenset({FILE_VARIABLE, FOLDER_VARIABLE, *map(_variable, Settings.model_fields)})


def _variable(field: str) -> str:
    return PREFIX + field.upper()


def _as_text(value: Any) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def login_name() -> str:
    """Return the login name of the current user of this machine, or "" where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
