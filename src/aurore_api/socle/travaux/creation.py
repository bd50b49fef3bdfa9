"""Asking for a job, and its dry run: the same functions in one transaction that is rolled back (API-08)."""

from uuid_utils.compat import uuid7

from aurore_api.socle.contexte import Contexte
from aurore_api.socle.travaux.evenements import consigner_travail
from aurore_api.socle.travaux.file import Lieu, enfiler
from aurore_api.socle.travaux.genres import Genre, Issue, Objet, P
from aurore_api.socle.travaux.problemes import probleme_de
from aurore_api.socle.travaux.tables import Travail


async def creer(ctx: Contexte, genre: Genre[P], parametres: P, portee: str) -> Travail:
    """Store a job and put it into the queue, both with the request's transaction.

    `portee` is the scope of the operation that asks: it also lets see and cancel the job.
    """
    travail = Travail(
        id=uuid7(),
        genre=genre.nom,
        portee=portee,
        parametres=parametres.model_dump(mode="json"),
        langue=ctx.langue,
        cle=ctx.cle.id,
        requete=ctx.requete_id,
        cree_le=ctx.maintenant,
    )
    ctx.session.add(travail)
    await ctx.session.flush()
    await consigner_travail(ctx, "creation", None, travail)
    await enfiler(ctx.session, Lieu(ctx.cle.schema, travail.id))
    return travail


async def simuler(ctx: Contexte, genre: Genre[P], parametres: P) -> Objet | None:
    """What a job would answer: everything is done in the request's transaction, which keeps none of it."""
    ctx.simulation = True
    plan = await genre.planifier(ctx, parametres)
    issues = []
    for etape in plan.etapes:
        try:
            async with ctx.session.begin_nested():
                issues.append(Issue(etape.nom, await genre.executer(ctx, parametres, etape), None))
        except Exception as erreur:  # noqa: BLE001 (told of the item, as the run does, or raised again)
            probleme = probleme_de(erreur, ctx.langue, f"{genre.nom} {etape.nom}")
            issues.append(Issue(etape.nom, None, probleme.model_dump(mode="json")))
    return await genre.conclure(ctx, parametres, plan.constat, issues)
