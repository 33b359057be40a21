"""What a panel's figure shows, as a noun for its caption: 工会会员人数的构成, 各单位职工入会率."""

from collections.abc import Sequence

from stats.catalogue import Catalogue
from stats.catalogue.boards import (
    AreasPanel,
    ChangePanel,
    CoursePanel,
    DistancesPanel,
    MultiplesPanel,
    Panel,
    RatesPanel,
    SplitPanel,
    StockPanel,
)

_MOST = 3  # names listed; of more there are the first ones and how many


def noun_of(catalogue: Catalogue, panel: Panel) -> str:
    """Return what a panel shows, "" where the catalogue has no name for it."""
    match panel:
        case CoursePanel() | RatesPanel():
            return _listed([catalogue.indicators[code].name for code in panel.indicators])
        case AreasPanel():
            return f"各单位{catalogue.indicators[panel.indicator].name}"
        case MultiplesPanel():
            return f"各单位{catalogue.indicators[panel.indicator].name}逐季走势"
        case DistancesPanel():
            return "各单位主要数字与目标的距离"
        case SplitPanel():
            return f"{catalogue.items[panel.item].name}的构成"
        case ChangePanel():
            return f"{catalogue.items[panel.item].name}的增减"
        case StockPanel():
            return f"{catalogue.items[panel.closing].name}的增减"
    return panel.name


def _listed(names: Sequence[str]) -> str:
    if len(names) <= _MOST:
        return "、".join(names)
    return f"{'、'.join(names[:_MOST])}等{len(names)}项"
