"""What lists refuse."""

from aurore_domain.erreurs import ValeurRefusee


class ListeDemesuree(ValeurRefusee):
    """More rows than a file of its kind takes; a period or an article narrows them. Values: `maximum`."""

    code = "liste_demesuree"
