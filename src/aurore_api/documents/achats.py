"""The purchase side of lines: the supplier's unit, quantity, price and names for an article (ART-17, FOU-02)."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from aurore_api.catalogue.service import AchatDArticle, ArticleDeDocument
from aurore_api.documents.erreurs import AchatSansArticle
from aurore_api.documents.schemas import LigneEntree
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.fournisseurs.schemas import FournisseurDeDocument
from aurore_api.parametres.schemas import ParametresSortie
from aurore_domain.cycle import EffetStock, regle
from aurore_domain.erreurs import lever
from aurore_domain.prix_achat import resoudre_prix_achat


def suggerer_quantite(entree: LigneEntree, achat: AchatDArticle) -> LigneEntree:
    """The line with the quantity that is usually ordered, in purchase unit, where none was given."""
    aucune = entree.quantite is None and entree.quantite_unite_commande is None
    if not aucune or not achat.quantite_suggeree:
        return entree
    if achat.unite_achat is None and entree.unite_commande is None:
        return entree.model_copy(update={"quantite": achat.quantite_suggeree})
    if entree.unite_commande not in {None, achat.unite_achat}:
        return entree
    return entree.model_copy(
        update={"quantite_unite_commande": achat.quantite_suggeree, "unite_commande": achat.unite_achat}
    )


def unites_d_achat(achats: Mapping[str, AchatDArticle]) -> dict[str, str]:
    """The unit that each article is bought in, where the supplier has one."""
    return {numero: un.unite_achat for numero, un in achats.items() if un.unite_achat is not None}


def completer(
    ligne: LigneDocument,
    entree: LigneEntree,
    article: ArticleDeDocument,
    achat: AchatDArticle,
    parametres: ParametresSortie,
) -> None:
    """Give a line what its article is called and costs on the supplier's side, where nothing else was typed."""
    donnes = entree.model_fields_set
    ligne.designation = entree.designation or achat.nom_article_fournisseur or article.designation
    # The article's description is written for clients; what the supplier is told of it stands in its own row.
    ligne.memo = entree.memo if "memo" in donnes else achat.memo
    ligne.numero_article_fournisseur = (
        entree.numero_article_fournisseur
        if "numero_article_fournisseur" in donnes
        else achat.numero_article_fournisseur
    )
    ligne.code_tva = entree.code_tva or achat.code_tva_achat or article.code_tva_vente
    ligne.imputation = entree.imputation or achat.imputation_achat or parametres.imputation_achat_defaut
    ligne.frais = achat.frais_achat if entree.frais is None else entree.frais


def poser_prix(
    ligne: LigneDocument, document: Document, achat: AchatDArticle, *, prix: Decimal | None, remise: Decimal | None
) -> None:
    """Give a purchase line its price and discount, in EUR per base unit."""
    resolu = resoudre_prix_achat(
        prix_saisi=prix,
        remise_saisie=remise,
        prix_fournisseur=achat.prix_achat,
        remise_fournisseur=achat.remise,
        remise_generale=document.remise,
        dernier_prix=achat.dernier_prix_achat,
    )
    ligne.prix, ligne.remise, ligne.regle_prix = resolu.prix, resolu.remise, resolu.regle
    ligne.remise_saisie = remise is not None


def dater(ligne: LigneDocument, document: Document, fournisseur: FournisseurDeDocument, achat: AchatDArticle) -> None:
    """Expect a line when its article takes to come, where the header says only what the supplier usually takes."""
    usuelle = livraison_prevue(document, fournisseur.delai_livraison)
    if achat.delai_livraison is not None and document.date_livraison_prevue == usuelle:
        ligne.date_livraison = livraison_prevue(document, achat.delai_livraison)


def livraison_prevue(document: Document, delai: int | None) -> date | None:
    """When goods ordered on a document's date are expected, `delai` in days; None where they are there already."""
    if delai is None or regle(document.type).stock is EffetStock.ENTREE:
        return None
    try:
        return document.date + timedelta(days=delai)
    except OverflowError:
        return None


def refuser_sans_article(entree: LigneEntree) -> None:
    """Refuse what only lines of an article have. Raises `AchatSansArticle`."""
    lever(
        [
            AchatSansArticle(pointeur=f"#/{champ}")
            for champ in ("frais", "numero_article_fournisseur")
            if getattr(entree, champ) is not None
        ]
    )
