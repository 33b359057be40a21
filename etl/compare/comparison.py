"""Comparison: check a return without faults of its own against other sheets, forms, registers and quarters."""

from collections.abc import Collection
from dataclasses import dataclass

from etl.check.finding_writer import FindingWriter
from etl.check.period_agreement import check_periods
from etl.check.registers import check_reaching_back
from etl.compare.conflicting_rows import check_codes, check_undecided, check_zeros
from etl.compare.cross_form import check_across
from etl.compare.dropped_to_zero import check_vanished
from etl.compare.implausible_values import Sizes, check_plausible, places
from etl.compare.large_changes import ReturnFigures, check_moved
from etl.compare.neighbouring_quarters import check_history
from etl.compare.outliers import check_spread
from etl.compare.replacements import DROPS
from etl.compare.sheets_together import name_return
from etl.compare.successors import check_successors
from etl.compare.taken_over import check_taken_over
from etl.compare.wrong_scale import merge_scale_findings
from etl.known import Known
from etl.known.surroundings import Surroundings
from etl.model.decisions_made import Chosen
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.model.observe import observer_of
from etl.model.unit_register import Register
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole


@dataclass(frozen=True)
class Comparison:
    """The data that the returns of one file are compared with."""

    file: str
    register: Register
    catalogue: Catalogue
    chosen: Chosen

    def check(self, filed: Return, sheets: tuple[Return, ...], known: Known) -> list[Finding]:
        """Return the findings on a return; `sheets` are the others of its file that count."""
        writer, usual = FindingWriter(filed, self.file, self.catalogue, known), self.catalogue.thresholds
        undecided = list(check_undecided(filed, sheets, known, writer))
        if filed.form.role == FormRole.UNITS:
            reaching = check_reaching_back(filed, known, self.register, writer)
            followed = check_successors(filed, known, self.register, writer)
            return [*undecided, *reaching, *followed, *self._moved(filed, known, (), writer)]
        observer = observer_of(self.catalogue)
        surroundings = Surroundings(sheets, known, self.register, self.catalogue)
        findings = [*undecided, *check_zeros(filed, known, writer), *check_codes(filed, surroundings, writer)]
        findings += check_across(filed, surroundings, writer)
        findings += check_taken_over(filed, known, self._figures(), undecided, writer)
        findings += check_periods(filed, self.file, writer)
        findings += check_history(filed, known, usual, writer)
        findings += check_spread(filed, known, usual.far, writer)
        findings += check_plausible(filed, Sizes(surroundings, observer, filed.quarter), places(findings), writer)
        findings += check_vanished(filed, known, self.catalogue, writer)
        findings += self._moved(filed, known, findings, writer)
        return merge_scale_findings(findings, filed, known, usual, writer)

    def _moved(
        self, filed: Return, known: Known, findings: Collection[Finding], writer: FindingWriter
    ) -> list[Finding]:
        """Return whether figures would change much; False if a person decided how the return is applied."""
        if (DROPS, name_return(filed)) in self.chosen:
            return []
        columns = {finding.column for finding in findings if finding.severity == "confirm"}
        return list(check_moved(filed, known, self._figures(), columns, writer))

    def _figures(self) -> ReturnFigures:
        return ReturnFigures(self.register, self.catalogue, observer_of(self.catalogue))
