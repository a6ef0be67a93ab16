"""What intake notes down on the way: problems for the consultant, the import log, and what personal data look like."""
