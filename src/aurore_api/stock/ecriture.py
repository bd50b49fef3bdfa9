"""The SQL that writes the ledger: movements in, balances and company-wide stock after them, in one statement."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, Uuid, any_, bindparam, case, cast, func, literal, select, true
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlmodel import SQLModel

from aurore_api.socle.bloc import bloc_de, valeurs_de_bloc
from aurore_api.socle.colonnes import nue, un_de
from aurore_api.socle.contexte import Contexte
from aurore_api.stock.tables import Mouvement, Stock, ValeurStock
from aurore_domain.stock import Compte, Effet, GenreMouvement, Niveau

_M, _S, _V = nue(Mouvement), nue(Stock), nue(ValeurStock)
_COLONNES = tuple(nom for nom in _M.keys() if nom != "id")  # noqa: SIM118 (columns)


async def tenu_par(ctx: Contexte, documents: Collection[UUID]) -> dict[tuple[UUID, Effet], Decimal]:
    """What the ledger says that documents do: the net quantity of each effect, whose own quantity is left at 0.

    Their `livre_a` are the clients that have the goods.
    """
    cles = (_M.document, _M.ligne, _M.article, _M.depot, _M.compte, _M.genre, _M.date, _M.prix, _M.frais, _M.client)
    total = func.sum(_M.quantite)
    requete = select(*cles, total).where(_M.document == any_(bindparam("documents", type_=ARRAY(Uuid))))
    rangs = await ctx.session.execute(requete.group_by(*cles).having(total != 0), {"documents": list(documents)})
    return {
        (document, Effet(ligne, article, depot, compte, genre, jour, Decimal(0), prix, frais, client)): quantite
        for document, ligne, article, depot, compte, genre, jour, prix, frais, client, quantite in rangs
    }


@dataclass(frozen=True, slots=True)
class Solde:
    """A balance after movements; `derniere_entree` is the date of the article's last priced entry."""

    article: str
    depot: str
    physique: Decimal
    commande_client: Decimal
    commande_fournisseur: Decimal
    suivi: bool
    derniere_entree: date | None


@dataclass(kw_only=True)
class MouvementNeuf:
    """A movement to be written; its fields are the columns of the ledger."""

    instant: datetime
    date: date
    article: str
    depot: str
    compte: Compte
    genre: GenreMouvement
    quantite: Decimal
    ligne: UUID
    prix: Decimal | None = None
    frais: Decimal | None = None
    document: UUID | None = None
    client: str | None = None
    fournisseur: str | None = None
    motif: str | None = None


async def ecrire(ctx: Contexte, mouvements: Sequence[MouvementNeuf]) -> list[Solde]:
    """Add movements; the balances of every article and dépôt that they touch, locked until the transaction ends.

    Articles are locked in the order of their keys, whoever writes: first what all dépôts share, then the balances.
    """
    physiques = any(un.compte is Compte.PHYSIQUE for un in mouvements)
    valeurs = valeurs_de_bloc(Mouvement, mouvements, _COLONNES)
    return [Solde(*rang) for rang in await ctx.session.execute(_ecriture(physiques=physiques), valeurs)]


def _table(ligne: type[SQLModel]) -> Any:
    return ligne.__table__  # type: ignore[attr-defined]  # every row's class has its table


@cache
def _ecriture(*, physiques: bool) -> Select[Any]:
    ajoutes = (
        insert(_table(Mouvement))
        .from_select(_COLONNES, select(*bloc_de(Mouvement, _COLONNES)))
        .returning(_M.article, _M.depot, _M.compte, _M.genre, _M.quantite)
        .cte("ajoutes")
    )
    comptes = {
        compte: func.coalesce(func.sum(case((ajoutes.c.compte == compte, ajoutes.c.quantite))), 0) for compte in Compte
    }
    suivi = func.bool_or((ajoutes.c.compte == Compte.PHYSIQUE) & (ajoutes.c.genre != "client"))
    soldes = select(ajoutes.c.article, ajoutes.c.depot, *comptes.values(), suivi)
    if physiques:
        valorises = _valorises(ajoutes)
        # Asked for once before the first balance is written: so everyone locks in the same order.
        soldes = soldes.where(select(func.count()).select_from(valorises).scalar_subquery() >= 0)
    soldes = soldes.group_by(ajoutes.c.article, ajoutes.c.depot).order_by(ajoutes.c.article, ajoutes.c.depot)
    ecrits = insert(_table(Stock)).from_select(["article", "depot", *comptes, "suivi"], soldes)
    changes: dict[str, Any] = {compte: _S[compte] + ecrits.excluded[compte] for compte in comptes}
    changes["suivi"] = _S.suivi | ecrits.excluded.suivi
    ecrits = ecrits.on_conflict_do_update(index_elements=["article", "depot"], set_=changes)
    apres = ecrits.returning(_S.article, _S.depot, *(_S[compte] for compte in comptes), _S.suivi).cte("apres")
    if not physiques:
        return select(apres, cast(literal(None), _V.derniere_entree.type))
    return select(apres, valorises.c.derniere_entree).outerjoin(valorises, valorises.c.article == apres.c.article)


def _valorises(ajoutes: Any) -> Any:
    sommes = (
        select(ajoutes.c.article, func.sum(ajoutes.c.quantite))
        .where(ajoutes.c.compte == Compte.PHYSIQUE)
        .group_by(ajoutes.c.article)
        .order_by(ajoutes.c.article)
    )
    ecrits = insert(_table(ValeurStock)).from_select(["article", "physique"], sommes)
    ecrits = ecrits.on_conflict_do_update(
        index_elements=["article"], set_={"physique": _V.physique + ecrits.excluded.physique}
    )
    return ecrits.returning(_V.article, _V.derniere_entree).cte("valorises")


