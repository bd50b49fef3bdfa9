"""What a till pushes: `/v1/magasins/{code}/commandes`, `…/clients`."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Request, Response

from aurore_api.magasin.clients import ClientMagasinSortie, FiltreClientsMagasin, LienEntree
from aurore_api.magasin.conflits import ConflitSortie, FiltreConflits, ReglementEntree
from aurore_api.magasin.poussees import BilanPoussee, ClientsPousses, CommandesPoussees, FacturesPoussees, NumeroCaisse
from aurore_api.magasin.routes.chemins import CodeMagasinUrl
from aurore_api.magasin.service import conflits, pousser_clients, reglements
from aurore_api.magasin.service.commandes import COMMANDES
from aurore_api.magasin.service.pousser_pieces import pousser_pieces
from aurore_api.magasin.service.ventes import VENTES
from aurore_api.socle.contexte import Ctx
from aurore_api.socle.pagination import Page, lier_suite
from aurore_api.socle.route import nouveau_routeur
from aurore_api.socle.types import Identifiant

routeur = nouveau_routeur("/magasins/{code}", "magasins")
NumeroUrl = Annotated[NumeroCaisse, Path()]
ConflitUrl = Annotated[Identifiant, Path(alias="id")]


@routeur.post("/commandes", operation_id="pousser_commandes", summary="Push the orders of a till", status_code=207)
async def commandes(ctx: Ctx, code: CodeMagasinUrl, corps: CommandesPoussees) -> BilanPoussee:
    """An outcome per order, in the order sent; one bad order never stops the others (MAG-10 to MAG-14, MAG-26)."""
    return await pousser_pieces(ctx, code, corps, COMMANDES)


@routeur.post(
    "/factures",
    operation_id="pousser_factures",
    summary="Push the sales of a till that are to be invoiced",
    status_code=207,
)
async def factures(ctx: Ctx, code: CodeMagasinUrl, corps: FacturesPoussees) -> BilanPoussee:
    """Each becomes a numbered bordereau that is invoiced at once; none is ever invoiced twice (MAG-17 to MAG-19)."""
    return await pousser_pieces(ctx, code, corps, VENTES)


@routeur.post("/clients", operation_id="pousser_clients_magasin", summary="Push the clients of a till", status_code=207)
async def clients(ctx: Ctx, code: CodeMagasinUrl, corps: ClientsPousses) -> BilanPoussee:
    """New ones are made with a minimal record; later changes are of their delivery only (MAG-16)."""
    return await pousser_clients.pousser_clients(ctx, code, corps)


@routeur.get("/clients", operation_id="lister_clients_magasin", summary="List who a till's clients are here")
async def lister_clients(
    ctx: Ctx,
    code: CodeMagasinUrl,
    filtre: Annotated[FiltreClientsMagasin, Query()],
    request: Request,
    response: Response,
) -> Page[ClientMagasinSortie]:
    """By the till's number."""
    page = await pousser_clients.lister(ctx, code, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.post("/clients/{numero}/lien", operation_id="lier_client_magasin", summary="Say who a till's client is here")
async def lier(ctx: Ctx, code: CodeMagasinUrl, numero: NumeroUrl, corps: LienEntree) -> ClientMagasinSortie:
    """Its orders are of that client from then on; those there are stay as they are."""
    return await pousser_clients.lier(ctx, code, numero, corps)


@routeur.get("/conflits", operation_id="lister_conflits_magasin", summary="List what could not be taken of a till")
async def lister_conflits(
    ctx: Ctx, code: CodeMagasinUrl, filtre: Annotated[FiltreConflits, Query()], request: Request, response: Response
) -> Page[ConflitSortie]:
    """Both versions of each, until someone settles it (MAG-13)."""
    page = await conflits.lister(ctx, code, filtre)
    lier_suite(request, response, page.curseur_suivant)
    return page


@routeur.get("/conflits/{id}", operation_id="lire_conflit_magasin", summary="Read a conflict")
async def lire_conflit(ctx: Ctx, code: CodeMagasinUrl, identifiant: ConflitUrl) -> ConflitSortie:
    """Theirs beside ours."""
    return await conflits.lire(ctx, code, UUID(identifiant))


@routeur.post("/conflits/{id}/reglement", operation_id="regler_conflit_magasin", summary="Settle a conflict")
async def regler(ctx: Ctx, code: CodeMagasinUrl, identifiant: ConflitUrl, corps: ReglementEntree) -> ConflitSortie:
    """Ours stays, theirs is taken where nothing moved on, or it was seen to by hand."""
    return await reglements.regler(ctx, code, UUID(identifiant), corps)
