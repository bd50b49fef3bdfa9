"""The PDF of a document: read only, never numbered here (IMP-15)."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from anyio import to_thread

from aurore_api.catalogue.service import vignettes
from aurore_api.documents.impression import copier_pour_impression, empreintes_des_images, modele_de
from aurore_api.documents.service.lire import charger
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.impression.modele import ModeleDocument
from aurore_api.impression.rendu import MOTEUR, rendre
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte


async def pdf(ctx: Contexte, identifiant: UUID, *, original: bool) -> tuple[bytes | None, str]:
    """The PDF and its file name; None where the caller's ETag is still good.

    A document printed more than once comes marked as a duplicata, unless the original is asked for, which is the same
    to the byte as when it was first issued (IMP-18).
    """
    document, lignes = await charger(ctx, identifiant)
    nom = nom_de_fichier(document)
    modele = await _modele(ctx, document, lignes, duplicata=document.nombre_impressions > 1 and not original)
    ctx.servir_version(_empreinte(modele))
    if ctx.est_connue():
        return None, nom
    return await to_thread.run_sync(rendre, modele), nom


def nom_de_fichier(document: Document) -> str:
    """What a document's PDF is called."""
    return f"{document.type}-{(document.numero_affiche or 'brouillon').replace('/', '-')}.pdf"


async def original(ctx: Contexte, document: Document, lignes: Sequence[LigneDocument]) -> bytes:
    """The PDF of a document as it was issued."""
    modele = await _modele(ctx, document, lignes, duplicata=False)
    return await to_thread.run_sync(rendre, modele)


async def _modele(
    ctx: Contexte, document: Document, lignes: Sequence[LigneDocument], *, duplicata: bool
) -> ModeleDocument:
    copies = document.impression or await copier_pour_impression(ctx, document, lignes, await parametres.lire(ctx))
    logo = await parametres.lire_logo(ctx, copies["emetteur"]["logo"])
    images = await vignettes(ctx, set(empreintes_des_images(copies).values()))
    return modele_de(document, lignes, copies, logo=logo, images=images, duplicata=duplicata)


def _empreinte(modele: ModeleDocument) -> str:
    """What tells this PDF from every other, without drawing it: all that it is drawn from."""
    sans_logo = replace(modele, societe=replace(modele.societe, logo=None))
    images = (sha256(image or b"").digest() for image in (modele.societe.logo, *(une.image for une in modele.lignes)))
    return sha256(b"\0".join((MOTEUR.encode(), repr(sans_logo).encode(), *images))).hexdigest()[:32]
