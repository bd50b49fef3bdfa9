"""The PDF of a document: read only, never numbered here (IMP-15)."""

from uuid import UUID

from anyio import to_thread

from aurore_api.documents import requetes
from aurore_api.documents.impression import copier_pour_impression, corrige, modele_de
from aurore_api.documents.service.lire import charger
from aurore_api.impression.rendu import MOTEUR, rendre
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte


async def pdf(ctx: Contexte, identifiant: UUID, *, original: bool) -> tuple[bytes | None, str]:
    """The PDF and its file name; None where the caller's ETag is still good.

    A document printed more than once comes marked as a duplicata, unless the original is asked for, which is the same
    to the byte as when it was first issued (IMP-18).
    """
    document, lignes = await charger(ctx, identifiant)
    nom = f"{document.type}-{(document.numero_affiche or 'brouillon').replace('/', '-')}.pdf"
    reglages = await parametres.lire(ctx)
    duplicata = document.nombre_impressions > 1 and not original
    ctx.servir_version(f"{document.version}.{reglages.version}.{int(duplicata)}.{MOTEUR}".replace(" ", "-"))
    if ctx.est_connue():
        return None, nom
    copies = document.impression or await copier_pour_impression(ctx, document, reglages)
    corrigees = await requetes.factures_corrigees(ctx, identifiant) if corrige(document) else ()
    logo = await parametres.lire_logo(ctx)
    modele = modele_de(document, lignes, copies, logo=logo, duplicata=duplicata, corrigees=corrigees)
    return await to_thread.run_sync(rendre, modele), nom
