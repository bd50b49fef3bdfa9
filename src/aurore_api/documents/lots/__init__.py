"""Many documents at once, as tills push them: looked up, made and written for all of them together.

`lire.ouvrir` locks those that exist, `fonds.reunir` loads what all are made with, `faire.faire` makes one or refuses it
without any statement, `ecrire.ecrire` stores them. Statements do not depend on how many there are.
"""
