"""The reconciliation of a shop's period as a file."""

from anyio import to_thread

from aurore_api.echanges.colonnes import Colonne
from aurore_api.echanges.ecriture_csv import EcritureCsv
from aurore_api.echanges.ecriture_xlsx import EcritureXlsx
from aurore_api.impression.listes.rendu import rendre_liste
from aurore_api.listes_stock.erreurs import ListeDemesuree
from aurore_api.listes_stock.schemas import FormatListe
from aurore_api.listes_stock.service import DESSIN, LIGNES_PDF_MAX
from aurore_api.magasin.rapprochement import DemandeRapprochement, FiltreRapprochement, RapprochementSortie
from aurore_api.magasin.service import papier_rapprochement as papier
from aurore_api.magasin.service.magasins import magasin as lire_magasin
from aurore_api.magasin.service.rapprochement import rapprocher
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte


async def fichier(ctx: Contexte, code: str, demande: DemandeRapprochement) -> bytes:
    """A PDF to read, or a table with a row per order and sale.

    Raises:
        ListeDemesuree: there are more than a PDF takes.
    """
    rapprochement = await rapprocher(ctx, code, FiltreRapprochement(du=demande.du, au=demande.au))
    if demande.format is not FormatListe.PDF:
        return await to_thread.run_sync(_table, demande, rapprochement)
    if len(rapprochement.commandes) + len(rapprochement.ventes) > LIGNES_PDF_MAX:
        raise ListeDemesuree(maximum=LIGNES_PDF_MAX)
    magasin, societe = await lire_magasin(ctx, code), await parametres.lire(ctx)
    return await DESSIN.passer(
        lambda: rendre_liste(papier.papier(rapprochement, magasin.nom, societe, ctx.heure_locale))
    )


def _table(demande: DemandeRapprochement, rapprochement: RapprochementSortie) -> bytes:
    colonnes = [Colonne(nom, (nom,), sorte, nulle=True) for nom, sorte in papier.COLONNES_FICHIER.items()]
    ecriture: EcritureCsv | EcritureXlsx = (
        EcritureXlsx(colonnes, "rapprochement")
        if demande.format is FormatListe.XLSX
        else EcritureCsv(colonnes, demande.separateur, demande.encodage)
    )
    ecriture.ajouter(papier.lignes(rapprochement))
    return ecriture.finir()
