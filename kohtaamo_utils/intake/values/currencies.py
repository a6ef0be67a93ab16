"""The currencies that files of this field are in, and what stands for them."""

from __future__ import annotations

SIGNS = {
    "EUR": ("€", "euroa", "euro"),
    "SEK": ("kr.", "kr"),
    "NOK": ("kr.", "kr"),
    "DKK": ("kr.", "kr"),
    "GBP": ("£",),
    "USD": ("US$", "$"),
}
"""What stands for a currency beside its code."""
