"""What the catalogue refuses beyond what its fields and the database's references refuse by themselves."""

from aurore_domain.erreurs import Conflit, Introuvable, ValeurRefusee


class FamilleHorsDepartement(ValeurRefusee):
    """ART-03: the family belongs to `departement`, another one than was given."""

    code = "famille_hors_departement"


class UniteParDefautInconnue(ValeurRefusee):
    """ART-13: the article has no supplementary unit of this abbreviation."""

    code = "unite_par_defaut_inconnue"


class UniteProductionInconnue(ValeurRefusee):
    """MAG-20: the article has no supplementary unit of this abbreviation to be made in."""

    code = "unite_production_inconnue"


class AbreviationUniteDeBase(ValeurRefusee):
    """ART-13: the abbreviation of a supplementary unit is the code of the article's base unit."""

    code = "abreviation_unite_de_base"


class UniteCommandeInconnue(ValeurRefusee):
    """ART-13: a line names an order unit that its `article` does not have; `permis` says which it has."""

    code = "unite_commande_inconnue"


class ArticleLuiMeme(ValeurRefusee):
    """ART-05, ART-06, ART-08: an article is not its own successor, substitute or statistical article."""

    code = "article_lui_meme"


class CycleDeRemplacement(ValeurRefusee):
    """ART-05: the successors lead back to the article; `anneau` are the numbers on the way round."""

    code = "cycle_de_remplacement"


class ArticleNonStatistique(ValeurRefusee):
    """ART-08: the article named for a retired one's statistics is not of type `statistique`."""

    code = "article_non_statistique"


class TypeArticleFige(Conflit):
    """ART-08: documents use the article, or retired articles count in it (`par`), so its type stays."""

    code = "type_article_fige"


class VidangeSansStock(ValeurRefusee):
    """CLI-12: a crate is counted as it moves, so it is kept in stock, and moves itself rather than its components."""

    code = "vidange_sans_stock"


class CodeBarresPris(Conflit):
    """ART-13, ART-15: the bar code is already one of `article` or of its units."""

    code = "code_barres_pris"


class CodeBarresInconnu(Introuvable):
    """ART-15: no article or unit of the société bears the bar code."""

    code = "code_barres_inconnu"


class ArticleNonAssemble(ValeurRefusee):
    """ART-11: only an article flagged `assemble` has components, and prices from them."""

    code = "article_non_assemble"


class SansComposants(ValeurRefusee):
    """ART-11: prices are to come from components, and the article has none yet."""

    code = "sans_composants"


class ComposantsPresents(Conflit):
    """ART-11: the article has components, so it stays assembled."""

    code = "composants_presents"


class CycleDeComposants(ValeurRefusee):
    """ART-11: the article would be a component of itself; `anneau` are the numbers on the way round."""

    code = "cycle_de_composants"


class UniteComposantInconnue(ValeurRefusee):
    """ART-11: the component has no supplementary unit of this abbreviation; `permis` says which it has."""

    code = "unite_composant_inconnue"


class QuantiteConvertieNulle(ValeurRefusee):
    """ART-11: converted into the component's base unit and rounded (CAL-02), the quantity is nothing."""

    code = "quantite_convertie_nulle"


class TropDImages(Conflit):
    """ART-10: the article has as many images as it can, `maximum`."""

    code = "trop_d_images"
