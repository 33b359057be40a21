"""What files that are taken along are called."""

import re

_UNNAMEABLE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # what no system, or not each, allows in a file's name
_LONGEST = 80


def file_name(title: str, suffix: str) -> str:
    """Return what a file is called: its title, without what a file's name can't hold."""
    return f"{_UNNAMEABLE.sub('', title).strip(' .')[:_LONGEST] or '材料'}.{suffix}"
