"""What other slices ask of the stock: to hold what their documents do, and to say how much there is."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from aurore_api.catalogue.service import noter_prix_achat
from aurore_api.socle.bloc import modifier_en_bloc
from aurore_api.socle.colonnes import Colonne
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.pagination import Pagination, lire_rangs
from aurore_api.stock import ecriture, lecture
from aurore_api.stock.ecriture import MouvementNeuf
from aurore_api.stock.tables import ValeurStock
from aurore_domain.montants import ZERO
from aurore_domain.stock import Compte, Effet, Niveau, StockNegatifInterdit
from aurore_domain.valorisation import rejouer

Lieu = tuple[str, str]
"""Article and dépôt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenu:
    """What a document does to the stock from now on; of a `nouveau` one the ledger knows nothing yet.

    `client` has the goods of its lines that do not say otherwise.
    """

    document: UUID
    client: str | None
    fournisseur: str | None
    effets: Sequence[Effet]
    nouveau: bool = False


@dataclass(frozen=True, slots=True)
class Variation:
    """The stock of an article in a dépôt after movements, and by how much goods and promises changed."""

    apres: Niveau
    physique: Decimal
    disponible: Decimal
    suivi: bool
    """Whether its stock means something: it was counted, bought or brought in there."""


async def ajuster(ctx: Contexte, tenus: Sequence[Tenu], *, negatif_interdit: bool) -> dict[Lieu, Variation]:
    """Write into the ledger what documents do otherwise than it says, as difference rows (MVT-01).

    A transaction calls it once, with all the documents that it changed: balances are locked by article, after the
    documents and before number counters.

    Raises:
        StockNegatifInterdit: goods leave that are not there, where the société forbids it (MVT-07).
    """
    anciens = [un.document for un in tenus if not un.nouveau]
    avant = await ecriture.tenu_par(ctx, anciens) if anciens else {}
    return await enregistrer(ctx, _differences(ctx, tenus, avant), negatif_interdit=negatif_interdit)


async def enregistrer(
    ctx: Contexte, mouvements: Sequence[MouvementNeuf], *, negatif_interdit: bool
) -> dict[Lieu, Variation]:
    """Add movements to the ledger; raises as `ajuster`."""
    if not mouvements:
        return {}
    soldes = await ecriture.ecrire(ctx, mouvements)
    variations = _variations(soldes, mouvements)
    if negatif_interdit:
        _exiger_biens(variations)
    await _revaloriser(ctx, mouvements, {un.article: un.derniere_entree for un in soldes})
    return variations


def _differences(
    ctx: Contexte, tenus: Sequence[Tenu], avant: Mapping[tuple[UUID, Effet], Decimal]
) -> list[MouvementNeuf]:
    """The rows that bring the ledger from what it says to what documents do; first what ends, last what is new."""
    voulus: dict[tuple[UUID, Effet], Decimal] = {}
    for tenu in tenus:
        for effet in () if tenu.nouveau else tenu.effets:
            cle = tenu.document, replace(effet, quantite=ZERO, livre_a=effet.livre_a or tenu.client)
            voulus[cle] = voulus.get(cle, ZERO) + effet.quantite
    tiers = {un.document: un for un in tenus}
    changes = [
        _mouvement(ctx, tiers[document], effet, difference, effet.livre_a)
        for document, effet in [*avant, *(cle for cle in voulus if cle not in avant)]
        if (difference := voulus.get((document, effet), ZERO) - avant.get((document, effet), ZERO))
    ]
    return [*changes, *(un for tenu in tenus if tenu.nouveau for un in _neufs(ctx, tenu))]


def _neufs(ctx: Contexte, tenu: Tenu) -> Iterable[MouvementNeuf]:
    """What a document does of which the ledger knows nothing: of one line only the article makes a difference."""
    neufs: dict[tuple[UUID, str], MouvementNeuf] = {}
    for effet in tenu.effets:
        cle = effet.ligne, effet.article
        if (deja := neufs.get(cle)) is None:
            neufs[cle] = _mouvement(ctx, tenu, effet, effet.quantite, effet.livre_a or tenu.client)
        else:
            deja.quantite += effet.quantite
    return (un for un in neufs.values() if un.quantite)


