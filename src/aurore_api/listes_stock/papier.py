"""Lists of the stock as print models (MVT-04)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from aurore_api.impression.listes.modele import Colonne, Critere, Groupe, Liste, Sorte, Valeur
from aurore_api.listes_stock.schemas import DemandeMouvements, DemandeValeur
from aurore_api.parametres.schemas import ParametresSortie
from aurore_api.stock.consultes import CriteresMouvements, CriteresStock, SoldeSortie

_MOUVEMENT = (
    Colonne(cle="date", sorte="jour"),
    Colonne(cle="article"),
    Colonne(cle="designation", souple=True),
    Colonne(cle="depot"),
    Colonne(cle="compte", sorte="mot"),
    Colonne(cle="genre", sorte="mot"),
    Colonne(cle="quantite", sorte="quantite"),
    Colonne(cle="unite"),
    Colonne(cle="prix", sorte="prix"),
    Colonne(cle="client"),
    Colonne(cle="fournisseur"),
    Colonne(cle="document"),
    Colonne(cle="motif"),
)
_PAR_ARTICLE = (
    Colonne(cle="date", sorte="jour"),
    Colonne(cle="depot"),
    Colonne(cle="genre", sorte="mot"),
    Colonne(cle="quantite", sorte="quantite", somme="groupe"),
    Colonne(cle="cumul", sorte="quantite"),
    Colonne(cle="prix", sorte="prix"),
    Colonne(cle="client"),
    Colonne(cle="fournisseur"),
    Colonne(cle="document"),
    Colonne(cle="motif", souple=True),
)
_VALEUR = (
    Colonne(cle="article"),
    Colonne(cle="designation", souple=True),
    Colonne(cle="depot"),
    Colonne(cle="physique", sorte="quantite"),
    Colonne(cle="unite"),
    Colonne(cle="prix", sorte="prix"),
    Colonne(cle="valeur", sorte="montant", somme="liste"),
)
_SORTES: Mapping[str, Sorte] = {"compte": "mot", "genre": "mot", "du": "jour", "au": "jour", "date": "jour"}


def mouvements(
    demande: DemandeMouvements,
    rangs: Sequence[Row[Any]],
    numeros: Mapping[UUID, str | None],
    societe: ParametresSortie,
    heure: datetime,
) -> Liste:
    """Movements by date, or by article and what they count in, with a running sum; drafts show no number."""
    par_article = demande.ordre == "article"
    colonnes = _PAR_ARTICLE if par_article else _MOUVEMENT

    def ligne(rang: Row[Any]) -> tuple[Valeur, ...]:
        return tuple(
            numeros.get(rang.document) if une.cle == "document" else getattr(rang, une.cle) for une in colonnes
        )

    if par_article:
        groupes = [
            Groupe(
                titre=article,
                precision=f"{premier.designation} ({premier.unite})",
                mot=compte,
                lignes=[ligne(premier), *map(ligne, suite)],
            )
            for (article, compte), suite in groupby(rangs, key=lambda un: (un.article, un.compte))
            for premier in [next(suite)]
        ]
    else:
        groupes = [Groupe(lignes=[ligne(un) for un in rangs])]
    criteres = demande.model_dump(include=set(CriteresMouvements.model_fields))
    if demande.document is not None:
        criteres["document"] = numeros.get(demande.document) or str(demande.document)
    return Liste(
        titre=f"mouvements_par_{demande.ordre}",
        langue=societe.langue,
        societe=societe.nom,
        imprime_le=heure,
        colonnes=colonnes,
        groupes=groupes,
        criteres=_criteres(criteres),
        paysage=True,
    )


def valeur(demande: DemandeValeur, soldes: Sequence[SoldeSortie], societe: ParametresSortie, heure: datetime) -> Liste:
    """What the stock is worth, article by article and dépôt, at one of the two prices."""
    lus = ("article", "designation", "depot", "physique", "unite", demande.prix, f"valeur_{demande.prix}")
    criteres = demande.model_dump(include=set(CriteresStock.model_fields) - {"definitif"})
    if demande.definitif:
        criteres["genre"] = "definitif"
    return Liste(
        titre=f"valeur_{demande.prix}",
        langue=societe.langue,
        societe=societe.nom,
        imprime_le=heure,
        colonnes=_VALEUR,
        groupes=[Groupe(lignes=[tuple(getattr(un, nom) for nom in lus) for un in soldes])],
        criteres=_criteres(criteres),
    )


def _criteres(demandes: Mapping[str, Any]) -> list[Critere]:
    return [
        Critere(cle=cle, valeur=valeur, sorte=_SORTES.get(cle, "texte"))
        for cle, valeur in demandes.items()
        if valeur is not None
    ]
