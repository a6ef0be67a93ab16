"""The currencies that files of this field are in, and what stands for them."""

from __future__ import annotations

import re

from kohtaamo_utils.intake.values.cells import Cell, as_text

SIGNS = {
    "EUR": ("€", "euroa", "euro"),
    "SEK": ("kr.", "kr"),
    "NOK": ("kr.", "kr"),
    "DKK": ("kr.", "kr"),
    "GBP": ("£",),
    "USD": ("US$", "$"),
}
"""What stands for a currency beside its code."""


def bare_amount(cell: Cell, currency: str) -> Cell:
    """Return an amount without the sign or code of this currency; any other cell as it is.

    Examples
    --------
    >>> bare_amount("1 234,50 €", "EUR"), bare_amount("-£12.50", "GBP"), bare_amount("€ 5", "SEK"), bare_amount("5 kr", "SEK")
    ('1 234,50', '-12.50', '€ 5', '5')
    """
    if not isinstance(cell, str) or not currency:
        return cell
    text = as_text(cell)
    if text[-1:].isdigit() and text.removeprefix("-")[:1].isdigit():
        return cell
    signs = "|".join(map(re.escape, (*SIGNS.get(currency, ()), currency)))
    match = re.fullmatch(
        rf"(?P<minus>[-+\u2212\u2013(]?) ?(?:{signs})\s?(?P<amount>[-\u2212\u2013]?[0-9].*)", text, re.IGNORECASE
    )
    match = match or re.fullmatch(rf"(?P<minus>)(?P<amount>.*[0-9]-?)\s?(?:{signs})(?P<end>\)?)", text, re.IGNORECASE)
    return match["minus"] + match["amount"] + (match.groupdict().get("end") or "") if match else cell
