"""`/v1/documents` and `/v1/transferts`."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import Field

from aurore_api.documents.back_orders.routes import routeur as back_orders
from aurore_api.documents.effacement.routes import routeur as effacements
from aurore_api.documents.filtres import FiltreDocuments
from aurore_api.documents.schemas import (
    ORDRE_MAX,
    AcompteEntree,
    CopieEntree,
    DocumentEntree,
    EnTeteEntree,
    ImpressionEntree,
    LigneEntree,
    TransfertEntree,
)
from aurore_api.documents.service import acomptes, copier, creer, imprimer, lire, modifier, pdf, supprimer, transferer
from aurore_api.documents.service.commandes_ouvertes import commandes_ouvertes
from aurore_api.documents.sorties import Chaine, CommandeOuverte, DocumentResume, DocumentSortie
from aurore_api.documents.versions.routes import routeur as versions
from aurore_api.socle.contexte import Contexte, Ctx
from aurore_api.socle.crud import modification_de
from aurore_api.socle.pagination import Page, Paginer, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import Chiffres, Identifiant, NumeroArticle

EnTeteModification = modification_de(EnTeteEntree, "DocumentModification")
LigneModification = modification_de(LigneEntree, "LigneModification")
AcompteModification = modification_de(AcompteEntree, "AcompteModification")
IdUrl = Annotated[Identifiant, Path(alias="id")]
AcompteUrl = Annotated[Identifiant, Path(alias="acompte")]
OrdreUrl = Annotated[int, Field(ge=1, le=ORDRE_MAX), Chiffres, Path()]
Simulation = Annotated[bool, Query(description="DOC-17: answer what it would give and store nothing")]

InclureStock = Annotated[
    Literal["stock"] | None, Query(description="DOC-17: `stock` also tells what becomes of the stock")
]

documents = nouveau_routeur("/documents", "documents")
transferts = nouveau_routeur("/transferts", "transferts")
articles = nouveau_routeur("/articles", "stock")


@documents.get("", operation_id="lister_documents", summary="List documents")
async def lister_documents(
    ctx: Ctx, filtre: Annotated[FiltreDocuments, Query()], request: Request, response: Response
) -> Page[DocumentResume]:
    """Documents of every type; blocked ones only when asked for (DOC-21)."""
    page = await lire.lister(ctx, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@documents.post("", operation_id="creer_document", summary="Create a document", status_code=201)
async def creer_document(
    ctx: Ctx, corps: DocumentEntree, response: Response, simulation: Simulation = False, inclure: InclureStock = None
) -> DocumentSortie:
    """Header and all lines in one request (DOC-13)."""
    ctx.simulation = simulation
    return _situe(ctx, response, _avec_stock(await creer.creer(ctx, corps), inclure))


@documents.get("/{id}", operation_id="lire_document", summary="Read a document")
async def lire_document(ctx: Ctx, identifiant: IdUrl) -> DocumentSortie:
    """A document, whole."""
    return await lire.lire(ctx, UUID(identifiant))


@documents.patch("/{id}", operation_id="modifier_document", summary="Change a document's header")
async def modifier_document(
    ctx: Ctx,
    identifiant: IdUrl,
    corps: EnTeteModification,  # type: ignore[valid-type]  # made from the header's own fields
    simulation: Simulation = False,
    inclure: InclureStock = None,
) -> DocumentSortie:
    """Fields that are given replace; every figure is computed again."""
    ctx.simulation = simulation
    entree = EnTeteEntree.model_validate(corps.model_dump(exclude_unset=True))  # type: ignore[attr-defined]
    return _avec_stock(await modifier.modifier_entete(ctx, UUID(identifiant), entree), inclure)


@documents.delete("/{id}", operation_id="supprimer_document", summary="Delete or annul a document", status_code=204)
async def supprimer_document(ctx: Ctx, identifiant: IdUrl) -> None:
    """Without a number it is removed, with one annulled; a numbered facture is refused (DOC-09)."""
    await supprimer.supprimer(ctx, UUID(identifiant))


@documents.post("/{id}/lignes", operation_id="ajouter_ligne", summary="Add a line", status_code=201)
async def ajouter_ligne(
    ctx: Ctx, identifiant: IdUrl, corps: LigneEntree, simulation: Simulation = False, inclure: InclureStock = None
) -> DocumentSortie:
    """The document as it is with the line."""
    ctx.simulation = simulation
    return _avec_stock(await modifier.ajouter_lignes(ctx, UUID(identifiant), corps), inclure)


@documents.patch("/{id}/lignes/{ordre}", operation_id="modifier_ligne", summary="Change or move a line")
async def modifier_ligne(
    ctx: Ctx,
    identifiant: IdUrl,
    ordre: OrdreUrl,
    corps: LigneModification,  # type: ignore[valid-type]  # made from the line's own fields
    simulation: Simulation = False,
    inclure: InclureStock = None,
) -> DocumentSortie:
    """Fields that are given replace; another `ordre` moves the line. If-Match names the document's version."""
    ctx.simulation = simulation
    return _avec_stock(await modifier.modifier_ligne(ctx, UUID(identifiant), ordre, corps), inclure)


@documents.delete("/{id}/lignes/{ordre}", operation_id="supprimer_ligne", summary="Remove a line")
async def supprimer_ligne(
    ctx: Ctx, identifiant: IdUrl, ordre: OrdreUrl, simulation: Simulation = False, inclure: InclureStock = None
) -> DocumentSortie:
    """The document as it is without the line. If-Match names the document's version."""
    ctx.simulation = simulation
    return _avec_stock(await modifier.supprimer_ligne(ctx, UUID(identifiant), ordre), inclure)


