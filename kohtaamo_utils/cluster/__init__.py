"""Notebooks executed on the workers of a Dask cluster: `kohtaamo run --cluster`. Needs the extra ``kohtaamo[cluster]``."""
