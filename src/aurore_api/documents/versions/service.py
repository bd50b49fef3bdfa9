"""Open an issued document again, and read what was issued before (DOC-08)."""

from hashlib import sha256
from uuid import UUID

from aurore_api.documents.erreurs import DocumentAbsent
from aurore_api.documents.service.chargement import ouvrir
from aurore_api.documents.service.lire import charger
from aurore_api.documents.service.pdf import nom_de_fichier, original
from aurore_api.documents.sorties import DocumentSortie
from aurore_api.documents.tables_emis import VersionDocument
from aurore_api.documents.versions import requetes
from aurore_api.documents.versions.schemas import ReouvertureEntree, VersionSortie, VersionsSortie
from aurore_api.documents.vue import vers_sortie
from aurore_api.socle.bloc import inserer_en_bloc
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.journal import consigner, ecrit
from aurore_domain.actions import Action


async def rouvrir(ctx: Contexte, identifiant: UUID, entree: ReouvertureEntree) -> DocumentSortie:
    """Let a numbered facture or note de crédit be changed again; what was issued is kept to the byte.

    Printing issues it again. Raises:
        ReouvertureInutile: it has no number, is of a type that is never closed, or is open already.
        DocumentEntame: something follows from it.
        EtatInterdit: it is posted.
    """
    ouvert = await ouvrir(ctx, identifiant, Action.ROUVRIR)
    document = ouvert.document
    version = VersionDocument(
        document=identifiant,
        numero=1 + await requetes.nombre(ctx, identifiant),
        date=document.date,
        emis_le=document.emis_le or document.cree_le,
        reouvert_le=ctx.maintenant,
        motif=entree.motif,
        cle=ctx.cle.id,
        total_htva=document.total_htva,
        total_tvac=document.total_tvac,
        pdf=await original(ctx, document, ouvert.lignes),
    )
    document.reouvert_le = ctx.maintenant
    document.version += 1
    await inserer_en_bloc(ctx, [version])
    await ctx.session.flush()
    apres = vers_sortie(document, ouvert.lignes)
    await consigner(ctx, "document", str(identifiant), "reouverture", ouvert.avant, ecrit(apres))
    ctx.servir_version(document.version)
    return apres


async def lister(ctx: Contexte, identifiant: UUID) -> VersionsSortie:
    """The versions issued before; none for a document that was never reopened."""
    await charger(ctx, identifiant)
    rangs = await requetes.versions(ctx, identifiant)
    return VersionsSortie(data=[VersionSortie.model_validate(un) for un in rangs])


async def lire_pdf(ctx: Contexte, identifiant: UUID, numero: int) -> tuple[bytes | None, str]:
    """The PDF of an earlier version, byte for byte, and its file name; None where the caller's ETag is still good.

    Raises:
        DocumentAbsent: no such document, or no such version of it.
    """
    document, _ = await charger(ctx, identifiant)
    contenu = await requetes.pdf(ctx, identifiant, numero)
    if contenu is None:
        raise DocumentAbsent(ressource="version", cle=str(numero))
    ctx.servir_version(sha256(contenu).hexdigest()[:32])
    nom = nom_de_fichier(document).replace(".pdf", f"-v{numero}.pdf")
    return (None if ctx.est_connue() else contenu), nom
