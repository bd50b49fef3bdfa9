"""The SQL of crates: the ledger's physical movements of crates by client, and what was corrected by hand (CLI-12)."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Numeric, Select, Subquery, Text, Uuid, and_, cast, func, null, select
from sqlalchemy.orm import Bundle

from aurore_api.socle.colonnes import nue, un_de
from aurore_api.stock.tables import Mouvement
from aurore_api.stock.vidanges.tables import CorrectionVidange
from aurore_domain.stock import Compte

_M, _C = nue(Mouvement), nue(CorrectionVidange)


def nets(
    articles: Collection[str], *, client: str | None = None, du: date | None = None, au: date | None = None
) -> Subquery:
    """What every line of a document, and every correction, comes to: takeovers and changes are set off."""

    def voulus(colonnes: Any) -> list[Any]:
        egal = [] if client is None else [colonnes.client == client]
        apres = [] if du is None else [colonnes.date >= du]
        avant = [] if au is None else [colonnes.date <= au]
        return [colonnes.article == un_de(articles), *egal, *apres, *avant]

    cles = (_M.client, _M.article, _M.date, _M.ligne, _M.document)
    total = func.sum(_M.quantite)
    physiques = and_(_M.compte == Compte.PHYSIQUE, _M.client.is_not(None))
    des_documents = (
        select(
            *cles, cast(null(), Text).label("motif"), func.max(_M.instant).label("instant"), (-total).label("quantite")
        )
        .where(physiques, *voulus(_M))
        .group_by(*cles)
        .having(total != 0)
    )
    corrigees = select(
        _C.client, _C.article, _C.date, _C.id, cast(null(), Uuid), _C.motif, _C.instant, cast(_C.quantite, Numeric)
    ).where(*voulus(_C))
    return des_documents.union_all(corrigees).subquery("nets")


def soldes(lignes: Subquery, *, soldees: bool) -> Select[Any]:
    """The balance of every client and crate; without those that are 0 unless asked for."""
    c = lignes.c
    par_document = c.document.is_not(None)

    def somme(quantite: Any, *conditions: Any) -> Any:
        return func.coalesce(func.sum(quantite).filter(*conditions), 0)

    solde = func.sum(c.quantite)
    requete = select(
        c.client,
        c.article,
        somme(c.quantite, par_document, c.quantite > 0).label("livrees"),
        somme(-c.quantite, par_document, c.quantite < 0).label("reprises"),
        somme(c.quantite, ~par_document).label("corrections"),
        solde.label("solde"),
    ).group_by(c.client, c.article)
    return requete if soldees else requete.having(solde != 0)


def en_lot(lignes: Subquery) -> Select[Any]:
    """Its rows whole, as a page takes them."""
    return select(Bundle("rang", *lignes.c))
