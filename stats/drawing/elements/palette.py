"""What a drawing takes from the current theme: its colours and its font."""

from dataclasses import dataclass

FONT = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC',sans-serif"
PATTERNS = ("", "/", ".", "x", "-", "+")  # patterns by which series differ besides colour


@dataclass(kw_only=True, frozen=True)
class Palette:
    """The colours of a theme; those of `series` are distinguishable for colour-blind readers too."""

    ink: str
    grey: str
    edge: str
    soft: str
    ground: str
    met: str
    behind: str
    series: tuple[str, ...]

    @property
    def first(self) -> str:
        """Return the colour of a figure's only series."""
        return self.series[0]
