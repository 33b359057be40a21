"""The tables in any sheet, found by structure, without a form."""

from etl.structure.survey import survey
from etl.structure.table import Table

__all__ = ["Table", "survey"]
