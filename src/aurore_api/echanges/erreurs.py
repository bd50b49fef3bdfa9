"""What is wrong with a file; what is wrong with a row of it the schemas and the rules say."""

from aurore_domain.erreurs import ValeurRefusee


class FichierRefuse(ValeurRefusee):
    """ART-19: the file cannot be read as a table; a root, every failure has its own class."""


class EnTeteAbsent(FichierRefuse):
    """The first row names no column: the file is empty, or begins otherwise."""

    code = "en_tete_absent"


class EncodageIllisible(FichierRefuse):
    """The text is neither UTF-8, nor UTF-16 with its mark, nor Windows-1252."""

    code = "encodage_illisible"


class CaractereNul(FichierRefuse):
    """The text has a NUL character, in `ligne`: it is no CSV."""

    code = "caractere_nul"


class GuillemetOuvert(FichierRefuse):
    """A quotation mark that opens a cell in row `ligne` is never closed."""

    code = "guillemet_ouvert"


class GuillemetMalPlace(FichierRefuse):
    """In row `ligne`, text follows the quotation mark that closes a cell."""

    code = "guillemet_mal_place"


class ClasseurIllisible(FichierRefuse):
    """The file is no XLSX workbook, or is damaged, or locked by a password."""

    code = "classeur_illisible"


class ClasseurSansFeuille(FichierRefuse):
    """The workbook has no sheet that shows."""

    code = "classeur_sans_feuille"


class ClasseurDemesure(FichierRefuse):
    """SEC-05: unpacked, the workbook is larger than `maximum` MB, or its sheet spans more than so many `cellules`."""

    code = "classeur_demesure"


class TropDeLignes(FichierRefuse):
    """More rows than the `maximum` taken at once."""

    code = "trop_de_lignes"


class LignesVidesEnTrop(FichierRefuse):
    """The sheet goes on below the `maximum` rows taken at once, and nearly all of its rows are empty."""

    code = "lignes_vides_en_trop"


class TropDeColonnes(FichierRefuse):
    """A row reaches beyond the `maximum` columns taken."""

    code = "trop_de_colonnes"


class ColonneInconnue(ValeurRefusee):
    """ART-19: a heading that is none of the columns, `permis`."""

    code = "colonne_inconnue"


class ColonneRepetee(ValeurRefusee):
    """ART-19: two headings name one column."""

    code = "colonne_repetee"


class ColonneCleAbsente(ValeurRefusee):
    """ART-19: the columns that rows are known by are not all there: `absentes`."""

    code = "colonne_cle_absente"


class CelluleSansColonne(ValeurRefusee):
    """ART-19: a value that stands under no heading."""

    code = "cellule_sans_colonne"


class CleRepetee(ValeurRefusee):
    """ART-19: the row has the same key as row `ligne`."""

    code = "cle_repetee"


class CelluleEnErreur(ValeurRefusee):
    """ART-19: the cell, which is not empty, has an error such as `#N/A` or a formula that was never calculated."""

    code = "cellule_en_erreur"
