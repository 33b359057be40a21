"""The first start: create an administrator and the sample county's accounts; check what an office still lacks."""

from pathlib import Path

from access.accounts import add_account, has_administrator
from access.accounts.roles import Role
from access.accounts.sample_accounts import add_sample_accounts, is_sample_county, sample_accounts
from base.errors import UserError
from base.secret_files import is_open_to_all
from base.settings import Settings, names_in, read_settings, settings_file

_ADMINISTRATOR = "admin"


def begin(store: Path, who: str = "") -> tuple[str, str] | None:
    """Create missing accounts; return the new administrator's name and first password, None if there already is one."""
    if is_sample_county(store):
        add_sample_accounts(store, who)
    if has_administrator(store):
        return None
    return _ADMINISTRATOR, add_account(store, _ADMINISTRATOR, "管理员", Role.ADMIN, who=who)


def lacking(store: Path) -> list[str]:
    """Return what is missing before the server can be opened to an office, one sentence each; empty when ready."""
    try:
        file = settings_file()
        settings = read_settings(file)
    except UserError as error:
        return [str(error)]
    missing = []
    if not has_administrator(store):
        missing.append("还没有管理员。请运行 python -m access add 登录名 --shown 姓名 --role 管理员。")
    if samples := sample_accounts(store):
        names = "、".join(account.name for account in samples)
        missing.append(
            f"有不用密码的示例账号（{names}）。请对每一个运行 python -m access stop 登录名，或另用一个数据目录。"
        )
    if settings.secure_cookie is None and not settings.encrypted:
        missing.append("没有写明是不是经加密连接使用：经 HTTPS 的，设 MINGSHU_SECURE_COOKIE=true；不加密的，设 false。")
    if file and is_open_to_all(file) and names_in(file) & Settings.secret_names():
        missing.append(f"设置文件 {file} 里有密钥，机器上别的账号也能读。请运行 chmod o-rwx {file}，或把密钥另放。")
    return missing