@documents.post("/{id}/acomptes", operation_id="ajouter_acompte", summary="Add a deposit", status_code=201)
async def ajouter_acompte(
    ctx: Ctx, identifiant: IdUrl, corps: AcompteEntree, simulation: Simulation = False
) -> DocumentSortie:
    """The document as it is with the deposit (DOC-16)."""
    ctx.simulation = simulation
    return await acomptes.ajouter(ctx, UUID(identifiant), corps)


@documents.patch("/{id}/acomptes/{acompte}", operation_id="modifier_acompte", summary="Change a deposit")
async def modifier_acompte(
    ctx: Ctx,
    identifiant: IdUrl,
    acompte: AcompteUrl,
    corps: AcompteModification,  # type: ignore[valid-type]  # made from the deposit's own fields
    simulation: Simulation = False,
) -> DocumentSortie:
    """Fields that are given replace. If-Match names the document's version."""
    ctx.simulation = simulation
    return await acomptes.modifier(ctx, UUID(identifiant), UUID(acompte), corps)


@documents.delete("/{id}/acomptes/{acompte}", operation_id="supprimer_acompte", summary="Remove a deposit")
async def supprimer_acompte(
    ctx: Ctx, identifiant: IdUrl, acompte: AcompteUrl, simulation: Simulation = False
) -> DocumentSortie:
    """The document as it is without it; one that came along goes back. If-Match names the document's version."""
    ctx.simulation = simulation
    return await acomptes.supprimer(ctx, UUID(identifiant), UUID(acompte))


@documents.post("/{id}/copie", operation_id="copier_document", summary="Duplicate a document", status_code=201)
async def copier_document(
    ctx: Ctx, identifiant: IdUrl, corps: CopieEntree, response: Response, simulation: Simulation = False
) -> DocumentSortie:
    """A new document like this one, whatever its state: no number, no links, whole quantities (DOC-15)."""
    ctx.simulation = simulation
    return _situe(ctx, response, await copier.copier(ctx, UUID(identifiant), corps))


@documents.post("/{id}/impression", operation_id="imprimer_document", summary="Number and print a document")
async def imprimer_document(ctx: Ctx, identifiant: IdUrl, corps: ImpressionEntree | None = None) -> DocumentSortie:
    """The first printing gives the number; later ones count the copies (DOC-02)."""
    return await imprimer.imprimer(ctx, UUID(identifiant), corps or ImpressionEntree())


@documents.get("/{id}/chaine", operation_id="lire_chaine", summary="Read the chain a document stands in")
async def lire_chaine(ctx: Ctx, identifiant: IdUrl) -> Chaine:
    """Where every line came from and what it led into (TRF-07)."""
    return await lire.chaine(ctx, UUID(identifiant))


@documents.get(
    "/{id}/pdf",
    operation_id="lire_pdf",
    summary="Read a document's PDF",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def lire_pdf(
    ctx: Ctx,
    identifiant: IdUrl,
    original: Annotated[bool, Query(description="As first issued, although it was printed again")] = False,
    prix: Annotated[
        bool | None, Query(description="IMP-11: a bordereau with or without prices, whatever its client wants")
    ] = None,
) -> Response:
    """A4, in the client's language; a draft while the document has no number (IMP-10). Numbers nothing (IMP-15)."""
    contenu, nom = await pdf.pdf(ctx, UUID(identifiant), original=original, prix=prix)
    if contenu is None:
        return Response(status_code=304)
    return Response(contenu, media_type="application/pdf", headers={"content-disposition": f'inline; filename="{nom}"'})


@transferts.post("", operation_id="transferer", summary="Transfer lines into a following document", status_code=201)
async def transferer_lignes(
    ctx: Ctx, corps: TransfertEntree, response: Response, simulation: Simulation = False, inclure: InclureStock = None
) -> DocumentSortie:
    """From one or several documents into a new or an existing one, all or nothing (TRF-01)."""
    ctx.simulation = simulation
    return _situe(ctx, response, _avec_stock(await transferer.transferer(ctx, corps), inclure))


@articles.get(
    "/{numero}/commandes-ouvertes",
    operation_id="lister_commandes_ouvertes",
    summary="List the open orders of an article",
)
async def lister_commandes_ouvertes(
    ctx: Ctx, numero: Annotated[NumeroArticle, Path()], filtre: Paginer, request: Request, response: Response
) -> Page[CommandeOuverte]:
    """What is left on order of it by clients and from suppliers, line by line, the oldest first (MVT-03)."""
    page = await commandes_ouvertes(ctx, numero, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


def _avec_stock(document: DocumentSortie, inclure: Literal["stock"] | None) -> DocumentSortie:
    """Leave the stock out unless it was asked for: the answer to a change is what reading it gives."""
    if inclure is None:
        document.stock = None
    return document


def _situe(ctx: Contexte, reponse: Response, document: DocumentSortie) -> DocumentSortie:
    if not ctx.simulation:
        reponse.headers["location"] = f"/v1/documents/{document.id}"
    return document


routeur = APIRouter(redirect_slashes=False)
routeur.include_router(documents)
routeur.include_router(versions)
routeur.include_router(back_orders)
routeur.include_router(effacements)
routeur.include_router(transferts)
routeur.include_router(articles)
