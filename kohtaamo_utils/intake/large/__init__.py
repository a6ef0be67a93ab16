"""Sales files too large to hold: DuckDB sums them to purchases; what it cannot read beyond doubt is read in chunks as usual."""

from kohtaamo_utils.intake.large.read import is_large, read_large

__all__ = ["is_large", "read_large"]
