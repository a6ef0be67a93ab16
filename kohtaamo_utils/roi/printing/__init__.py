"""The model's formulas as others read them, one module a language, each printed from the same steps."""
