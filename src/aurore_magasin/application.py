"""The command `aurore-magasin`, for the technician of a shop: its texts are French."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from aurore_magasin.affichage import (
    Ecran,
    avertis,
    conseils,
    instant,
    phrases,
    resume,
    table_etat,
    table_format,
    table_remarques,
    table_suivies,
)
from aurore_magasin.bilan import rapprocher
from aurore_magasin.boite import Boite, ouvrir, seul_a_pousser
from aurore_magasin.envoi import FUSEAU, Demande, Envoi, a_voir
from aurore_magasin.erreurs import EnvoiInterrompu, ErreurCaisse
from aurore_magasin.etat import etat as etat_de
from aurore_magasin.etat import histoire
from aurore_magasin.fichiers import lire
from aurore_magasin.genres import GENRES
from aurore_magasin.lots import classer as classer_dans
from aurore_magasin.lots import remettre_en_attente, renumeroter
from aurore_magasin.prise import Prise, prendre
from aurore_magasin.reglages import Reglages
from aurore_magasin.reglages import lire as lire_reglages
from aurore_magasin.reseau import poste
from aurore_magasin.valeurs import ValeurRefusee, jour

_AIDE = """Envoyer à Aurore Commande les commandes, ventes, clients et restes d'un magasin.

« ajouter » prend un fichier de la caisse dans la boîte d'envoi, « pousser » envoie ce qui s'y trouve, « etat » montre
où on en est. Tout peut être coupé à tout moment et recommencé : rien n'est perdu, rien n'est envoyé deux fois.

Réglages, dans le fichier aurore-magasin.toml ou dans l'environnement, qui l'emporte : url, magasin, cle (ou
cle_fichier), boite, delai, attente, patience ; soit AURORE_MAGASIN_URL, AURORE_MAGASIN_MAGASIN, AURORE_MAGASIN_CLE et
ainsi de suite. AURORE_MAGASIN_REGLAGES nomme un autre fichier. La clé ne se donne jamais sur la ligne de commande.

Statut de fin : 0 tout va bien ; 1 il y a quelque chose à corriger ; 2 la commande est mal écrite ; 3 pas de réseau,
relancez plus tard ; 4 tout est envoyé, mais il y a des issues à voir."""
AIDE = "\n\n".join(" ".join(paragraphe.split()) for paragraphe in _AIDE.split("\n\n"))
"""Paragraphs of one line each: the screen breaks them."""
A_VOIR = 4
"""Exit status: all was answered, and somebody has to look at some of it."""
Quoi = StrEnum("Quoi", {nom: nom for nom in GENRES})  # type: ignore[misc] # (made of the kinds there are)
application = typer.Typer(help=AIDE, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
console = Console()


@contextmanager
def erreurs_claires() -> Iterator[None]:
    """What stops a command is one text on the error output, and an exit status."""
    try:
        yield
    except ErreurCaisse as erreur:
        typer.echo(str(erreur), err=True)
        raise typer.Exit(erreur.statut) from None


@contextmanager
def boite_du_magasin() -> Iterator[tuple[Reglages, Boite]]:
    """The settings and the shop's outbox."""
    with erreurs_claires():
        reglages, remarques = lire_reglages()
        for une in remarques:
            typer.echo(f"Attention : {une}", err=True)
        with ouvrir(reglages.boite, reglages.magasin) as boite:
            yield reglages, boite


@application.command()
def ajouter(
    quoi: Annotated[Quoi, typer.Argument(help="Ce que les fichiers contiennent.")],
    fichiers: Annotated[list[Path], typer.Argument(help="Fichiers CSV ou JSON ; voyez « format ».")],
    de_nouveau: Annotated[bool, typer.Option(help="Le même fichier qu'un jour passé dit un nouvel état.")] = False,  # noqa: FBT002
) -> None:
    """Prendre des fichiers dans la boîte d'envoi, chacun en entier ou pas du tout.

    Un fichier déjà pris peut être ajouté encore : rien n'est envoyé deux fois.
    """
    genre = GENRES[quoi.value]
    with boite_du_magasin() as (_, boite):
        for chemin in fichiers:
            lu = lire(chemin, genre)
            if lu.ignorees:
                typer.echo(f"{chemin} : colonnes ignorées : {', '.join(lu.ignorees)}", err=True)
            typer.echo(f"{chemin} : {_phrase(prendre(boite, genre, lu, de_nouveau=de_nouveau))}")


def _phrase(prise: Prise) -> str:
    dits = [f"{prise.nouveaux} à envoyer", f"{prise.inchanges} déjà connus sans changement"]
    if prise.depasses:
        dits.append(
            f"{len(prise.depasses)} plus anciens que ce qui est connu, laissés ({', '.join(prise.depasses[:5])})"
        )
    if prise.deja is not None:
        dits.append(f"ce fichier avait été pris le {instant(prise.deja)}")
    return ", ".join(dits)


