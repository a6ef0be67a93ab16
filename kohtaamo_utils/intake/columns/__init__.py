"""Which of a file's columns is which of the table's, in what unit, and its cells as values of that column's type."""
