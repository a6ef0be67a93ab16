"""Which number an answer is, and whether the file, its headings and its answers agree on the scale."""
