"""From results to what a person reads: wording, number formats, blocks of a page, charts."""
