"""What lists refuse."""

from aurore_domain.erreurs import ValeurRefusee


class TropDeMouvements(ValeurRefusee):
    """More rows than one file takes; a period or an article narrows them. Values: `maximum`."""

    code = "trop_de_mouvements"
