"""How papers look: the light theme's colours, in which anything is printed, and the letters of each kind of text."""

from stats.drawing.elements.palette import Palette

# Those of the light theme: tests/office/test_paper.py holds the two together.
COLOURS = Palette(
    ink="#1b1f24",
    grey="#4d5560",
    edge="#c6ccd4",
    soft="#f3f4f6",
    ground="#ffffff",
    met="#00583f",
    behind="#a3101c",
    series=("#0063a6", "#d1601a", "#01a678", "#5515be", "#725830", "#2b2230"),
)
ACCENT = "#b3121f"
EXAMPLE = "示例数据，并非真实情况"
LATIN = "Times New Roman"
SONG, HEI, KAI, FANG, TITLE = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体"
SCREEN = "微软雅黑"
# Substitutes for fonts that are not installed.
STAND_INS = {FANG: "仿宋", KAI: "楷体", TITLE: "宋体", SCREEN: "黑体"}


def rgb(colour: str) -> str:
    """Return a colour as Office files write it: 0063A6."""
    return colour.lstrip("#").upper()
