"""Marks the words of the business case for the catalogs; the reports, above this room, show them."""

from __future__ import annotations


def N_(message: str) -> str:
    """Mark a message for the catalogs where it is written down; it is translated where it is shown.

    Examples
    --------
    >>> N_("Discount rate")
    'Discount rate'
    """
    return message
