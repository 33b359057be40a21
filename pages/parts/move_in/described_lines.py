"""Lines that describe what a county's own table was read as, one below the other."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from etl.layout_proposals.trial import LayoutTrial, describe_trial
from pages.shared.finding_list import draw_findings
from pages.shared.heading import draw_part
from stats.catalogue import Catalogue


def draw_lines(lines: Iterable[str]) -> None:
    """Draw each line as a paragraph; names from a file may be long and without a space."""
    st.html("".join(f'<p class="line">{escape(line)}</p>' for line in lines))


def draw_tried(trial: LayoutTrial, catalogue: Catalogue) -> None:
    """Draw what the very file comes to when read as proposed, and for what it would be returned."""
    draw_part("照这样读出来", "和表上的合计对一对")
    draw_lines(describe_trial(trial, catalogue))
    draw_findings(trial.faults)
