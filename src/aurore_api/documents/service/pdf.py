"""The PDF of a document: read only, never numbered here (IMP-15)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from uuid import UUID

from anyio import to_thread

from aurore_api.catalogue.service import vignettes
from aurore_api.documents import requetes
from aurore_api.documents.erreurs import SansPrixImpossible
from aurore_api.documents.impression import (
    PRIX_FACULTATIFS,
    copier_pour_impression,
    empreintes_des_images,
    modele_de,
)
from aurore_api.documents.service.lire import charger
from aurore_api.documents.tables import Document, LigneDocument
from aurore_api.impression.libelles import libelles
from aurore_api.impression.modele import ModeleDocument
from aurore_api.impression.rendu import MOTEUR, rendre, rendre_ensemble
from aurore_api.parametres import service as parametres
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.guichet import Guichet

_ENSEMBLES = Guichet("ensembles_de_documents")


async def pdf(
    ctx: Contexte, identifiant: UUID, *, original: bool, prix: bool | None = None
) -> tuple[bytes | None, str]:
    """The PDF and its file name; None where the caller's ETag is still good.

    A document printed more than once comes marked as a duplicata, unless the original is asked for, which is the same
    to the byte as when it was first issued (IMP-18). `prix` prints a bordereau with or without prices, whatever its
    client wants (IMP-11).

    Raises:
        SansPrixImpossible: the prices of a document of this type are not left out.
    """
    document, lignes = await charger(ctx, identifiant)
    if prix is False and document.type not in PRIX_FACULTATIFS:
        raise SansPrixImpossible(pointeur="?prix")
    nom = nom_de_fichier(document)
    modele = await _modele(ctx, document, lignes, duplicata=document.nombre_impressions > 1 and not original)
    if prix is not None and document.type in PRIX_FACULTATIFS:
        modele = replace(modele, sans_prix=not prix)
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


async def ensemble(ctx: Contexte, copies: Mapping[UUID, int], *, titre: str, emis_le: datetime) -> bytes | None:
    """One PDF of numbered documents in this order, each in so many marked copies, as they were issued.

    None where the caller's ETag is still good. A constant number of statements; drawn one at a time. `titre` is a key
    of the form's titles.
    """
    documents = {un.id: un for un in await requetes.lire(ctx, copies)}
    lignes = await requetes.lignes(ctx, documents)
    reglages = await parametres.lire(ctx)
    modeles: list[ModeleDocument] = []
    logos: dict[str | None, bytes | None] = {}
    for identifiant, combien in copies.items():
        document = documents[identifiant]
        gardees = document.impression or {}
        empreinte = gardees["emetteur"]["logo"]
        if empreinte not in logos:
            logos[empreinte] = await parametres.lire_logo(ctx, empreinte)
        modele = modele_de(document, lignes[identifiant], gardees, logo=logos[empreinte], images={}, duplicata=False)
        rangs = [None] if combien == 1 else [(rang, combien) for rang in range(1, combien + 1)]
        modeles += [replace(modele, exemplaire=rang) for rang in rangs]
    ctx.servir_version(sha256("".join(_empreinte(un) for un in modeles).encode()).hexdigest()[:32])
    if ctx.est_connue():
        return None
    nom = libelles(reglages.langue)(f"titre.{titre}")
    dessiner = partial(rendre_ensemble, modeles, titre_du_fichier=nom, langue=reglages.langue, emis_le=emis_le)
    return await _ENSEMBLES.passer(dessiner)


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
