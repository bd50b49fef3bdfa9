"""What the catalogue refuses beyond what its fields and the database's references refuse by themselves."""

from aurore_domain.erreurs import ValeurRefusee


class FamilleHorsDepartement(ValeurRefusee):
    """ART-03: the family belongs to `departement`, another one than was given."""

    code = "famille_hors_departement"


class UniteParDefautInconnue(ValeurRefusee):
    """ART-13: the article has no supplementary unit of this abbreviation."""

    code = "unite_par_defaut_inconnue"


class AbreviationUniteDeBase(ValeurRefusee):
    """ART-13: the abbreviation of a supplementary unit is the code of the article's base unit."""

    code = "abreviation_unite_de_base"


class UniteCommandeInconnue(ValeurRefusee):
    """ART-13: a line names an order unit that its `article` does not have; `permis` says which it has."""

    code = "unite_commande_inconnue"
