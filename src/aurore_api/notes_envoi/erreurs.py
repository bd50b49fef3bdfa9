"""What delivery notes refuse beyond what documents do."""

from aurore_domain.erreurs import Introuvable


class NoteEnvoiAbsente(Introuvable):
    """There is none to print: nothing was due that day, or that job made none."""

    code = "note_envoi_absente"
