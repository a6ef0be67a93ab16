"""One cell, or the distinct cells of one column, as a value: numbers, dates, periods, and the words of three languages."""
