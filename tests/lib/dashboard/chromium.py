"""The Chromium of this machine."""

import shutil

# The one that has no windows at all draws the same with a seventh less work.
NAMES = ("chromium-headless-shell", "chromium", "google-chrome")


def path_of_chromium() -> str:
    """Return the path of the system's Chromium. Raises LookupError where there is none: `make test` installs one."""
    paths = filter(None, map(shutil.which, NAMES))
    if path := next(paths, None):
        return path
    raise LookupError("no Chromium: run `make test`, or install chromium")
