"""Which catalogue holds for a store: the version published last, or the one that a build was made under.

Version 0 is the program's own catalogue with its usual packs. A later program may refuse what a county declared under
an earlier one; then the last version without faults stays in force, and the faults are told where versions are listed.
"""

from pathlib import Path

from base.errors import UserError
from stats.catalogue import FOLDER, Catalogue, load_catalogue
from stats.catalogue.layers import layers_of
from stats.warehouse import Warehouse
from store.catalogue_versions import CatalogueVersion, lay_out, newest, version_of


def catalogue_in_force(store: Path) -> Catalogue:
    """Return the catalogue in force: the newest version that this program can use."""
    for number in range(newest(store), 0, -1):
        try:
            return catalogue_version(store, number)
        except UserError:
            continue  # `faults_of_newest` tells why
    return load_catalogue()


def faults_of_newest(store: Path) -> str:
    """Return why the version published last is not in force, "" where it is."""
    try:
        catalogue_version(store, newest(store))
    except UserError as error:
        return str(error)
    return ""


def catalogue_version(store: Path, number: int) -> Catalogue:
    """Return one version's catalogue. Raises UserError for a number never published, and for faults, all at once."""
    return catalogue_from(store, version_of(store, number)) if number else load_catalogue()


def catalogue_from(store: Path, version: CatalogueVersion) -> Catalogue:
    """Return the catalogue of a version, published or not yet. Raises UserError with all its faults."""
    return load_catalogue(layers_of(FOLDER, version.packs, lay_out(store, version)), version.number)


def catalogue_under(warehouse: Warehouse) -> Catalogue:
    """Return the catalogue a build was made under, or the one in force where this program can't use that one."""
    try:
        return catalogue_version(warehouse.store, warehouse.catalogue)
    except UserError:
        return catalogue_in_force(warehouse.store)