@application.command()
def pousser(
    fenetre: Annotated[
        int | None,
        typer.Option(min=0, max=366, help="Jours avant la fin de période que le serveur prend (droit « derogation »)."),
    ] = None,
    date_fin: Annotated[
        str | None, typer.Option(help="Fin de période, 2026-11-23 ou 23/11/2026 ; le jour du serveur sans cela.")
    ] = None,
    patience: Annotated[
        float | None, typer.Option(min=0, help="Secondes d'essais sans réponse avant de remettre à plus tard.")
    ] = None,
) -> None:
    """Envoyer tout ce qui attend, et noter ce que le serveur en a fait.

    Avec --fenetre, ce qui était hors période est envoyé de nouveau.
    """
    with boite_du_magasin() as (reglages, boite), seul_a_pousser(boite.chemin) as seul:
        if not seul:
            raise EnvoiInterrompu("Un autre « aurore-magasin pousser » est déjà en cours ; il envoie tout.")
        demande = Demande(
            reglages.attente, reglages.patience if patience is None else patience, _jour(date_fin), fenetre
        )
        url, cle = reglages.acces()
        if fenetre is not None:
            remettre_en_attente(boite, statut="hors_periode")
        acces, ecran = poste(url, cle, reglages.magasin, reglages.delai), Ecran(console)
        with closing(acces.client), ecran.progres:
            bilan = Envoi(boite, acces, demande, ecran).tout()
        if avec := avertis(ecran.remarques):
            console.print(table_remarques(avec))
        if bilan:
            typer.echo(f"Envoyé : {resume(bilan)}.")
        if a_voir(bilan):
            _montrer_a_voir(boite)
            raise typer.Exit(A_VOIR)


def _jour(ecrit: str | None) -> str | None:
    try:
        return None if ecrit is None else jour(ecrit)
    except ValeurRefusee as erreur:
        raise typer.BadParameter(str(erreur)) from None


def _montrer_a_voir(boite: Boite) -> None:
    suivies = etat_de(boite).a_voir
    if suivies:
        console.print(table_suivies("À voir", suivies))
    for conseil in conseils([une.statut for une in suivies]):
        typer.echo(conseil)


@application.command()
def etat(
    reference: Annotated[str | None, typer.Argument(help="Raconter l'histoire de cette référence.")] = None,
    en_json: Annotated[bool, typer.Option("--json", help="Écrire du JSON.")] = False,  # noqa: FBT002
) -> None:
    """Montrer ce qui attend, ce qui est fait et ce qu'il faut voir ; ne demande pas de réseau."""
    with boite_du_magasin() as (_, boite):
        if reference is not None:
            console.print(table_suivies(reference, histoire(boite, reference)))
            return
        actuel = etat_de(boite)
        if en_json:
            typer.echo(actuel.en_json())
            return
        console.print(table_etat(actuel))
        typer.echo(f"Dernier fichier pris : {instant(actuel.dernier_fichier) or 'aucun'}.")
        typer.echo(f"Dernière réponse du serveur : {instant(actuel.derniere_reponse) or 'aucune'}.")
        _montrer_a_voir(boite)


@application.command()
def rapprochement(
    du: Annotated[str | None, typer.Option(help="Premier jour ; 31 jours avant le dernier sans cela.")] = None,
    au: Annotated[str | None, typer.Option(help="Dernier jour ; aujourd'hui au serveur sans cela.")] = None,
) -> None:
    """Demander au serveur quels jours lui manquent et ce qui attend une décision, et dire quoi faire."""
    debut, fin = _jour(du), _jour(au)
    with boite_du_magasin() as (reglages, boite):
        acces = poste(*reglages.acces(), reglages.magasin, reglages.delai)
        with closing(acces.client):
            envoi = Envoi(boite, acces, Demande(reglages.attente, reglages.patience), Ecran(console))
            heure = envoi.insister(lambda _: acces.heure(), None)
            dernier = date.fromisoformat(fin) if fin else heure.astimezone(FUSEAU).date()
            premier = date.fromisoformat(debut) if debut else dernier - timedelta(days=31)
            bilan = envoi.insister(lambda periode: rapprocher(acces, *periode), (premier, dernier))
        for ligne in phrases(bilan, dernier):
            typer.echo(ligne)
        if bilan.trous or bilan.conflits or not bilan.conforme:
            raise typer.Exit(A_VOIR)


@application.command()
def renvoyer(
    references: Annotated[list[str] | None, typer.Argument(help="Références à renvoyer.")] = None,
    tous: Annotated[bool, typer.Option(help="Renvoyer tout ce qui est à voir.")] = False,  # noqa: FBT002
    version: Annotated[
        int | None, typer.Option(min=1, max=2**53, help="Renvoyer l'unique référence sous cette version plus haute.")
    ] = None,
) -> None:
    """Remettre en attente ce qui n'a pas été pris ; « pousser » l'envoie de nouveau."""
    choisies = references or []
    if bool(choisies) == tous or (version is not None and len(choisies) != 1):
        raise typer.BadParameter("donnez des références, ou --tous ; --version demande une seule référence")
    with boite_du_magasin() as (_, boite):
        remis = remettre_en_attente(boite, choisies) if version is None else renumeroter(boite, choisies[0], version)
        typer.echo(f"{remis} remis en attente.")


@application.command()
def classer(references: Annotated[list[str], typer.Argument(help="Références vues.")]) -> None:
    """Ne plus montrer ces références parmi ce qu'il faut voir ; elles ne sont plus envoyées."""
    with boite_du_magasin() as (_, boite):
        typer.echo(f"{classer_dans(boite, references)} classés.")


@application.command(name="format")
def format_(quoi: Annotated[Quoi, typer.Argument(help="Genre de fichier.")]) -> None:
    """Montrer les colonnes d'un fichier CSV ; en JSON ce sont les champs du contrat."""
    console.print(table_format(GENRES[quoi.value]))
    if GENRES[quoi.value].lignes:
        typer.echo(
            "Une rangée par ligne ; les rangées qui ont la même clé font un tout et n'ont pas à la redire en entier."
        )
    typer.echo("Séparateur ; , ou tabulation. Décimales avec virgule ou point. Dates 2026-11-23 ou 23/11/2026.")


@application.callback()
def _principale() -> None:
    for sortie in (sys.stdout, sys.stderr):
        if hasattr(sortie, "reconfigure"):
            sortie.reconfigure(errors="replace")  # an old Windows screen shows ? rather than an error


_principale.__doc__ = AIDE
