"""What each survey tool's export looks like: one `Layout` a tool, each in a module of its own."""
