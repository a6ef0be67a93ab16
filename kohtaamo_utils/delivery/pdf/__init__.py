"""A report as PDF: composed for paper, printed by WeasyPrint or an installed browser, looked at before it is delivered."""
