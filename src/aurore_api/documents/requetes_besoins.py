"""The SQL of what documents ask for on a day (MAG-20): one statement however many there are."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Select,
    Subquery,
    Text,
    Uuid,
    any_,
    cast,
    exists,
    func,
    literal,
    literal_column,
    select,
    true,
    union_all,
)

from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.socle.colonnes import nue, un_de
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Etat
from aurore_domain.production import DEMANDENT

_D, _L = nue(Document), nue(LigneDocument)
_O, _S = nue(LigneDocument).id.table.alias("origine").c, nue(Document).id.table.alias("source").c
_QUANTITE = _L.quantite - _L.quantite_abandonnee


def _lignes(jour: date, articles: Collection[str] | None, sauf: Select[tuple[UUID]] | None) -> Subquery:
    """The lines that ask for goods on a day, as `production.demande` has it, each with what it asks for.

    A line's day is its own, else its document's, else the date of that: each by its index, whatever there was before.
    """
    conditions = [
        _L.article.is_not(None) if articles is None else _L.article == un_de(articles),
        ~_L.vidange,
        _QUANTITE > 0,
        ~exists(
            select(_O.id).join(_S.id.table, _S.id == _O.document).where(_O.id == _L.origine, _S.type.in_(DEMANDENT))
        ),
    ]
    des_documents = [_D.type.in_(DEMANDENT), _D.etat != Etat.ANNULE]
    if sauf is not None:
        des_documents.append(_D.id.not_in(sauf))
    colonnes = (_L.article, _L.document, _QUANTITE.label("quantite"))
    datees = (
        select(*colonnes, _D.client, _D.magasin)
        .join(_D.id.table, _D.id == _L.document)
        .where(_L.date_livraison == jour, *conditions, *des_documents)
    )
    # Document by document: the planner takes lines without a day for few, and would look for them among all there are.
    sans_jour = select(*colonnes).where(_L.document == _D.id, _L.date_livraison.is_(None), *conditions)
    autres = sans_jour.offset(literal_column("0")).lateral("sans_jour").c
    ce_jour = (_D.date_livraison_prevue == jour) | (_D.date_livraison_prevue.is_(None) & (_D.date == jour))
    par_document = (
        select(autres.article, autres.document, autres.quantite, _D.client, _D.magasin)
        .select_from(_D.id.table.join(autres.article.table, true()))
        .where(ce_jour, *des_documents)
    )
    return union_all(datees, par_document).subquery("demandees")


async def demandees(
    ctx: Contexte,
    jour: date,
    articles: Collection[str] | None,
    sauf: Select[tuple[UUID]] | None,
    *,
    par_client: bool,
) -> Sequence[Any]:
    """Article, client (None unless `par_client`), whether a till's, and what is asked for, in base unit."""
    lignes = _lignes(jour, articles, sauf).c
    magasin = lignes.magasin.is_not(None)
    cles = [lignes.article, lignes.client if par_client else literal(None, Text), magasin]
    requete = select(*cles, func.sum(lignes.quantite))
    requete = requete.group_by(lignes.article, magasin, *([lignes.client] if par_client else []))
    return (await ctx.session.execute(requete)).all()


async def empreintes(
    ctx: Contexte, jour: date, articles: Collection[str] | None, sauf: Select[tuple[UUID]] | None
) -> dict[UUID, int]:
    """The documents that ask for something on a day, each with a digest of what."""
    lignes = _lignes(jour, articles, sauf).c
    sommes = select(lignes.document, lignes.article, func.sum(lignes.quantite).label("quantite"))
    parts = sommes.group_by(lignes.document, lignes.article).subquery("parts").c
    dit = func.hashtextextended(parts.article + literal("/") + cast(parts.quantite, Text), 0)
    requete = select(parts.document, func.bit_xor(dit)).group_by(parts.document)
    return dict(rang for rang in await ctx.session.execute(requete))


async def entetes(ctx: Contexte, identifiants: Collection[UUID]) -> Sequence[Any]:
    """What people know these documents by, those that there still are, by number."""
    nom = _D.client_copie["nom"].as_string().label("client_nom")
    voulus = _D.id == any_(literal(list(identifiants), ARRAY(Uuid)))
    requete = select(_D.id, _D.type, _D.etat, _D.numero_affiche, _D.client, nom, _D.magasin, _D.reference_magasin)
    return (await ctx.session.execute(requete.where(voulus).order_by(_D.client, _D.id))).all()
