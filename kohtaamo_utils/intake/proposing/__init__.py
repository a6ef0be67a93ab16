"""Proposals: which file is which table and which column is what, for a person to check."""

from kohtaamo_utils.intake.proposing.listing import listed
from kohtaamo_utils.intake.proposing.passed_over import passed_over, why_nothing
from kohtaamo_utils.intake.proposing.proposal import WRITTEN_FROM, Outcome, Proposal
from kohtaamo_utils.intake.proposing.propose import propose

__all__ = ["WRITTEN_FROM", "Outcome", "Proposal", "listed", "passed_over", "propose", "why_nothing"]
