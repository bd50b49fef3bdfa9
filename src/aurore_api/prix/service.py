"""Finding and explaining a price, by the same rules as the lines of documents (CAL-04)."""

from decimal import Decimal

from aurore_api.catalogue.service import ArticleDeDocument, pour_documents
from aurore_api.clients import service as clients
from aurore_api.prix.schemas import (
    DemandePrixEntree,
    LigneConsidereeSortie,
    LigneTarifSortie,
    PalierSortie,
    PrixSortie,
)
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ReferenceInconnue, RessourceAbsente
from aurore_api.tables.service import tarif_existe
from aurore_domain.erreurs import ErreurAurore
from aurore_domain.montants import ZERO
from aurore_domain.montants_lignes import montant_ligne
from aurore_domain.prix import DemandePrix, LigneTarif, Palier, PrixExplique, resoudre_prix
from aurore_domain.unites import Quantite, completer

UN = Decimal(1)


async def calculer(ctx: Contexte, demande: DemandePrixEntree) -> PrixSortie:
    """The price of an article for a quantity on any day, past or future, with all that was considered.

    Raises:
        ReferenceInconnue: article, client or tariff does not exist.
        UniteCommandeInconnue: the article has no such unit.
        UniteCommandeManquante: a quantity in order unit came without its unit.
        QuantitesIncoherentes: the two quantities contradict each other (CAL-03).
    """
    article = (await pour_documents(ctx, [demande.article], tarif=None, tous_tarifs=True, code_libelle=None)).get(
        demande.article
    )
    if article is None:
        raise ReferenceInconnue(pointeur="?article")
    tarif, remise_generale = await _conditions(ctx, demande)
    quantite = _quantite(demande, article)
    jour = demande.date or ctx.aujourd_hui
    trouve = resoudre_prix(
        DemandePrix(
            quantite=quantite.quantite,
            date_document=jour,
            prix_base=article.prix_vente,
            tarif=tarif,
            remise_generale=remise_generale,
            lignes_tarif=article.tarifs,
        )
    )
    return PrixSortie(
        article=article.numero,
        client=demande.client,
        tarif=tarif,
        date=jour,
        quantite=quantite.quantite,
        unite=article.unite,
        quantite_unite_commande=quantite.quantite_unite_commande,
        unite_commande=demande.unite_commande,
        montant_htva=montant_ligne(quantite.quantite, trouve.prix, trouve.remise),
        **_explication(trouve),
    )


async def _conditions(ctx: Contexte, demande: DemandePrixEntree) -> tuple[str | None, Decimal]:
    """The tariff and the general discount in % that apply: the client's, unless a tariff is asked for."""
    if demande.tarif is not None and not await tarif_existe(ctx, demande.tarif):
        raise ReferenceInconnue(pointeur="?tarif")
    if demande.client is None:
        return demande.tarif, ZERO
    try:
        client = await clients.lire(ctx, demande.client)
    except RessourceAbsente:
        raise ReferenceInconnue(pointeur="?client") from None
    return demande.tarif or client.tarif, client.remise


def _quantite(demande: DemandePrixEntree, article: ArticleDeDocument) -> Quantite:
    """The quantity asked for in both units (CAL-01 to CAL-03)."""
    quantite = demande.quantite
    if quantite is None and demande.quantite_unite_commande is None:
        quantite = UN
    try:
        conversion = article.conversion(demande.unite_commande)
        return completer(quantite, demande.quantite_unite_commande, conversion)
    except ErreurAurore as erreur:
        erreur.pointeur = (erreur.pointeur or "").replace("#/", "?")
        raise


def _explication(trouve: PrixExplique) -> dict[str, object]:
    return {
        "prix": trouve.prix,
        "remise": trouve.remise,
        "regle": trouve.regle,
        "ligne_retenue": None if trouve.ligne_retenue is None else _ligne(trouve.ligne_retenue),
        "lignes_considerees": [
            LigneConsidereeSortie(ligne=_ligne(une.ligne), motif=une.motif) for une in trouve.lignes_considerees
        ],
        "palier_suivant": None if trouve.palier_suivant is None else _palier(trouve.palier_suivant),
    }


def _ligne(ligne: LigneTarif) -> LigneTarifSortie:
    return LigneTarifSortie.model_validate(ligne)


def _palier(palier: Palier) -> PalierSortie:
    return PalierSortie(
        quantite_minimum=palier.quantite_minimum,
        prix=palier.prix,
        remise=palier.remise,
        montant_htva=montant_ligne(palier.quantite_minimum, palier.prix, palier.remise),
    )
