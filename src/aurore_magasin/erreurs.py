"""What stops a command, each with the exit status that scripts can decide on; texts are for the shop, in French.

ErreurCaisse            1  something to mend: settings, a file, the key, the disk
└── EnvoiInterrompu     3  the network or the server does not answer: nothing is lost, push again later
"""


class ErreurCaisse(Exception):
    """The command cannot go on; its text says what to do. Never holds the key."""

    statut = 1


class EnvoiInterrompu(ErreurCaisse):
    """Not everything could be sent now; all of it is still in the outbox."""

    statut = 3
