"""Rows as they are served."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from aurore_api.documents.schemas import AdresseLivraison, Textes
from aurore_api.documents.sorties import (
    AcompteSortie,
    Avertissement,
    DocumentResume,
    DocumentSortie,
    LigneSortie,
    TotauxSortie,
)
from aurore_api.documents.tables import Document, LigneDocument
from aurore_domain.actions import Situation, actions, modifiable
from aurore_domain.cycle import TABLE, Nature
from aurore_domain.montants import ZERO
from aurore_domain.restes import reste, situation
from aurore_domain.tiers import est_achat

_CHAMPS_LIGNE = tuple(
    nom
    for nom in LigneSortie.model_fields
    if nom not in {"quantite_restante", "quantite_unite_commande_restante", "quantite_creditee"}
)
_COLONNES_LIGNE = tuple(nom for nom in _CHAMPS_LIGNE if nom in LigneDocument.model_fields)
_CALCULES_LIGNE = tuple(nom for nom in _CHAMPS_LIGNE if nom not in _COLONNES_LIGNE)
_DERIVES = {
    "modifiable",
    "actions",
    "totaux",
    "acomptes",
    "client_nom",
    "fournisseur_nom",
    "lignes",
    "avertissements",
    "stock",
    "adresse_livraison",
    "textes",
    "poids",
}
_CHAMPS_RESUME = tuple(nom for nom in DocumentResume.model_fields if nom not in _DERIVES)
LUS_POUR_RESUME = (*_CHAMPS_RESUME, "client_copie", "totaux", "reouvert_le")
"""What `resume` reads of a row."""
_CHAMPS = tuple(nom for nom in DocumentSortie.model_fields if nom not in _DERIVES)


CREDITES = frozenset(un.type for un in TABLE.values() if Nature.CREDIT in un.vers.values())
"""The types that notes de crédit correct."""


def noms(document: Document) -> dict[str, Any]:
    """What who the document is made for is called, as it was when the document was saved."""
    nom = document.client_copie["nom"]
    achat = est_achat(document.type)
    return {"client_nom": None if achat else nom, "fournisseur_nom": nom if achat else None}


def situation_de(document: Document, lignes: Sequence[LigneDocument]) -> Situation:
    """What the lifecycle table needs to know of a document."""
    return situation(
        document.type,
        document.etat,
        numerote=document.numero is not None,
        lignes=lignes,
        rouvert=document.reouvert_le is not None,
        cloture=document.cloture_le is not None,
    )


def ligne_servie(ligne: LigneDocument, *, facture: bool) -> LigneSortie:
    """A line, with what is left of it; `facture` says that what has gone of it was credited."""
    restante = reste(ligne)
    lues = ligne.__dict__  # past the ORM's instrumentation, which costs more than all the rest of a line
    champs = {nom: lues[nom] for nom in _COLONNES_LIGNE} | {nom: getattr(ligne, nom) for nom in _CALCULES_LIGNE}
    champs["quantite_restante"] = restante.quantite
    champs["quantite_unite_commande_restante"] = restante.quantite_unite_commande
    champs["quantite_creditee"] = ligne.quantite_transferee if facture else ZERO
    return LigneSortie.model_validate(champs)


def resume(document: Document) -> DocumentResume:
    """A header for a list; whether it can be changed does not depend on its lines."""
    seule = Situation(
        type=document.type,
        etat=document.etat,
        numerote=document.numero is not None,
        reste=True,
        entame=False,
        retournable=True,
        rouvert=document.reouvert_le is not None,
    )
    return DocumentResume.model_construct(
        **{nom: getattr(document, nom) for nom in _CHAMPS_RESUME},
        **noms(document),
        modifiable=modifiable(seule),
        totaux=TotauxSortie.model_validate(document.totaux),
    )


def vers_sortie(
    document: Document, lignes: Sequence[LigneDocument], avertissements: Sequence[Avertissement] = ()
) -> DocumentSortie:
    """A document, whole; its lines in `ordre` order."""
    present = situation_de(document, lignes)
    livraison = document.adresse_livraison
    return DocumentSortie.model_construct(
        **{nom: getattr(document, nom) for nom in _CHAMPS},
        **noms(document),
        modifiable=modifiable(present),
        actions=list(actions(present)),
        totaux=TotauxSortie.model_validate(document.totaux),
        adresse_livraison=AdresseLivraison.model_validate(livraison) if livraison else None,
        textes=Textes.model_validate(document.textes),
        poids=document.poids if document.poids is not None else Decimal(document.poids_calcule),
        acomptes=[
            AcompteSortie.model_validate(un) for un in sorted(document.acomptes, key=lambda un: (un.date, un.id))
        ],
        lignes=[
            ligne_servie(une, facture=document.type in CREDITES) for une in sorted(lignes, key=lambda une: une.ordre)
        ],
        avertissements=list(avertissements),
    )
