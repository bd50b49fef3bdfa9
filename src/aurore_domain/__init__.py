"""The rules of the house: pure values and functions, standard library only, no clock, no I/O, no float."""