def _mouvement(ctx: Contexte, tenu: Tenu, effet: Effet, quantite: Decimal, client: str | None) -> MouvementNeuf:
    return MouvementNeuf(
        instant=ctx.maintenant,
        date=effet.date,
        article=effet.article,
        depot=effet.depot,
        compte=effet.compte,
        genre=effet.genre,
        quantite=quantite,
        prix=effet.prix,
        frais=effet.frais,
        ligne=effet.ligne,
        document=tenu.document,
        client=client,
        fournisseur=tenu.fournisseur,
    )


def _variations(soldes: Sequence[ecriture.Solde], mouvements: Sequence[MouvementNeuf]) -> dict[Lieu, Variation]:
    sommes: dict[tuple[Lieu, Compte], Decimal] = {}
    for un in mouvements:
        cle = (un.article, un.depot), un.compte
        sommes[cle] = sommes.get(cle, ZERO) + un.quantite
    variations: dict[Lieu, Variation] = {}
    for solde in soldes:
        lieu = solde.article, solde.depot
        physique = sommes.get((lieu, Compte.PHYSIQUE), ZERO)
        variations[lieu] = Variation(
            Niveau(solde.physique, solde.commande_client, solde.commande_fournisseur),
            physique,
            physique - sommes.get((lieu, Compte.COMMANDE_CLIENT), ZERO),
            solde.suivi,
        )
    return variations


def _exiger_biens(variations: Mapping[Lieu, Variation]) -> None:
    for (article, depot), une in sorted(variations.items()):
        if une.physique < 0 and une.apres.physique < 0:
            raise StockNegatifInterdit(article=article, depot=depot, physique=une.apres.physique - une.physique)


async def _revaloriser(
    ctx: Contexte, mouvements: Sequence[MouvementNeuf], dernieres: Mapping[str, date | None]
) -> None:
    """Replay what articles have cost where an entry at a price came or changed, or goods moved before one (CAL-12)."""
    a_rejouer = {
        un.article
        for un in mouvements
        if un.compte is Compte.PHYSIQUE
        and (un.prix is not None or ((derniere := dernieres[un.article]) is not None and un.date <= derniere))
    }
    if not a_rejouer:
        return
    entrees = await ecriture.entrees(ctx, a_rejouer)
    valeurs = {article: rejouer(entrees.get(article, ())) for article in sorted(a_rejouer)}
    lignes = [
        ValeurStock(
            article=article,
            pamp=une.pamp,
            dernier_prix=une.dernier_prix,
            derniers_frais=une.derniers_frais,
            derniere_entree=une.derniere_entree,
        )
        for article, une in valeurs.items()
    ]
    await modifier_en_bloc(ctx, lignes, {"pamp", "dernier_prix", "derniers_frais", "derniere_entree"})
    achetes = {un.article for un in mouvements if un.prix is not None}
    prix = {
        article: une.dernier_prix - (une.derniers_frais or ZERO)
        for article, une in valeurs.items()
        if article in achetes and une.dernier_prix is not None
    }
    await noter_prix_achat(ctx, prix)


@dataclass(frozen=True, slots=True)
class ResteEnCommande:
    """What is left on order of an article in one line of a document; its quantity in base unit."""

    document: UUID
    ligne: UUID
    depot: str
    compte: Compte
    client: str | None
    fournisseur: str | None
    date: date
    quantite: Decimal


async def en_commande(ctx: Contexte, article: str, demande: Pagination) -> tuple[list[ResteEnCommande], str | None]:
    """A page of what is left on order of an article, by date, and the next page's cursor (MVT-03)."""
    restes = lecture.en_commande(article).c
    ordre: list[Colonne] = [restes.date, restes.ligne, restes.depot]
    rangs, suivant = await lire_rangs(ctx, select(*restes), demande, (ordre, False))
    return [ResteEnCommande(*un[: len(restes)]) for un in rangs], suivant


async def niveaux(ctx: Contexte, articles: Collection[str]) -> dict[Lieu, Niveau]:
    """What there is of articles, per dépôt (ART-15)."""
    return await ecriture.niveaux(ctx, articles)
