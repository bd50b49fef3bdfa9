"""The SQL that reads the ledger and what is summed from it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, case, func, literal, select, true
from sqlmodel import col

from aurore_api.catalogue.service import fiches
from aurore_api.socle.colonnes import nue
from aurore_api.socle.contexte import Contexte
from aurore_api.stock.consultes import (
    CriteresMouvements,
    CriteresStock,
    FiltreMouvements,
    FiltreResume,
    FiltreSousMinimum,
)
from aurore_api.stock.tables import Mouvement, Stock, ValeurStock
from aurore_domain.stock import Compte

_M, _S, _V = nue(Mouvement), nue(Stock), nue(ValeurStock)


def mouvements(filtre: FiltreMouvements) -> Select[Any]:
    """The rows that a filter lets through."""
    return _filtrer(select(Mouvement), filtre)


def liste_de_mouvements(filtre: CriteresMouvements, *, par_article: bool, maximum: int) -> Select[Any]:
    """The rows of a printed list with their articles' names, by date or by article; by article with a running sum."""
    articles = fiches().subquery()
    champs = (
        _M.date, _M.article, articles.c.designation, _M.depot, _M.compte, _M.genre, _M.quantite, articles.c.unite,
        _M.prix, _M.client, _M.fournisseur, _M.document, _M.motif,
    )  # fmt: skip
    requete = select(*champs).join(articles, articles.c.numero == _M.article)
    ordre: tuple[Any, ...] = (_M.date, _M.id)
    if par_article:
        groupe = (_M.article, _M.compte)
        cumul = func.sum(_M.quantite).over(partition_by=groupe, order_by=ordre)
        requete, ordre = requete.add_columns(cumul.label("cumul")), (*groupe, *ordre)
    return _filtrer(requete, filtre).order_by(*ordre).limit(maximum + 1)


def _filtrer(requete: Select[Any], filtre: CriteresMouvements) -> Select[Any]:
    egaux = {
        _M.article: filtre.article,
        _M.depot: filtre.depot,
        _M.client: filtre.client,
        _M.fournisseur: filtre.fournisseur,
        _M.document: filtre.document,
        _M.compte: filtre.compte,
        _M.genre: filtre.genre,
    }
    requete = requete.where(*(colonne == valeur for colonne, valeur in egaux.items() if valeur is not None))
    if filtre.du is not None:
        requete = requete.where(_M.date >= filtre.du)
    if filtre.au is not None:
        requete = requete.where(_M.date <= filtre.au)
    return requete


def resume(filtre: FiltreResume) -> Any:
    """The sums of the rows that a filter lets through, by key and article: what moves by kind, what is on order."""

    def somme(compte: Compte, genre: str | None = None) -> Any:
        dedans = _M.compte == compte if genre is None else (_M.compte == compte) & (_M.genre == genre)
        return func.coalesce(func.sum(case((dedans, _M.quantite))), 0)

    sommes: dict[str, Any] = {genre: somme(Compte.PHYSIQUE, genre) for genre in ("definitif", "client", "fournisseur")}
    en_commande: dict[str, Any] = {
        compte: somme(compte) for compte in (Compte.COMMANDE_CLIENT, Compte.COMMANDE_FOURNISSEUR)
    }
    tous = [une.label(nom) for nom, une in (sommes | en_commande).items()]
    if filtre.par in {"article", "depot"} and not (filtre.client or filtre.fournisseur or filtre.document):
        return _par_lieu(filtre, tous)
    cle = _M[filtre.par]
    requete = select(cle.label("cle"), _M.article.label("lu"), *tous).where(cle.is_not(None))
    return _filtrer(requete, filtre).group_by(cle, _M.article).subquery()


def _par_lieu(filtre: FiltreResume, sommes: Sequence[Any]) -> Any:
    """The same key by key, so that a page sums its own articles only, not the whole ledger.

    Every article and dépôt that moved has its balance, which are the keys.
    """
    cles = select(_S[filtre.par].label("cle"), _S.article.label("lu")).distinct().subquery()
    requete = select(*sommes).where(_M.article == cles.c.lu).having(func.count() > 0)
    if filtre.par == "depot":
        requete = requete.where(_M.depot == cles.c.cle)
    les_siennes = _filtrer(requete, filtre).lateral()
    return select(cles, les_siennes).join(les_siennes, true()).subquery()


