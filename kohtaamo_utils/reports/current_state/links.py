"""The links of the chain: who meets, and the group that tells how it was met."""

from __future__ import annotations

from kohtaamo_utils.presentation.wording import N_

LINKS = {"management": "supervisor", "supervisors": "employee", "teams": "customer"}
"""Who meets, and the group that tells how it was met."""
LINK_LABELS = {
    "management": N_("Management → supervisors"),
    "supervisors": N_("Supervisors → teams"),
    "teams": N_("Teams → customers"),
}
ALPHA = 0.05
"""Chance of any false claim in the chain."""
