"""A result is kept under all the values it was asked with, so that nothing is worked out twice."""

from base.kept_results import keep, keep_rows


def test_a_value_left_to_its_default_is_the_same_as_one_given() -> None:
    worked: list[tuple[str, str]] = []

    @keep()
    def made(build: str, instead: str = "") -> str:
        worked.append((build, instead))
        return f"{build}{instead}"

    assert [made("a"), made("a", ""), made(build="a"), made("a", instead="b"), made("b")] == ["a", "a", "a", "ab", "b"]
    assert worked == [("a", ""), ("a", "b"), ("b", "")]


def test_rows_are_kept_by_all_values_too() -> None:
    worked: list[int] = []

    @keep_rows
    def listed(last: int, first: int = 0) -> list[int]:
        worked.append(last)
        return list(range(first, last))

    assert listed(3) == listed(3, 0) == listed(last=3) == [0, 1, 2] and listed(3, 1) == [1, 2]
    assert worked == [3, 3]
