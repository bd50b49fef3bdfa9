"""The verbs: write a table out, take one in."""

from typing import Any

from anyio import to_thread

from aurore_api.echanges import lecture_csv, lecture_xlsx
from aurore_api.echanges.ecriture_csv import EcritureCsv
from aurore_api.echanges.ecriture_xlsx import EcritureXlsx
from aurore_api.echanges.feuille import Feuille, lire_feuille
from aurore_api.echanges.genres import ECHANGES
from aurore_api.echanges.schemas import DemandeExport, ErreurImport, FormatFichier, GenreEchange, RapportImport
from aurore_api.echanges.tableaux import Tableau
from aurore_api.echanges.valeurs import Ecrite, ecrire
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.guichet import Guichet
from aurore_api.socle.lots import Bilan, Refus, Refuses
from aurore_api.socle.refus_de_lignes import LigneRefusee, LignesRefusees
from aurore_api.socle.textes import detail

SEPARATEURS = ", / ."
"""The decimal separators of a cell, as refusals tell them."""
VALEUR_MAX = 60
"""Most characters of a cell that a report repeats."""
LECTURE = Guichet("fichiers")
"""Files are read one at a time: a workbook is unpacked, packed anew and held whole."""


async def exporter(ctx: Contexte, genre: GenreEchange, demande: DemandeExport) -> bytes:
    """All rows of a kind, in the order of their keys, as a file that an import takes back as it is."""
    echange = ECHANGES[genre]
    colonnes = echange.tableau.colonnes
    ecriture: EcritureCsv | EcritureXlsx = (
        EcritureXlsx(colonnes, genre)
        if demande.format is FormatFichier.XLSX
        else EcritureCsv(colonnes, demande.separateur, demande.encodage)
    )
    async for lignes in echange.lire(ctx):
        cellules = [_cellules(echange.tableau, une) for une in lignes]
        await to_thread.run_sync(ecriture.ajouter, cellules)
    return await to_thread.run_sync(ecriture.finir)


def _cellules(tableau: Tableau, ligne: dict[str, object]) -> list[Ecrite]:
    return [ecrire(colonne, valeur) for colonne, valeur in tableau.valeurs(ligne)]


async def importer(ctx: Contexte, genre: GenreEchange, format_: FormatFichier, contenu: bytes) -> RapportImport:
    """Take in the rows of a file, all or nothing; a dry run does the same, and the request keeps nothing of it.

    Raises:
        FichierRefuse, ColonneInconnue, ColonneRepetee, ColonneCleAbsente: the file cannot be read as a table.
        LignesRefusees: rows cannot be taken; a dry run reports them instead.
    """
    echange, bilan = ECHANGES[genre], Bilan()
    feuille = await LECTURE.passer(lambda: _lire(echange.tableau, format_, contenu, bilan.refuses))
    await echange.importer(ctx, feuille.demandes, bilan)
    if bilan.refuses and not ctx.simulation:
        premiers = bilan.refuses.premiers()
        lignes = [LigneRefusee(un.rang, _colonne(feuille, un), un.code, _valeurs(un)) for un in premiers]
        raise LignesRefusees(bilan.refuses.nombre, lignes)
    return RapportImport(
        genre=genre,
        simulation=ctx.simulation,
        lignes=len(feuille.lignes),
        crees=bilan.crees,
        modifies=bilan.modifies,
        inchanges=bilan.inchanges,
        nombre_erreurs=bilan.refuses.nombre,
        erreurs=[_erreur(ctx, feuille, un) for un in bilan.refuses.premiers()],
    )


def _lire(tableau: Tableau, format_: FormatFichier, contenu: bytes, refuses: Refuses) -> Feuille:
    lignes = (
        lecture_xlsx.lire(contenu) if format_ is FormatFichier.XLSX else lecture_csv.lire(contenu, tableau.par_titre)
    )
    return lire_feuille(tableau, lignes, refuses)


def _colonne(feuille: Feuille, refus: Refus) -> str | None:
    """The column of a refusal by its name; a spreadsheet's letter stands for one that has none."""
    if not refus.chemin:
        return None
    colonne = feuille.tableau.colonne_de(refus.chemin)
    return str(refus.chemin[0]) if colonne is None else colonne.nom


def _valeurs(refus: Refus) -> dict[str, Any]:
    """What the text of a refusal names; cells may have a decimal comma, which schemas do not know of."""
    return {**refus.valeurs, "separateur": SEPARATEURS}


def _erreur(ctx: Contexte, feuille: Feuille, refus: Refus) -> ErreurImport:
    colonne = _colonne(feuille, refus)
    cellule = None if colonne is None else feuille.cellule(refus.rang, colonne)
    return ErreurImport(
        ligne=refus.rang,
        colonne=colonne,
        valeur=None if cellule is None else str(cellule)[:VALEUR_MAX],
        code=refus.code,
        detail=detail(refus.code, ctx.langue, _valeurs(refus)),
    )
