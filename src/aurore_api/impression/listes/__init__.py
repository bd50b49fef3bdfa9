"""Lists as PDF: a model of rows, groups and sums, and its drawing; every slice's lists use it."""