def soldes_de_liste(filtre: CriteresStock, *, non_nul: bool) -> Any:
    """The balances that a filter lets through, now or at the end of a day, with their articles.

    Every article and dépôt that goods ever moved in has its balance, so these are the keys of any day.
    """
    articles = fiches(famille=filtre.famille, fournisseur=filtre.fournisseur).subquery()
    physique: Any = _S.physique
    dus: tuple[Any, ...] = (_S.commande_client, _S.commande_fournisseur)
    if filtre.date is not None or filtre.definitif:
        jusque = select(func.coalesce(func.sum(_M.quantite), 0)).where(
            _M.article == _S.article, _M.depot == _S.depot, _M.compte == Compte.PHYSIQUE
        )
        if filtre.date is not None:
            jusque = jusque.where(_M.date <= filtre.date)
        if filtre.definitif:
            jusque = jusque.where(_M.genre == "definitif")
        physique = jusque.scalar_subquery()
        dus = tuple(literal(None, une.type).label(une.name) for une in dus)
    requete = (
        select(
            _S.article,
            articles.c.designation,
            articles.c.unite,
            _S.depot,
            physique.label("physique"),
            *dus,
            _V.pamp,
            _V.dernier_prix,
        )
        .join(articles, articles.c.numero == _S.article)
        .outerjoin(_V.article.table, _V.article == _S.article)
    )
    if filtre.article is not None:
        requete = requete.where(_S.article == filtre.article)
    if filtre.depot is not None:
        requete = requete.where(_S.depot == filtre.depot)
    tous = requete.subquery()
    return tous if not non_nul else select(tous).where(tous.c.physique != 0).subquery()


def sous_minimum(filtre: FiltreSousMinimum) -> Any:
    """Articles of which there will be less than their minimum, over all dépôts; one never moved counts as 0."""
    articles = fiches(famille=filtre.famille, fournisseur=filtre.fournisseur).subquery()
    noms = ("physique", "commande_client", "commande_fournisseur")
    sommes = select(_S.article, *(func.sum(_S[nom]).label(nom) for nom in noms)).group_by(_S.article).subquery()
    physique, client, fournisseur = (func.coalesce(sommes.c[nom], 0) for nom in noms)
    attendu = physique - client + fournisseur
    requete = select(
        articles.c.numero,
        articles.c.designation,
        articles.c.unite,
        articles.c.stock_minimum,
        articles.c.fournisseur_habituel,
        physique.label("physique"),
        client.label("commande_client"),
        fournisseur.label("commande_fournisseur"),
    ).outerjoin(sommes, sommes.c.article == articles.c.numero)
    return requete.where(articles.c.a_tenir, attendu < articles.c.stock_minimum).subquery()


async def soldes(ctx: Contexte, article: str) -> list[Stock]:
    """The balances of an article, by dépôt."""
    requete = select(Stock).where(col(Stock.article) == article).order_by(col(Stock.depot))
    return list(await ctx.session.scalars(requete))


async def valeur(ctx: Contexte, article: str) -> ValeurStock | None:
    """What an article has cost; None for one whose goods never moved."""
    return await ctx.session.get(ValeurStock, article)


def en_commande(article: str) -> Any:
    """What is left on order of an article, by document, line and dépôt."""
    cles = (_M.document, _M.ligne, _M.depot, _M.compte, _M.client, _M.fournisseur, _M.date)
    quantite = func.sum(_M.quantite)
    requete = select(*cles, quantite.label("quantite")).where(
        _M.article == article, _M.compte.in_((Compte.COMMANDE_CLIENT, Compte.COMMANDE_FOURNISSEUR))
    )
    return requete.group_by(*cles).having(quantite != 0).subquery()
