"""The command `aurore`. What it prints is for the operator, in French."""

import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeVar

import httpx
import typer
from pydantic import ValidationError
from rich.console import Console
from sqlalchemy.exc import DBAPIError

from aurore_api import demo as demonstration
from aurore_api.app import creer_app
from aurore_api.contrat import contrat as faire_contrat
from aurore_api.execution import (
    PortRefuse,
    api_passagere,
    base_ouverte,
    mettre_a_jour,
    port_reserve,
    preparer,
    serveur_http,
    travailler,
)
from aurore_api.societes import NOM_PROVISOIRE, PREMIERE, SocieteRefusee, creer_cle, creer_societe
from aurore_api.socle.base import Base
from aurore_api.socle.embarque import ErreurEmbarque
from aurore_api.socle.horloge import maintenant
from aurore_api.socle.migrations import SchemaDecale, exiger_a_jour, migrer
from aurore_api.socle.portees import ADMIN, verifier_portees
from aurore_api.socle.reglages import Reglages, reglages
from aurore_api.verification import rapport
from aurore_api.verification.execution import LIMITE, Bilan, SocieteInconnue, verifier
from aurore_api.verification.lecture import LectureImpossible

application = typer.Typer(help="Aurore Commande : de l'offre à la facture.", no_args_is_help=True, add_completion=False)
societe = typer.Typer(help="Sociétés.", no_args_is_help=True)
cle = typer.Typer(help="Clés d'accès.", no_args_is_help=True)
application.add_typer(societe, name="societe")
application.add_typer(cle, name="cle")
console = Console()
T = TypeVar("T")
IMPOSSIBLE = 2
"""Exit status of `aurore verifier` where it cannot run."""
_DUREE_CLE_DEMO = timedelta(days=30)


@contextmanager
def erreurs_claires(statut: int = 1) -> Iterator[Reglages]:
    """Give the settings; turn what an operator can mend into one line and an exit status."""
    try:
        yield reglages()
    except ValidationError as erreur:
        noms = ", ".join("AURORE_" + "_".join(map(str, une["loc"])).upper() for une in erreur.errors())
        _abandonner(f"Réglage refusé : {noms}.", statut)
    except (ErreurEmbarque, LectureImpossible, PortRefuse, SchemaDecale, SocieteInconnue, SocieteRefusee) as erreur:
        _abandonner(str(erreur), statut)
    except DBAPIError as erreur:
        _abandonner(f"La base de données refuse : {erreur.orig}", statut)
    except (OSError, httpx.TransportError) as erreur:
        _abandonner(f"La base de données, le réseau ou le disque ne répond pas : {erreur}", statut)


def _abandonner(message: str, statut: int = 1) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(statut)


def _sur_la_base(action: Callable[[Base], Awaitable[T]], *, a_jour: bool = True) -> T:
    """Run one action on the database of the settings, which must be up to date unless that is the action."""
    with erreurs_claires() as choisis, base_ouverte(choisis) as adresse:

        async def faire() -> T:
            base = Base(adresse, connexions=2)
            try:
                if a_jour:
                    await mettre_a_jour(choisis, base)
                return await action(base)
            finally:
                await base.fermer()

        return asyncio.run(faire())
    raise typer.Exit(1)


@application.command()
def serve() -> None:
    """Servir l'API, avec la base embarquée si AURORE_DATABASE_URL n'est pas donné."""
    for demande_d_arret in (signal.SIGTERM, signal.SIGINT):
        signal.signal(demande_d_arret, _finir)
    with erreurs_claires() as choisis, port_reserve(choisis) as prise, base_ouverte(choisis) as adresse:
        installation = preparer(choisis, adresse)
        if installation.cle and choisis.cle_initiale is None:
            typer.echo(f"Première clé d'administration, montrée cette seule fois : {installation.cle}")
        typer.echo(f"Aurore Commande : http://{choisis.hote}:{prise.getsockname()[1]}/docs")
        sys.stdout.flush()
        serveur = serveur_http(choisis, adresse)
        serveur.run(sockets=[prise])
        if not serveur.started:
            raise typer.Exit(1)


@application.command()
def worker() -> None:
    """Faire les travaux demandés à l'API ; autant d'ouvriers qu'on veut, sur autant de machines."""
    with erreurs_claires() as choisis, base_ouverte(choisis) as adresse:
        asyncio.run(travailler(choisis, adresse))


def _finir(*_: object) -> None:
    """End as asked, leaving every block on the way: the embedded database is stopped, not abandoned."""
    sys.exit(0)


@application.command(name="migrer")
def migrer_base() -> None:
    """Amener la base de données à la version de ce programme."""
    for schema in _sur_la_base(migrer, a_jour=False):
        typer.echo(f"{schema} : à jour")


