"""Standing orders themselves: list, read, create, change, delete (CLI-07)."""

from typing import Any

from sqlmodel import col

from aurore_api.clients.service import clients, verrouiller
from aurore_api.commandes_types import requetes
from aurore_api.commandes_types.schemas import CommandeTypeEntree, CommandeTypeSortie, LigneType
from aurore_api.commandes_types.service import annexes, avertir
from aurore_api.commandes_types.service.articles import verifier_lignes
from aurore_api.commandes_types.service.chargement import RESSOURCE, charger, servir
from aurore_api.commandes_types.tables import CommandeType, LigneCommandeType
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.crud import champs_de, fusionner
from aurore_api.socle.journal import consigner, ecrit
from aurore_api.socle.pagination import Page, Pagination, lire_page
from aurore_api.socle.types import Entree


async def lister(ctx: Contexte, client: str, page: Pagination) -> Page[CommandeTypeSortie]:
    """A page of a client's standing orders, oldest first."""
    await clients.lire(ctx, client)
    modeles, suivant = await lire_page(ctx, requetes.du_client(client), page, ([col(CommandeType.id)], False))
    lignes = await requetes.lignes(ctx, [un.id for un in modeles])
    data = [servir(un, lignes.get(un.id, [])) for un in modeles]
    return Page[CommandeTypeSortie](data=data, curseur_suivant=suivant)


async def lire(ctx: Contexte, client: str, identifiant: int) -> CommandeTypeSortie:
    """One standing order."""
    ligne = await charger(ctx, client, identifiant)
    return servir(ligne, (await requetes.lignes(ctx, [identifiant])).get(identifiant, []))


async def creer(ctx: Contexte, client: str, entree: CommandeTypeEntree) -> CommandeTypeSortie:
    """Store a standing order.

    Raises:
        ErreurAurore: what `articles.verifier_lignes` refuses.
    """
    await verrouiller(ctx, client)
    articles = await verifier_lignes(ctx, entree.lignes)
    ligne = CommandeType(client=client, **_champs(entree))
    ctx.session.add(ligne)
    await ctx.session.flush()
    sortie = servir(ligne, await _ecrire_lignes(ctx, ligne.id, entree.lignes))
    await consigner(ctx, RESSOURCE, str(ligne.id), "creation", None, ecrit(sortie))
    sortie.avertissements = avertir.des_articles(ctx, sortie, articles)
    return sortie


async def changer(ctx: Contexte, client: str, identifiant: int, modification: Entree) -> CommandeTypeSortie:
    """Replace the fields given; lines come all together. Overrides and pauses stay as they are.

    Raises:
        ErreurAurore: what `articles.verifier_lignes` refuses.
    """
    ligne = await charger(ctx, client, identifiant, verrou=True)
    ctx.exiger_version(ligne.version)
    avant = servir(ligne, (await requetes.lignes(ctx, [identifiant])).get(identifiant, []))
    entree = fusionner(CommandeTypeEntree, avant, modification)
    articles = await verifier_lignes(ctx, entree.lignes) if "lignes" in modification.model_fields_set else {}
    for nom, valeur in _champs(entree).items():
        setattr(ligne, nom, valeur)
    apres = avant.model_copy(update={nom: getattr(entree, nom) for nom in CommandeTypeEntree.model_fields})
    if apres != avant:
        ligne.version += 1
        await ctx.session.flush()
        if apres.lignes != avant.lignes:
            await requetes.effacer_lignes(ctx, identifiant)
            await _ecrire_lignes(ctx, identifiant, entree.lignes)
        apres.version = ligne.version
        await consigner(ctx, RESSOURCE, str(identifiant), "modification", ecrit(avant), ecrit(apres))
    retires = {une.article for une in avant.lignes} - {une.article for une in apres.lignes}
    apres.avertissements = avertir.des_articles(ctx, apres, articles)
    apres.avertissements += await avertir.des_exceptions(ctx, ligne, retires)
    return apres


async def effacer(ctx: Contexte, client: str, identifiant: int) -> None:
    """Remove a standing order with its overrides and pauses; the commandes that were made of it stay."""
    ligne = await charger(ctx, client, identifiant, verrou=True)
    ctx.exiger_version(ligne.version)
    avant = servir(ligne, (await requetes.lignes(ctx, [identifiant])).get(identifiant, []))
    for annexe in annexes.TOUTES:
        await annexes.vider(ctx, annexe, identifiant)
    await ctx.session.delete(ligne)
    await ctx.session.flush()
    await consigner(ctx, RESSOURCE, str(identifiant), "suppression", ecrit(avant), None)


def _champs(entree: CommandeTypeEntree) -> dict[str, Any]:
    champs = champs_de(entree)
    del champs["lignes"]
    return champs


async def _ecrire_lignes(ctx: Contexte, identifiant: int, lignes: list[LigneType]) -> list[LigneCommandeType]:
    """Store the lines of a standing order that has none; a weekday without quantity is null."""
    ecrites = [
        LigneCommandeType(
            commande_type=identifiant,
            rang=rang,
            article=une.article,
            unite_commande=une.unite_commande,
            jours=[une.jours.get(jour) for jour in ("1", "2", "3", "4", "5", "6", "7")],
        )
        for rang, une in enumerate(lignes)
    ]
    ctx.session.add_all(ecrites)
    await ctx.session.flush()
    return ecrites
