"""Whether typed rows keep the table's rules and can be what they say; each check in its own module."""
