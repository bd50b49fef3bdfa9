"""Write lists of the stock out as files (MVT-04)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import starmap
from typing import Any

from anyio import to_thread

from aurore_api.documents.service.lire import numeros_affiches
from aurore_api.echanges.colonnes import Colonne, Sorte
from aurore_api.echanges.ecriture_csv import EcritureCsv
from aurore_api.echanges.ecriture_xlsx import EcritureXlsx
from aurore_api.echanges.valeurs import Ecrite
from aurore_api.impression.listes.rendu import rendre_liste
from aurore_api.listes_stock import papier
from aurore_api.listes_stock.erreurs import ListeDemesuree
from aurore_api.listes_stock.schemas import DemandeListe, DemandeMouvements, DemandeValeur, FormatListe
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.guichet import Guichet
from aurore_api.stock.consultation import lignes_de_liste, tous_les_soldes
from aurore_domain.montants import arrondir
from aurore_domain.valorisation import DECIMALES_PAMP_VISIBLES

LIGNES_MAX = 100_000
LIGNES_PDF_MAX = 20_000
"""Some 700 pages."""
DESSIN = Guichet("listes_pdf")
_MOUVEMENTS: dict[str, Sorte] = {
    "date": "jour",
    "article": "texte",
    "designation": "texte",
    "depot": "texte",
    "compte": "texte",
    "genre": "texte",
    "quantite": "decimal",
    "unite": "texte",
    "prix": "decimal",
    "client": "texte",
    "fournisseur": "texte",
    "document": "texte",
    "motif": "texte",
}
_VALEUR: dict[str, Sorte] = {
    "article": "texte",
    "designation": "texte",
    "depot": "texte",
    "physique": "decimal",
    "unite": "texte",
    "prix": "decimal",
    "valeur": "decimal",
}


async def mouvements(ctx: Contexte, demande: DemandeMouvements) -> bytes:
    """The movements that a filter lets through, with the number of their document; drafts have none.

    Raises:
        ListeDemesuree: there are more than a file takes.
    """
    maximum = _maximum(demande)
    rangs = await lignes_de_liste(ctx, demande, par_article=demande.ordre == "article", maximum=maximum)
    _limiter(rangs, maximum)
    numeros = await numeros_affiches(ctx, {un.document for un in rangs if un.document is not None})
    if demande.format is FormatListe.PDF:
        societe = await parametres.lire(ctx)
        return await DESSIN.passer(
            lambda: rendre_liste(papier.mouvements(demande, rangs, numeros, societe, ctx.heure_locale))
        )
    colonnes = _MOUVEMENTS | ({"cumul": "decimal"} if demande.ordre == "article" else {})
    lignes = (
        [
            numeros.get(valeur) if nom == "document" else _cellule(nom, valeur)
            for nom, valeur in zip(colonnes, un, strict=True)
        ]
        for un in rangs
    )
    return await to_thread.run_sync(_fichier, demande, colonnes, lignes, "mouvements")


async def valeur(ctx: Contexte, demande: DemandeValeur) -> bytes:
    """What the stock is worth, article by article and dépôt, and in all in the last row.

    Raises:
        ListeDemesuree: there is more than a PDF takes.
    """
    soldes = await tous_les_soldes(ctx, demande)
    if demande.format is FormatListe.PDF:
        _limiter(soldes, LIGNES_PDF_MAX)
        societe = await parametres.lire(ctx)
        return await DESSIN.passer(lambda: rendre_liste(papier.valeur(demande, soldes, societe, ctx.heure_locale)))
    lignes: list[list[Ecrite]] = []
    total = Decimal(0)
    for un in soldes:
        vaut: Decimal = getattr(un, f"valeur_{demande.prix}")
        total += vaut
        prix = _cellule("prix", getattr(un, demande.prix))
        physique = _cellule("physique", un.physique)
        lignes.append([un.article, un.designation, un.depot, physique, un.unite, prix, vaut])
    lignes.append(["", "Total", "", None, "", None, arrondir(total)])
    return await to_thread.run_sync(_fichier, demande, _VALEUR, lignes, "valeur")


def _maximum(demande: DemandeListe) -> int:
    return LIGNES_PDF_MAX if demande.format is FormatListe.PDF else LIGNES_MAX


def _limiter(rangs: Sequence[Any], maximum: int) -> None:
    if len(rangs) > maximum:
        raise ListeDemesuree(maximum=maximum)


def _cellule(nom: str, valeur: Ecrite) -> Ecrite:
    """A value as it is printed: prices to 4 decimals, quantities without zeros at their end."""
    if not isinstance(valeur, Decimal):
        return None if valeur is None else valeur
    return arrondir(valeur, DECIMALES_PAMP_VISIBLES) if nom == "prix" else Decimal(f"{valeur.normalize():f}")


def _fichier(
    demande: DemandeListe, colonnes: dict[str, Sorte], lignes: Iterable[Sequence[Ecrite]], titre: str
) -> bytes:
    toutes = list(starmap(_colonne, colonnes.items()))
    ecriture: EcritureCsv | EcritureXlsx = (
        EcritureXlsx(toutes, titre)
        if demande.format is FormatListe.XLSX
        else EcritureCsv(toutes, demande.separateur, demande.encodage)
    )
    ecriture.ajouter(lignes)
    return ecriture.finir()


def _colonne(nom: str, sorte: Sorte) -> Colonne:
    return Colonne(nom, (nom,), sorte, nulle=True)
