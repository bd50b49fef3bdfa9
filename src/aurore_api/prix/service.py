"""Finding and explaining a price, by the same rules as the lines of documents (CAL-04)."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal

from aurore_api.catalogue.service import ArticleDeDocument, pour_documents
from aurore_api.clients import service as clients
from aurore_api.clients.prix.schemas import PrixDeClient
from aurore_api.clients.prix.service import prix_des_articles
from aurore_api.clients.schemas import ClientDeDocument
from aurore_api.documents.calcul import MONTANT_MAX, PRIX_MAX
from aurore_api.documents.erreurs import MontantTropGrand, QuantiteTropGrande
from aurore_api.documents.saisie import QUANTITE_MAX
from aurore_api.parametres import service as parametres
from aurore_api.prix.explication import Explique, expliquer
from aurore_api.prix.schemas import (
    DemandePrixEntree,
    LigneClientSortie,
    LigneConsidereeSortie,
    LignePrixSortie,
    LigneTarifSortie,
    PalierSortie,
    PrixSortie,
    TvaSortie,
)
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.erreurs import ReferenceInconnue
from aurore_api.tables.service import referentiel, tarif_existe
from aurore_domain.calcul_prix import Tvac
from aurore_domain.erreurs import ErreurAurore
from aurore_domain.montants import ZERO
from aurore_domain.montants_lignes import montant_ligne
from aurore_domain.prix import DemandePrix, Palier, Source, prix_tvac_depuis_htva, resoudre_prix
from aurore_domain.tva import TauxInconnu
from aurore_domain.unites import Quantite, completer

UN = Decimal(1)


async def calculer(ctx: Contexte, demande: DemandePrixEntree) -> PrixSortie:
    """The price of an article for a quantity on any day, past or future, with all that was considered.

    Raises:
        ReferenceInconnue: article, client or tariff does not exist.
        UniteCommandeInconnue: the article has no such unit.
        UniteCommandeManquante: a quantity in order unit came without its unit.
        QuantitesIncoherentes: the two quantities contradict each other (CAL-03).
        QuantiteTropGrande, MontantTropGrand: no line of a document could be of that much.
    """
    article = await _article(ctx, demande.article)
    client = await _client(ctx, demande)
    unite_commande = await _unite_commande(ctx, demande, article, client)
    quantite = _quantite(demande, article, unite_commande)
    siennes = await prix_des_articles(ctx, client, {article.numero: article.famille}) if client else {}
    posee = DemandePrix(
        quantite=quantite.quantite,
        date_document=demande.date or ctx.aujourd_hui,
        prix_base=article.prix_vente,
        prix_saisi=demande.prix_saisi,
        remise_saisie=demande.remise_saisie,
        tarif=demande.tarif or (client.tarif if client else None),
        remise_generale=_remise_generale(demande, client),
        lignes_client=siennes.get(article.numero, ()),
        lignes_tarif=article.tarifs,
    )
    trouve = resoudre_prix(posee)
    montant = montant_ligne(quantite.quantite, trouve.prix, trouve.remise)
    if montant >= MONTANT_MAX:
        raise MontantTropGrand(pointeur="?quantite")
    return PrixSortie(
        article=article.numero,
        actif=article.actif,
        remplace_par=article.remplace_par,
        client=demande.client,
        tarif=posee.tarif,
        date=posee.date_document,
        quantite=quantite.quantite,
        unite=article.unite,
        quantite_unite_commande=quantite.quantite_unite_commande,
        unite_commande=unite_commande,
        prix=trouve.prix,
        remise=trouve.remise,
        montant_htva=montant,
        regle=trouve.regle,
        prix_base=article.prix_vente,
        remise_generale=posee.remise_generale,
        sort_remise_generale=trouve.sort_remise_generale,
        ligne_retenue=None if trouve.ligne_retenue is None else _ligne(trouve.ligne_retenue),
        lignes_considerees=[
            LigneConsidereeSortie(ligne=_ligne(une.ligne), motif=une.motif) for une in trouve.lignes_considerees
        ],
        palier_suivant=None if trouve.palier_suivant is None else _palier(trouve.palier_suivant, quantite.quantite),
        sans_palier=trouve.sans_palier,
        tva=await _tva(ctx, article, client, trouve.prix, posee.date_document),
        explication=expliquer(Explique(article, posee, trouve, montant), ctx.langue),
    )


async def _article(ctx: Contexte, numero: str) -> ArticleDeDocument:
    trouves = await pour_documents(ctx, [numero], tarif=None, tous_tarifs=True, code_libelle=None)
    if numero not in trouves:
        raise ReferenceInconnue(pointeur="?article", table="articles")
    return trouves[numero]


async def _client(ctx: Contexte, demande: DemandePrixEntree) -> ClientDeDocument | None:
    """Who asks, if anyone does; the tariff asked for instead of the client's must exist."""
    if demande.tarif is not None and not await tarif_existe(ctx, demande.tarif):
        raise ReferenceInconnue(pointeur="?tarif", table="tarifs")
    if demande.client is None:
        return None
    client = await clients.pour_document(ctx, demande.client)
    if client is None:
        raise ReferenceInconnue(pointeur="?client", table="clients")
    return client


