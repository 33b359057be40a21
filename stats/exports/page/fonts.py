"""Which Chinese font a PDF is set in: the first of those known that is installed here."""

from collections.abc import Collection

from typst import Fonts

from base.errors import UserError

# Free ones as Linux has them, then those of Windows and macOS; as families are called in the files themselves.
KNOWN = (
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "思源黑体",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "微软雅黑",
    "PingFang SC",
    "SimHei",
    "黑体",
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "SimSun",
    "宋体",
)


def chosen_font(installed: Collection[str]) -> str:
    """Return the first known font among those installed. Raises UserError that says which to install."""
    text = next((font for font in KNOWN if font in installed), None)
    if text is None:
        raise UserError(
            "这台电脑上没有中文字体，写不了 PDF。请安装思源黑体（Noto Sans CJK SC），Windows 上请装回微软雅黑或宋体。",
            "apt-get install fonts-noto-cjk",
        )
    return text


def installed_fonts() -> Fonts:
    """Return the fonts of this machine, searched once."""
    return Fonts(include_system_fonts=True, include_embedded_fonts=False)
