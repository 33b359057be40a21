"""The command line: python -m serving starts the server; python -m serving settings checks and lists the settings."""

import argparse
import sys

from base.errors import UserError
from base.settings import Settings, settings, settings_file
from serving.start import serve

_WRONG_USE = 2


def main(arguments: list[str] | None = None) -> int:
    """Serve, or print the settings; return 0, or 2 with a sentence on standard error when they are wrong."""
    options = build_parser().parse_args(arguments)
    try:
        if options.what == "settings":
            print(list_settings(settings()))
        else:
            serve()
    except UserError as error:
        print(error.on_command_line(), file=sys.stderr)
        return _WRONG_USE
    return 0


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, from which docs/commands.md is written."""
    parser = argparse.ArgumentParser(prog="python -m serving", description="按设置启动网页，或列出设置")
    parser.add_argument("what", metavar="命令", nargs="?", choices=["start", "settings"], default="start",
                        help="start 启动（不写就是它），settings 核对并列出设置")  # fmt: skip
    return parser


def list_settings(values: Settings) -> str:
    """Return every setting with its value and description, without secrets, and the file they come from."""
    file = settings_file()
    lines = [f"设置文件：{file or '没有，全用平常的值'}"]
    for name, field in Settings.model_fields.items():
        value = getattr(values, name)
        text = "" if value is None else "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
        lines.append(f"{name:<17}{text or '—'}　　{field.description}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
