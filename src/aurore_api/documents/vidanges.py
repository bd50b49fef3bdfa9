"""The crates that a delivery prints: what its client had of them, and has with it (CLI-12)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from aurore_api.catalogue.service import vidanges
from aurore_api.clients import service as clients
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.socle.contexte import Contexte
from aurore_api.stock.vidanges import service as soldes
from aurore_domain.assemblages import DECIMALES_QUANTITE
from aurore_domain.cycle import TypeDocument, regle
from aurore_domain.montants import ZERO, arrondir, exact
from aurore_domain.stock import Ingredient

IMPRIMEES_SUR = frozenset({TypeDocument.BORDEREAU, TypeDocument.RETOUR})


async def a_imprimer(
    ctx: Contexte, document: Document, lignes: Sequence[LigneDocument], toutes: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """The client's crates before and after a document, once the ledger has it, as it keeps them.

    `toutes` are what crates are called, where that was read for many documents.

    The balance after it is the one of its date, `GET /v1/clients/{numero}/vidanges?date=`.
    """
    if document.type not in IMPRIMEES_SUR or document.client is None:
        return []
    noms = await vidanges(ctx) if toutes is None else toutes
    if not noms:
        return []
    apres = {un.article: un.quantite for un in await soldes.soldes(ctx, document.client, noms, document.date)}
    livrees, reprises = _bougees(document, lignes)
    voulues = [un for un in noms if un in apres or un in livrees or un in reprises]
    if not voulues:
        return []
    client = await clients.pour_document(ctx, document.client)
    noms = await vidanges(ctx, client.code_libelle if client else None)
    return [
        {
            "designation": noms[un],
            "avant": str(_avant(apres.get(un, ZERO), livrees[un], reprises[un])),
            "livrees": str(livrees[un]),
            "reprises": str(reprises[un]),
            "apres": str(apres.get(un, ZERO)),
        }
        for un in voulues
    ]


@exact
def _avant(apres: Decimal, livrees: Decimal, reprises: Decimal) -> Decimal:
    return apres - livrees + reprises


@exact
def _bougees(
    document: Document, lignes: Sequence[LigneDocument]
) -> tuple[defaultdict[str, Decimal], defaultdict[str, Decimal]]:
    """What the document brought its client and took back, by article, whatever has followed it."""
    livrees: defaultdict[str, Decimal] = defaultdict(Decimal)
    reprises: defaultdict[str, Decimal] = defaultdict(Decimal)
    for ligne in lignes:
        if ligne.article is None or not ligne.mise_a_jour_stock or ligne.livre_a is not None:
            continue
        quantite = regle(document.type).signe * (ligne.quantite or ZERO)
        parts = (Ingredient(ligne.article, Decimal(1)),) if ligne.ingredients is None else ligne.ingredients
        for part in parts:
            bouge = arrondir(quantite * part.quantite, DECIMALES_QUANTITE)
            (livrees if bouge > 0 else reprises)[part.article] += abs(bouge)
    return livrees, reprises
