"""Exports: papers, figures and scores as Word, slides, workbook and PDF."""
