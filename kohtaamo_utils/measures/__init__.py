"""Pure statistics: frame in, frozen result out. No plots, no files, no text, no language."""
