"""What is used of cryptography is listed in docs/security.md, module by module, and none of it is out of date."""

import ast
import re

from tests.contracts.imports import every_import
from tests.contracts.source import ROOT, nodes, parse, place, product_files

PAGE = ROOT / "docs" / "security.md"
LIBRARIES = {"hashlib", "hmac", "secrets", "argon2", "pyotp", "authlib", "joserfc", "ssl", "cryptography"}
BROKEN = {"md5", "sha1", "new", "md4"}
BY_CHANCE_FOR = "etl/sample/"  # a made-up county is drawn from a seed, so that it is the same each time


def test_every_module_that_uses_cryptography_is_in_the_inventory() -> None:
    using = {f"{module.replace('.', '/')}.py" for module, name, _ in every_import() if name.split(".")[0] in LIBRARIES}
    assert using == _listed()


def test_no_hash_is_used_that_is_broken() -> None:
    wrong = [
        place(path, node)
        for path in product_files()
        for node in nodes(parse(path))
        if isinstance(node, ast.Attribute) and node.attr in BROKEN and ast.unparse(node.value) == "hashlib"
    ]
    assert wrong == []


def test_nothing_is_drawn_by_chance_but_with_secrets() -> None:
    wrong = [
        where
        for _, name, where in every_import()
        if name.split(".")[0] == "random" and not where.startswith(BY_CHANCE_FOR)
    ]
    assert wrong == []


def _listed() -> set[str]:
    text = PAGE.read_text("utf-8")
    inventory = text[text.index("What is used of cryptography") : text.index("## Levels of protection")]
    columns = [line.split("|")[3] for line in inventory.splitlines() if line.startswith("| ")]
    return {found for column in columns for found in re.findall(r"`([\w/]+\.py)`", column)}
