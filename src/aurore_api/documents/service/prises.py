"""What a transfer takes of its sources: lines, prices, header amounts (TRF-02, TRF-04)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from aurore_api.catalogue.service import achats_des_articles
from aurore_api.documents import achats
from aurore_api.documents.articles import articles_du_tiers
from aurore_api.documents.saisie import Etabli, ordre_libre, poser_prix, poser_quantite
from aurore_api.documents.service import entete
from aurore_api.documents.service.avertir import avertir
from aurore_api.documents.service.chargement import Ouvert
from aurore_api.documents.service.chiffrage import CREDITENT
from aurore_api.documents.service.liens import depassee, ligne_de, par_identifiant, tenir
from aurore_api.documents.service.retours import imputer, reprendre_de_la_facture
from aurore_api.documents.sorties import Avertissement, DocumentSortie
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.documents.taxes import copier
from aurore_api.socle.contexte import Contexte
from aurore_domain.cycle import Nature, regle
from aurore_domain.erreurs import ValeurRefusee
from aurore_domain.stock import deplace_des_biens
from aurore_domain.transfert import Part
from aurore_domain.unites import Quantite

LIGNE_NEUVE = frozenset(
    {
        "id",
        "document",
        "ordre",
        "quantite",
        "quantite_unite_commande",
        "saisie",
        "origine",
        "nature",
        "taux_fige",
        "date_stock",
        "livre_a",
        "quantite_transferee",
        "quantite_unite_commande_transferee",
        "quantite_retournee",
        "quantite_abandonnee",
        "quantite_unite_commande_abandonnee",
        "credite",
        "refacture",
        "back_order",
        "back_order_de",
    }
)


@dataclass(slots=True)
class Prise:
    """What is taken of one source, and by which step."""

    source: Ouvert
    nature: Nature
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Derriere:
    """What stands behind a transfer into a note de crédit: the other documents of the same goods (TRF-09, TRF-10)."""

    ouverts: Mapping[UUID, Ouvert] = field(default_factory=dict)
    facturees: Mapping[UUID, Sequence[LigneDocument]] = field(default_factory=dict)
    refacturer: bool = False


def nouvelles_lignes(
    document: Document,
    prises: Sequence[Prise],
    presentes: Sequence[LigneDocument],
    saisis: Collection[str],
    derriere: Derriere,
) -> list[LigneDocument]:
    """The target's new lines, each knowing its origin; a single source keeps its `ordre` in a new document.

    `saisis` are the header's fields that the request gives: those that lines have too are passed to them. A retour's
    line that several factures invoiced becomes a line for each. Raises `RetourNonFacture`.
    """
    sources = par_identifiant({**derriere.ouverts, **{une.source.document.id: une.source for une in prises}})
    garder_ordre = len(prises) == 1 and not presentes
    ordres = {une.ordre for une in presentes}
    lignes: list[LigneDocument] = []
    for rang, prise in enumerate(prises):
        par_ordre = {une.ordre: une for une in prise.source.lignes}
        siennes: list[LigneDocument] = []
        with _au_rang(rang):
            imputees = [
                une for part in prise.parts for une in _imputer(document, prise, par_ordre[part.ordre], part, derriere)
            ]
        for part, creditee in imputees:
            source = par_ordre[part.ordre]
            with _au_rang(rang):
                libre = garder_ordre and part.ordre not in ordres
                ordre = part.ordre if libre else ordre_libre(ordres | (par_ordre.keys() if garder_ordre else set()))
                ligne = _ligne(document, prise.source.document, source, part, prise.nature, ordre)
                if creditee is not None:
                    _crediter(ligne, creditee, source, sources, refacturer=derriere.refacturer)
                    if ligne.refacture:
                        ligne.date_stock = source.date_stock or prise.source.document.date
                tenir(sources, ligne)
            ordres.add(ordre)
            siennes.append(ligne)
        avant = {nom: getattr(prise.source.document, nom) for nom in entete.VERS_LIGNES if nom in saisis}
        entete.passer_aux_lignes(document, siennes, avant)
        lignes += siennes
    return lignes


@contextmanager
def _au_rang(rang: int) -> Iterator[None]:
    try:
        yield
    except ValeurRefusee as erreur:
        erreur.pointeur = f"#/sources/{rang}"
        raise


def _imputer(
    document: Document, prise: Prise, source: LigneDocument, part: Part, derriere: Derriere
) -> Sequence[tuple[Part, LigneDocument | None]]:
    """Which lines of factures a part credits: its own, or those that invoiced what came back; none for other types."""
    if document.type not in CREDITENT:
        return [(part, None)]
    if prise.nature is Nature.CREDIT:
        return [(part, source)]
    if source.origine is None or not part.quantite:
        return [(part, None)]
    return imputer(source, part, derriere.facturees.get(source.origine, ()))


def _crediter(
    ligne: LigneDocument,
    creditee: LigneDocument,
    source: LigneDocument,
    sources: Mapping[UUID, LigneDocument],
    *,
    refacturer: bool,
) -> None:
    """Let a line credit a facture's line.

    Stock moves where goods came back, with their retour, and where their bordereau takes its exit back (TRF-09).
    """
    ligne.credite = creditee.id
    if creditee is not source:
        reprendre_de_la_facture(ligne, creditee, ligne_de(sources, source.origine))
        return
    ligne.refacture = refacturer and bool(ligne.quantite) and ligne_de(sources, creditee.origine) is not None
    ligne.mise_a_jour_stock = creditee.mise_a_jour_stock and ligne.refacture


def champs_repris(ligne: LigneDocument) -> dict[str, Any]:
    """What a following line takes of a line as it is."""
    return {nom: getattr(ligne, nom) for nom in LigneDocument.model_fields if nom not in LIGNE_NEUVE}


def _ligne(
    document: Document, precedent: Document, source: LigneDocument, part: Part, nature: Nature, ordre: int
) -> LigneDocument:
    """A line as its source has it: price, discount, texts and all; only quantities are its own (TRF-04)."""
    champs = champs_repris(source)
    correction = regle(document.type).signe < 0
    ligne = LigneDocument(
        **champs
        | {
            "id": uuid7(),
            "document": document.id,
            "ordre": ordre,
            "origine": source.id,
            "nature": nature,
            "regle_prix": None if source.regle_prix is None else "saisi",
            "remise_saisie": True,
            "date_stock": date_stock(precedent, source, nature),
            "livre_a": livre_a(document, precedent, source, nature),
            # A retour or note de crédit keeps the rates of what it corrects, whatever holds today (CAL-07).
            "taux_fige": source.taux_fige or (correction and source.code_tva is not None),
        }
    )
    if part.quantite is not None and part.saisie is not None:
        poser_quantite(ligne, Quantite(part.quantite, part.quantite_unite_commande, part.saisie))
    return ligne


def date_stock(precedent: Document, source: LigneDocument, nature: Nature) -> date | None:
    """When the goods moved that a following line takes over from a document that moved them (TRF-05)."""
    if nature is not Nature.CONSOMME or not deplace_des_biens(precedent.type):
        return None
    return source.date_stock or precedent.date


def livre_a(document: Document, precedent: Document, source: LigneDocument, nature: Nature) -> str | None:
    """Who has the goods of a following line, where its document is made out to another client (CLI-05, CLI-12)."""
    client = precedent.client if source.livre_a is None else source.livre_a
    return None if nature is Nature.COPIE or client == document.client else client


async def recalculer(ctx: Contexte, etabli: Etabli, lignes: Sequence[LigneDocument]) -> None:
    """Give articles the prices and taxes of today instead of their source's, when that was asked for (TRF-04).

    What corrects a facture keeps its taxes, as it keeps its rates (CAL-07).
    """
    numeros = {une.article for une in lignes if une.article}
    if etabli.client is None:
        chez_lui = await achats_des_articles(ctx, etabli.tiers.numero, numeros)
        for ligne in lignes:
            if ligne.article in chez_lui:
                achats.poser_prix(ligne, etabli.document, chez_lui[ligne.article], prix=None, remise=None)
        return
    articles = await articles_du_tiers(ctx, etabli.acheteur, etabli.referentiel, numeros)
    for ligne in lignes:
        if ligne.article in articles:
            poser_prix(ligne, etabli, articles[ligne.article], prix=None, remise=None)
            if not ligne.taux_fige:
                ligne.taxes_copiees = copier(articles[ligne.article].taxes, etabli.referentiel)


def depassements(ctx: Contexte, sortie: DocumentSortie, prises: Sequence[Prise]) -> list[Avertissement]:
    """Say of which lines more has gone than there was (DOC-19)."""
    depassees = {
        une.id
        for prise in prises
        if prise.nature is Nature.CONSOMME
        for une in prise.source.lignes
        if depassee(une) and une.ordre in {part.ordre for part in prise.parts}
    }
    return [
        avertir(ctx, "depassement", f"#/lignes/{rang}/quantite", ordre=ligne.ordre)
        for rang, ligne in enumerate(sortie.lignes)
        if ligne.origine in depassees
    ]
