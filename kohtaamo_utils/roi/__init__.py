"""The business case: one model, stated once as named steps, and everything that is computed from it."""
