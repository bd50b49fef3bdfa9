"""The reconciliation of a shop's period as a print model, and as rows of a file (MAG-19, MAG-25)."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from aurore_api.echanges.colonnes import Sorte
from aurore_api.echanges.valeurs import Ecrite
from aurore_api.formats import formats, jour
from aurore_api.impression.libelles import Libelles, libelles
from aurore_api.impression.listes.modele import Colonne, Critere, Groupe, Liste, Valeur
from aurore_api.magasin.rapprochement import (
    CommandeRapprochee,
    ControleDoubles,
    RapprochementSortie,
    SuiteSortie,
    VenteRapprochee,
)
from aurore_api.parametres.schemas import ParametresSortie

_COLONNES = (
    Colonne(cle="reference"),
    Colonne(cle="date", sorte="jour"),
    Colonne(cle="client", souple=True),
    Colonne(cle="document"),
    Colonne(cle="total_tvac", sorte="montant"),
    Colonne(cle="sort", sorte="mot"),
    Colonne(cle="suites", souple=True),
)
COLONNES_FICHIER: dict[str, Sorte] = {
    "genre": "texte",
    "reference": "texte",
    "date": "jour",
    "date_livraison": "jour",
    "reference_commande": "texte",
    "client": "texte",
    "client_nom": "texte",
    "document": "texte",
    "total_tvac": "decimal",
    "sort": "texte",
    "suites": "texte",
    "facture_tvac": "decimal",
}
"""The columns of a file and what they hold."""


def papier(rapprochement: RapprochementSortie, nom: str, societe: ParametresSortie, heure: datetime) -> Liste:
    """What someone looks at first comes first: days that are missing, conflicts, suspects, then all the rest."""
    textes = libelles(societe.langue)
    groupes: list[tuple[str, list[tuple[Valeur, ...]]]] = [
        ("jours_non_couverts", [_trou(un.genre, un.du, un.au) for un in rapprochement.jours_non_couverts]),
        (
            "conflits",
            [
                (un.reference, un.cree_le.date(), None, None, None, un.genre, textes(f"liste_mot.{un.motif}"))
                for un in rapprochement.conflits
            ],
        ),
        ("suspects", list(_suspects(rapprochement))),
        ("ventes", [_piece(une, textes) for une in rapprochement.ventes]),
        ("commandes", [_piece(une, textes) for une in rapprochement.commandes]),
    ]
    return Liste(
        titre="rapprochement",
        sous_titre=f"{nom}, {jour(rapprochement.du)} > {jour(rapprochement.au)}",
        langue=societe.langue,
        societe=societe.nom,
        imprime_le=heure,
        colonnes=_COLONNES,
        groupes=[
            Groupe(titre=textes(f"liste_mot.{cle}"), precision=f"({len(lignes)})", lignes=lignes)
            for cle, lignes in groupes
            if lignes
        ],
        criteres=_criteres(rapprochement, societe.langue),
        paysage=True,
    )


def _criteres(rapprochement: RapprochementSortie, langue: str) -> list[Critere]:
    montant = formats(langue).montant
    bilan, controle = rapprochement.bilan, rapprochement.controle
    return [
        Critere(cle="controle", valeur="conforme" if controle.conforme else "non_conforme", sorte="mot"),
        Critere(cle="compares", valeur=f"{controle.commandes} / {controle.ventes}"),
        *(Critere(cle="facture_deux_fois", valeur=une) for une in _fautes(controle)),
        Critere(cle="total_ventes", valeur=f"{montant(bilan.total_ventes)} EUR"),
        Critere(cle="total_facture", valeur=f"{montant(bilan.total_facture)} EUR"),
    ]


def _fautes(controle: ControleDoubles) -> Iterator[str]:
    for un in controle.doubles:
        yield f"{un.reference} ({', '.join(un.ventes)})"
    for une in controle.surfacturees:
        yield f"{une.reference} ({une.facture_tvac} > {une.total_tvac})"


def _trou(genre: str, du: Valeur, au: Valeur) -> tuple[Valeur, ...]:
    suite = f"> {jour(au)}" if du != au else None  # type: ignore[arg-type]  # both are days
    return (None, du, None, None, None, genre, suite)


def _suspects(rapprochement: RapprochementSortie) -> Iterator[tuple[Valeur, ...]]:
    for groupe in rapprochement.suspects:
        for une in groupe.pieces:
            autres = ", ".join(autre.reference for autre in groupe.pieces if autre is not une)
            yield (une.reference, une.date, groupe.client_nom, None, None, une.genre, f"= {autres}")


def _piece(une: CommandeRapprochee | VenteRapprochee, textes: Libelles) -> tuple[Valeur, ...]:
    suites = [_suite(un, textes) for un in une.suites]
    return (une.reference, une.date, une.client_nom, une.numero_affiche, une.total_tvac, une.sort, ", ".join(suites))


def _suite(suite: SuiteSortie, textes: Libelles) -> str:
    return suite.numero_affiche or textes(f"titre.{suite.type}")


def lignes(rapprochement: RapprochementSortie) -> Sequence[Sequence[Ecrite]]:
    """A row per order and per sale."""
    return [_ligne("commande", une) for une in rapprochement.commandes] + [
        _ligne("facture", une) for une in rapprochement.ventes
    ]


def _ligne(genre: str, une: CommandeRapprochee | VenteRapprochee) -> Sequence[Ecrite]:
    suites = [un.numero_affiche or str(un.type) for un in une.suites]
    factures = [un.montant_tvac for un in une.suites if un.type == "facture"]
    return [
        genre,
        une.reference,
        une.date,
        une.date_livraison if isinstance(une, CommandeRapprochee) else None,
        une.reference_commande if isinstance(une, VenteRapprochee) else None,
        une.client or "",
        une.client_nom or "",
        une.numero_affiche or "",
        une.total_tvac,
        str(une.sort),
        ", ".join(suites),
        sum(factures) if factures else None,
    ]
