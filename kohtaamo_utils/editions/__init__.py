"""Editions: what was delivered, compared with what its inputs give now and with one another. Nothing here writes into an engagement."""