def _remise_generale(demande: DemandePrixEntree, client: ClientDeDocument | None) -> Decimal:
    if demande.remise_generale is not None:
        return demande.remise_generale
    return client.remise if client else ZERO


async def _unite_commande(
    ctx: Contexte, demande: DemandePrixEntree, article: ArticleDeDocument, client: ClientDeDocument | None
) -> str | None:
    """The order unit: where a quantity in one came without it, as on a line the client's, else the article's usual."""
    if demande.unite_commande is not None or demande.quantite_unite_commande is None:
        return demande.unite_commande
    preferees = await clients.unites_de_commande(ctx, client.numero, [article.numero]) if client else {}
    return preferees.get(article.numero, article.unite_par_defaut)


def _quantite(demande: DemandePrixEntree, article: ArticleDeDocument, unite_commande: str | None) -> Quantite:
    """The quantity asked for in both units (CAL-01 to CAL-03)."""
    quantite = demande.quantite
    if quantite is None and demande.quantite_unite_commande is None:
        quantite = UN
    try:
        conversion = article.conversion(unite_commande)
        trouvee = completer(quantite, demande.quantite_unite_commande, conversion)
    except ErreurAurore as erreur:
        erreur.pointeur = (erreur.pointeur or "").replace("#/", "?")
        raise
    if max(trouvee.quantite, trouvee.quantite_unite_commande or ZERO) >= QUANTITE_MAX:
        raise QuantiteTropGrande(pointeur="?quantite")
    return trouvee


async def _tva(
    ctx: Contexte, article: ArticleDeDocument, client: ClientDeDocument | None, prix: Decimal, jour: date
) -> TvaSortie | None:
    """How the price is taxed that day: in the client's VAT category, else in the société's usual one."""
    reglages, connu = await parametres.lire(ctx), await referentiel(ctx)
    categorie = client.categorie_tva if client else reglages.categorie_tva_defaut
    try:
        taux = connu.taux(article.code_tva_vente, jour)
    except TauxInconnu:
        return None
    traitement = connu.categories_tva[categorie].traitement(taux)
    visible = Tvac(
        taux=traitement.taux,
        decimales_visibles=reglages.decimales_visibles,
        prix_avec_decimales=article.prix_avec_decimales,
    ).de(prix)
    sur_la_ligne = prix_tvac_depuis_htva(prix, traitement.taux)
    if max(visible, sur_la_ligne) >= PRIX_MAX:
        return None
    return TvaSortie(
        code_tva=article.code_tva_vente,
        categorie_tva=categorie,
        categorie=traitement.categorie,
        taux=traitement.taux,
        prix_tvac=visible,
        prix_ligne_tvac=sur_la_ligne,
    )


def _ligne(ligne: object) -> LignePrixSortie:
    if isinstance(ligne, PrixDeClient):
        source: Source = "client_famille" if ligne.article is None else "client_article"
        return LigneClientSortie.model_validate({**asdict(ligne), "source": source})
    return LigneTarifSortie.model_validate(ligne)


def _palier(palier: Palier, quantite: Decimal) -> PalierSortie:
    montant = montant_ligne(palier.quantite_minimum, palier.prix, palier.remise)
    return PalierSortie(
        quantite_minimum=palier.quantite_minimum,
        quantite_manquante=palier.quantite_minimum - quantite,
        prix=palier.prix,
        remise=palier.remise,
        montant_htva=montant if montant < MONTANT_MAX else None,
    )
