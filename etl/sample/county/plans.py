"""Plans: the names, kinds and opening quarters of the unions to found."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from etl.sample.county.calendar import FIRST
from etl.sample.county.sources import chance, read_data, read_rows


@dataclass(kw_only=True)
class UnionPlan:
    """A union to found: `name` is its employer's (a joint union's own), `opened` the quarter of its founding."""

    area: str
    kind: str
    name: str
    category: str
    industry: str
    opened: int = FIRST
    fixed: bool = False


def company_names() -> Iterator[tuple[str, str]]:
    """Yield name and industry of invented companies, without repetition."""
    words = read_data("words.yml")
    named = {row["name"] for row in read_rows("institutions.csv")}
    made = list(product(words["names"], words["trades"], dict.fromkeys(words["forms"])))
    chance("companies").shuffle(made)
    seen: set[str] = set()
    for name, trade, form in made:
        if name + trade not in seen and not any(known.startswith(name + trade) for known in named):
            seen.add(name + trade)
            yield name + trade + form, words["trades"][trade]


def plan_unions(names: Iterator[tuple[str, str]]) -> list[UnionPlan]:
    """Return every union founded until the end of 2010, including those that end later."""
    plans = [*_named(), *_private(names), *_joint(), *_ending()]
    _give_foreign_owners(plans)
    _open_some_later(plans)
    return plans


def _named() -> list[UnionPlan]:
    areas = {row["code"]: row["name"] for row in read_rows("areas.csv")}
    return [
        _plan(row["area"], row["kind"], row["name"].format(town=areas[row["area"]]), place)
        for place, row in enumerate(read_rows("institutions.csv"))
    ]


def _plan(area: str, kind: str, name: str, place: int) -> UnionPlan:
    known = read_data("kinds.yml")[kind]
    words = read_data("words.yml")
    categories = words["public_categories"]
    category = known.get("category") or categories[place % len(categories)]
    return UnionPlan(
        area=area,
        kind=kind,
        name=name,
        category=category,
        industry=known.get("industry") or _industry(words["industries"], area, name),
        fixed=kind in ("private_scale", "public_scale"),
    )


def _industry(industries: dict[str, dict[str, str]], area: str, name: str) -> str:
    by_word = (code for word, code in industries["words"].items() if word in name)
    return next(by_word, industries["areas"].get(area, "03"))


def _private(names: Iterator[tuple[str, str]]) -> list[UnionPlan]:
    plans = []
    for row in read_rows("areas.csv"):
        named = sum(
            1
            for other in read_rows("institutions.csv")
            if other["area"] == row["code"] and other["kind"] == "private_scale"
        )
        large = int(row["private_scale"])
        for place, (name, industry) in enumerate(islice(names, int(row["private"]) - named)):
            kind = "private_scale" if place < large - named else "private"
            plans.append(UnionPlan(area=row["code"], kind=kind, name=name, category="170", industry=industry))
    return plans


def _joint() -> list[UnionPlan]:
    kinds = read_data("kinds.yml")
    return [
        UnionPlan(
            area=row["code"],
            kind=kind,
            name=row["name"] + word,
            category=kinds[kind]["category"],
            industry=kinds[kind]["industry"],
        )
        for row in read_rows("areas.csv")
        if row["joint"] != "0"
        for kind, word in (("town_joint", "联合"), ("private_joint", "非公企业联合"))
    ]


def _ending() -> list[UnionPlan]:
    changes = read_data("changes.yml")
    return [
        UnionPlan(
            area=end["area"],
            kind=end["kind"],
            name=end["name"],
            category="400" if end["kind"] == "school" else "170",
            industry="16" if end["kind"] == "school" else "03",
            fixed=True,
        )
        for end in (*changes["merged"], changes["closed"])
    ]


def _give_foreign_owners(plans: list[UnionPlan]) -> None:
    for area, categories in read_data("words.yml")["foreign_categories"].items():
        large = [plan for plan in plans if plan.area == area and plan.kind == "private_scale" and not plan.fixed]
        for plan, category in zip(large, categories, strict=False):
            plan.category = category


def _open_some_later(plans: list[UnionPlan]) -> None:
    rng = chance("openings")
    openings: Any = read_data("changes.yml")["openings"]
    late = []
    for kind, count in openings["from"].items():
        late += rng.sample([plan for plan in plans if plan.kind == kind and not plan.fixed], count)
    rng.shuffle(late)
    for place, count in enumerate(openings["by_quarter"]):
        for _ in range(count):
            late.pop().opened = FIRST + 1 + place
