"""Maker of the sample engagement: every client, person and figure in it is invented."""
