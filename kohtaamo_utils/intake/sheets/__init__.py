"""From a file's bytes to named columns of raw cells: encodings, separators, workbooks, Parquet, titles and merged cells."""
