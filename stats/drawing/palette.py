"""What a drawing takes from the theme in use: its colours and its letters."""

from dataclasses import dataclass

FONT = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC',sans-serif"
PATTERNS = ("", "/", ".", "x", "-", "+")  # series differ by these besides their colour


@dataclass(frozen=True)
class Palette:
    """Colours as the theme names them; `series` are told apart by colour-blind eyes too."""

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
