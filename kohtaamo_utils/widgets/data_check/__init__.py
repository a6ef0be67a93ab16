"""A client's files before any report: what was recognised, what is wrong, what was left out, what is in them."""

from kohtaamo_utils.widgets.data_check.check import DataCheck

__all__ = ["DataCheck"]