@dataclass(frozen=True, slots=True)
class Entree:
    """A priced entry of the ledger, as the domain replays it."""

    date: date
    quantite: Decimal
    prix: Decimal
    frais: Decimal
    stock_avant: Decimal


def effectifs(jusqu_au: date | None = None) -> Select[Any]:
    """Net physical movements: what each line comes to at a date and price, corrected rows and dépôts set off.

    `rang` is the line's place among those of its day: that of its first row (CAL-12).
    """
    rang = func.min(func.min(_M.id)).over(partition_by=(_M.article, _M.ligne)).label("rang")
    quantite = func.sum(_M.quantite).label("quantite")
    cles = (_M.article, _M.ligne, _M.date, _M.prix, _M.frais)
    requete = select(*cles, rang, quantite).where(_M.compte == Compte.PHYSIQUE)
    if jusqu_au is not None:
        requete = requete.where(_M.date <= jusqu_au)
    return requete.group_by(*cles)


def _entrees(articles: Collection[str] | None, jusqu_au: date | None) -> Select[Any]:
    requete = effectifs(jusqu_au)
    if articles is not None:
        requete = requete.where(_M.article == any_(bindparam("articles", list(articles), type_=ARRAY(Text))))
    nets = requete.subquery()
    ordre = (nets.c.date, nets.c.rang, nets.c.prix.is_(None), nets.c.prix, nets.c.frais)
    avant = func.coalesce(
        func.sum(nets.c.quantite).over(partition_by=nets.c.article, order_by=ordre, rows=(None, -1)), 0
    )
    colonnes = nets.c.article, nets.c.date, nets.c.quantite, nets.c.prix, func.coalesce(nets.c.frais, 0).label("frais")
    tous = select(*colonnes, avant.label("avant"), *ordre[1:4]).where(nets.c.quantite != 0).subquery()
    return (
        select(tous.c.article, tous.c.date, tous.c.quantite, tous.c.prix, tous.c.frais, tous.c.avant)
        .where(tous.c.prix.is_not(None))
        .order_by(tous.c.article, tous.c.date, tous.c.rang, tous.c.prix, tous.c.frais)
    )


async def entrees(
    ctx: Contexte, articles: Collection[str] | None = None, *, jusqu_au: date | None = None
) -> dict[str, list[Entree]]:
    """The priced entries of articles (None: of all), in the order of their replay, up to a day (CAL-12)."""
    trouvees: dict[str, list[Entree]] = {}
    for article, *une in await ctx.session.execute(_entrees(articles, jusqu_au)):
        trouvees.setdefault(article, []).append(Entree(*une))
    return trouvees


async def niveaux(ctx: Contexte, articles: Collection[str]) -> dict[tuple[str, str], Niveau]:
    """The balances of articles, by article and dépôt."""
    requete = select(_S.article, _S.depot, _S.physique, _S.commande_client, _S.commande_fournisseur)
    rangs = await ctx.session.execute(requete.where(_S.article == un_de(articles)))
    return {(article, depot): Niveau(*soldes) for article, depot, *soldes in rangs}


async def compter(ctx: Contexte, lieux: Collection[tuple[str, str]], jour: date) -> dict[tuple[str, str], Decimal]:
    """The physical stock of each article and dépôt at the end of a day; their articles move no more until the end.

    What is counted is kept in stock from then on (`suivi`). Locks as `ecrire` does, and reads only after it.
    """
    tries = sorted(lieux)
    articles, depots = (func.unnest(literal([un[rang] for un in tries], ARRAY(Text))) for rang in (0, 1))
    connus = select(func.unnest(literal(sorted({un for un, _ in tries}), ARRAY(Text))), literal(0))
    verrou = insert(_table(ValeurStock)).from_select(["article", "physique"], connus)
    verrou = verrou.on_conflict_do_update(index_elements=["article"], set_={"physique": _V.physique})
    await ctx.session.execute(verrou)
    vides = {compte: literal(0) for compte in Compte}
    neufs = select(articles, depots, *vides.values(), true())
    comptes = insert(_table(Stock)).from_select(["article", "depot", *vides, "suivi"], neufs)
    comptes = comptes.on_conflict_do_update(index_elements=["article", "depot"], set_={"suivi": True})
    rangs = await ctx.session.execute(comptes.returning(_S.article, _S.depot, _S.physique))
    niveaux = {(article, depot): physique for article, depot, physique in rangs}
    apres = select(_M.article, _M.depot, func.sum(_M.quantite)).where(
        _M.article == un_de({article for article, _ in tries}), _M.compte == Compte.PHYSIQUE, _M.date > jour
    )
    for article, depot, quantite in await ctx.session.execute(apres.group_by(_M.article, _M.depot)):
        if (article, depot) in niveaux:
            niveaux[article, depot] -= quantite
    return niveaux


async def relire(ctx: Contexte, mouvements: Sequence[MouvementNeuf]) -> Sequence[Mouvement]:
    """The physical movements of one day that were just written, as the ledger has them."""
    if not mouvements:
        return ()
    requete = select(Mouvement).where(
        _M.article == un_de({un.article for un in mouvements}),
        _M.compte == Compte.PHYSIQUE,
        _M.date == mouvements[0].date,
        _M.ligne == any_(bindparam("lignes", [un.ligne for un in mouvements], type_=ARRAY(Uuid))),
    )
    return (await ctx.session.scalars(requete.order_by(_M.id))).all()
