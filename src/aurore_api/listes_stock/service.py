"""Write lists of the stock out as files (MVT-04)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import starmap

from anyio import to_thread

from aurore_api.documents.service.lire import numeros_affiches
from aurore_api.echanges.colonnes import Colonne, Sorte
from aurore_api.echanges.ecriture_csv import EcritureCsv
from aurore_api.echanges.ecriture_xlsx import EcritureXlsx
from aurore_api.echanges.schemas import DemandeExport, FormatFichier
from aurore_api.echanges.valeurs import Ecrite
from aurore_api.listes_stock.erreurs import TropDeMouvements
from aurore_api.listes_stock.schemas import DemandeMouvements, DemandeValeur
from aurore_api.socle.contexte import Contexte
from aurore_api.stock.consultation import lignes_de_liste, tous_les_soldes
from aurore_domain.montants import arrondir
from aurore_domain.valorisation import DECIMALES_PAMP_VISIBLES

LIGNES_MAX = 100_000
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
        TropDeMouvements: there are more than a file takes.
    """
    rangs = await lignes_de_liste(ctx, demande, par_article=demande.ordre == "article", maximum=LIGNES_MAX)
    if len(rangs) > LIGNES_MAX:
        raise TropDeMouvements(maximum=LIGNES_MAX)
    numeros = await numeros_affiches(ctx, {un.document for un in rangs if un.document is not None})
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
    """What the stock is worth, article by article and dépôt, and in all in the last row."""
    soldes = await tous_les_soldes(ctx, demande)
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


def _cellule(nom: str, valeur: Ecrite) -> Ecrite:
    """A value as it is printed: prices to 4 decimals, quantities without zeros at their end."""
    if not isinstance(valeur, Decimal):
        return None if valeur is None else valeur
    return arrondir(valeur, DECIMALES_PAMP_VISIBLES) if nom == "prix" else Decimal(f"{valeur.normalize():f}")


def _fichier(
    demande: DemandeExport, colonnes: dict[str, Sorte], lignes: Iterable[Sequence[Ecrite]], titre: str
) -> bytes:
    toutes = list(starmap(_colonne, colonnes.items()))
    ecriture: EcritureCsv | EcritureXlsx = (
        EcritureXlsx(toutes, titre)
        if demande.format is FormatFichier.XLSX
        else EcritureCsv(toutes, demande.separateur, demande.encodage)
    )
    ecriture.ajouter(lignes)
    return ecriture.finir()


def _colonne(nom: str, sorte: Sorte) -> Colonne:
    return Colonne(nom, (nom,), sorte, nulle=True)
