"""The values assigned to a name within a function, for contracts that trace texts to where they are shown."""

import ast
from collections.abc import Callable, Iterator

Function = ast.FunctionDef | ast.Lambda


def set_to(name: str, around: ast.AST, is_safe: Callable[[ast.expr | None], bool]) -> Iterator[ast.expr | None]:
    """Yield all values assigned to a name in a function, None for an unknown one.

    A parameter is unknown unless its annotation `is_safe`: then it counts as a constant.
    """
    if isinstance(around, Function):
        given = [one for one in ast.walk(around.args) if isinstance(one, ast.arg) and one.arg == name]
        yield from (ast.Constant(0) if is_safe(one.annotation) else None for one in given)
    for node in ast.walk(around):
        match node:
            case ast.Assign(targets=[target], value=value) | ast.AugAssign(target=target, value=value):
                yield from _parted(name, target, value)
            case ast.NamedExpr(target=target, value=value) | ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from _parted(name, target, value)
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                yield from _parted(name, target, value)


def _parted(name: str, target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    """Yield the value a name receives: its own element if both sides are tuples."""
    if name not in {one.id for one in ast.walk(target) if isinstance(one, ast.Name)}:
        return
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        yield from (part for one, part in zip(target.elts, value.elts, strict=True) if name in ast.unparse(one))
    elif ast.unparse(value).startswith("enumerate(") and ast.unparse(target).lstrip("(").startswith(f"{name},"):
        yield ast.Constant(0)
    else:
        yield value