@application.command(name="verifier")
def verifier_base(
    societe: Annotated[list[str], typer.Option(help="Code d'une société ; répétable. Toutes sans cela.")] = [],  # noqa: B006 (typer copies it)
    limite: Annotated[int, typer.Option(min=0, help="Différences montrées par contrôle.")] = LIMITE,
    en_json: Annotated[bool, typer.Option("--json", help="Écrire du JSON.")] = False,  # noqa: FBT002 (an option)
) -> None:
    """Recalculer tout ce que la base contient et montrer chaque différence ; ne change rien.

    Statut 0 : aucune différence ; 1 : au moins une ; 2 : la vérification n'a pas pu se faire.
    """
    with erreurs_claires(IMPOSSIBLE) as choisis, base_ouverte(choisis) as adresse:
        bilans = asyncio.run(_verifier(adresse, societe, limite))
        for ligne in [rapport.en_json(bilans)] if en_json else rapport.texte(bilans):
            typer.echo(ligne)
        raise typer.Exit(1 if any(un.ecarts for un in bilans) else 0)


async def _verifier(adresse: str, societes: list[str], limite: int) -> list[Bilan]:
    base = Base(adresse, connexions=2)
    try:
        await exiger_a_jour(base)
        return await verifier(base, societes, limite)
    finally:
        await base.fermer()


@societe.command("creer")
def societe_creer(code: str, nom: Annotated[str, typer.Option(help="Nom qui figure sur les documents.")]) -> None:
    """Créer une société avec les données belges par défaut."""
    _sur_la_base(lambda base: creer_societe(base, code, nom))
    typer.echo(f"Société {code} créée.")


@cle.command("creer")
def cle_creer(
    portee: Annotated[list[str], typer.Option(help="Portée de la clé ; répétable.")],
    societe: Annotated[str, typer.Option(help="Code de la société.")] = PREMIERE,
    libelle: Annotated[str, typer.Option(help="À quoi sert la clé.")] = "Clé",
    expire: Annotated[datetime | None, typer.Option(help="Jour d'expiration.", formats=["%Y-%m-%d"])] = None,
) -> None:
    """Créer une clé et la montrer, cette seule fois."""
    try:
        portees = verifier_portees(portee)
    except ValueError as erreur:
        _abandonner(str(erreur))
    fin = expire.astimezone() if expire else None
    secret = _sur_la_base(lambda base: creer_cle(base, societe, libelle, portees, expire_le=fin))
    typer.echo(secret)


@application.command()
def contrat() -> None:
    """Écrire le contrat OpenAPI sur la sortie standard."""
    app = creer_app(Base("postgresql+asyncpg:///", connexions=2))
    typer.echo(json.dumps(faire_contrat(app), ensure_ascii=False, indent=1))


@application.command()
def demo(dossier: Annotated[Path, typer.Option(help="Où mettre les PDF.")] = Path("demo")) -> None:
    """Jouer quelques jours de boulangerie sur des données d'exemple, par l'API."""
    try:
        dossier.mkdir(parents=True, exist_ok=True)
    except OSError as erreur:
        _abandonner(f"Le dossier {dossier} ne peut être créé : {erreur.strerror}.")
    with erreurs_claires() as choisis, base_ouverte(choisis) as adresse:
        installation = preparer(choisis, adresse)
        secret = installation.cle or asyncio.run(_cle_de_demo(adresse, installation.societe))
        en_tetes = {"authorization": f"Bearer {secret}"}
        with (
            api_passagere(choisis, adresse) as api,
            httpx.Client(base_url=api, headers=en_tetes, timeout=60, trust_env=False) as client,
        ):
            try:
                demonstration.jouer(client, dossier, console, NOM_PROVISOIRE)
            except (demonstration.AppelRefuse, demonstration.CaisseEnPanne, demonstration.SocieteOccupee) as refus:
                _abandonner(str(refus))
        publique = f"http://{choisis.hote}:{choisis.port}"
        typer.echo(f"Clé d'administration : {secret}\n")
        typer.echo(f"Pour continuer : make serve, qui sert la même base sur {publique} (documentation : /docs), puis")
        typer.echo(f"  curl -H 'Authorization: Bearer {secret}' '{publique}/v1/documents?type=facture&limite=3'")


async def _cle_de_demo(adresse: str, societe: str) -> str:
    base = Base(adresse, connexions=2)
    try:
        return await creer_cle(base, societe, "Démonstration", [ADMIN], expire_le=maintenant() + _DUREE_CLE_DEMO)
    finally:
        await base.fermer()


@application.callback()
def _principale() -> None:
    """Aurore Commande."""
