"""What each report says: measures put together into sections, one package a template."""
