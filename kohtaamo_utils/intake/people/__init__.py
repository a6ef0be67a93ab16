"""People in the client's files: what must not get past intake, and who rated whom."""
