"""Catalogues changed for a test: a copy of the program's folder, and what is read from it."""

from pathlib import Path

from stats.catalogue import USUAL_PACKS, Catalogue, load_catalogue
from stats.catalogue.layers import PACKS, layers_of

PACK = Path(PACKS) / USUAL_PACKS[0]  # where forms, items, indicators, boards, outlines and schemes lie in a folder


def read_folder(folder: Path) -> Catalogue:
    """Return the catalogue of a copied folder. Raises UserError with every fault."""
    return load_catalogue(layers_of(folder, USUAL_PACKS))
