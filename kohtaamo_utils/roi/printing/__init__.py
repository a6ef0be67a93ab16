"""The model's formulas written in other languages: one module a language, each refuses what it does not know."""
