"""Kept results: functions whose last results are cached, limited by their number or by that of their rows."""

from collections.abc import Callable, Hashable, Sized
from inspect import Parameter, signature
from threading import Condition
from typing import ParamSpec, TypeVar

from cachetools import LRUCache, cached
from cachetools.keys import hashkey

P = ParamSpec("P")
T = TypeVar("T")
Rows = TypeVar("Rows", bound=Sized)
_MANY = 300  # selections of a page
_ROWS = 200_000  # rows of lists with a row per organisation or cell: some 100 MB


def keep(entries: int = _MANY) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Cache a function's last results. Of concurrent calls for the same result all but one wait for it."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        kept: Callable[P, T] = cached(LRUCache(entries), key=_key_of(function), condition=Condition())(function)
        return kept

    return decorate


def keep_rows(function: Callable[P, Rows]) -> Callable[P, Rows]:
    """Cache a function's last results, limited by their total number of rows."""
    cache: LRUCache[Hashable, Rows] = LRUCache(_ROWS, getsizeof=_rows)
    kept: Callable[P, Rows] = cached(cache, key=_key_of(function), condition=Condition())(function)
    return kept


def _key_of(function: Callable[P, T]) -> Callable[P, Hashable]:
    """Return what tells calls apart: all values, so that one left to its default is the same as one given."""
    parameters = signature(function)
    defaults = tuple(each.default for each in parameters.parameters.values())
    required, most = sum(default is Parameter.empty for default in defaults), len(defaults)

    def key(*args: P.args, **named: P.kwargs) -> Hashable:
        if not named and required <= len(args) <= most:  # nearly all calls; binding takes ten times as long
            return hashkey(*args, *defaults[len(args) :])
        bound = parameters.bind(*args, **named)
        bound.apply_defaults()
        return hashkey(*bound.arguments.values())

    return key


def _rows(items: Sized) -> int:
    return 1 + (sum(map(len, items.values())) if isinstance(items, dict) else len(items))
