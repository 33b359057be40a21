"""Secrets in files of their own, outside of the settings: one file a secret, in a folder that the system protects.

The folder is the one that MINGSHU_SECRETS names, else the one systemd hands over (LoadCredential=). A file is called
like the variable of its setting, in lower case: `mingshu_oidc_secret`.
"""

import os
import stat
from pathlib import Path

from base.errors import UserError

FOLDER_VARIABLE = "MINGSHU_SECRETS"
_OF_SYSTEMD = "CREDENTIALS_DIRECTORY"


def secret_folder() -> Path | None:
    """Return the folder of secrets, None when there is none. Raises UserError when the one named can't be read."""
    named = os.environ.get(FOLDER_VARIABLE)
    folder = named or os.environ.get(_OF_SYSTEMD)
    if not folder:
        return None
    if Path(folder).is_dir() and os.access(folder, os.R_OK | os.X_OK):
        return Path(folder)
    raise UserError(f"放密钥的目录 {folder} 没有，或读不了。请改正变量 {FOLDER_VARIABLE if named else _OF_SYSTEMD}。")


def is_open_to_all(path: Path) -> bool:
    """Return whether every account of this machine may read a file; on Windows this is not known, so False."""
    return os.name == "posix" and path.is_file() and bool(path.stat().st_mode & stat.S_IROTH)
