"""Settings of a till, from the environment or a TOML file; the environment wins. The key is in no text made of them."""

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from aurore_magasin.erreurs import ErreurCaisse

PREFIXE = "AURORE_MAGASIN_"
FICHIER = "aurore-magasin.toml"
"""Looked for in the current directory unless `AURORE_MAGASIN_REGLAGES` names another."""
UN_JOUR = 86_400
NOMS = ("url", "magasin", "cle", "cle_fichier", "boite", "delai", "attente", "patience")


class ReglagesRefuses(ErreurCaisse):
    """A setting is missing or cannot be used."""


@dataclass(frozen=True, slots=True)
class Reglages:
    """What a till needs to know."""

    magasin: str
    boite: Path
    url: str | None = None
    cle: str | None = field(default=None, repr=False)
    delai: float = 60.0
    """Seconds that one request may take."""
    attente: float = 1.0
    """Seconds before the first new try; each further wait is up to twice as long."""
    patience: float = 300.0
    """Seconds that new tries go on without any answer before giving up for now."""

    def acces(self) -> tuple[str, str]:
        """Address and key; raises `ReglagesRefuses` where one is missing."""
        if self.url is None:
            raise ReglagesRefuses(f"L'adresse du serveur manque : {_ou('url')}, par exemple https://aurore.exemple.be.")
        if self.cle is None:
            raise ReglagesRefuses(
                f"La clé du magasin manque : {_ou('cle')}, ou {_ou('cle_fichier')} qui nomme un fichier où elle est "
                "seule. Elle vous est donnée par le bureau (aurore cle creer --portee magasin:CODE)."
            )
        return self.url, self.cle


def lire(environnement: Mapping[str, str] = os.environ) -> tuple[Reglages, list[str]]:
    """The settings, and what is worth a warning about them.

    Raises:
        ReglagesRefuses: one is missing, unknown or cannot be used.
    """
    variables = {nom: valeur for nom in NOMS if (valeur := environnement.get(PREFIXE + nom.upper(), "").strip())}
    choisi = environnement.get(f"{PREFIXE}REGLAGES", "").strip()
    fichier = Path(choisi or FICHIER)
    contenu = _toml(fichier, exige=bool(choisi))
    lus = contenu | variables
    if "cle" in variables or "cle_fichier" in variables:  # one in the environment replaces either in the file
        lus = {nom: une for nom, une in lus.items() if nom not in {"cle", "cle_fichier"} or nom in variables}
    magasin = _magasin(lus.get("magasin"))
    base = Path.home() / ".local" / "state" / "aurore-magasin" / f"{magasin}.sqlite"
    reglages = Reglages(
        magasin,
        _chemin(lus["boite"], fichier, de_l_environnement="boite" in variables) if "boite" in lus else base,
        _url(lus.get("url")),
        _cle(lus, fichier, variables),
        **{nom: _secondes(nom, lus[nom]) for nom in ("delai", "attente", "patience") if nom in lus},
    )
    expose = "cle" in contenu and fichier.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH) and os.name == "posix"
    return reglages, [f"{fichier} contient la clé et d'autres peuvent le lire : chmod 600 {fichier}"] if expose else []


def _ou(nom: str) -> str:
    return f"{PREFIXE}{nom.upper()} ou « {nom} » dans {FICHIER}"


def _toml(fichier: Path, *, exige: bool) -> dict[str, Any]:
    try:
        contenu = tomllib.loads(fichier.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if exige:
            raise ReglagesRefuses(f"Le fichier de réglages {fichier} n'existe pas.") from None
        return {}
    except OSError as erreur:
        raise ReglagesRefuses(f"Le fichier de réglages {fichier} ne peut être lu : {erreur.strerror}.") from None
    except ValueError:  # its text would show the line, and perhaps the key
        raise ReglagesRefuses(
            f'Le fichier de réglages {fichier} n\'est pas du TOML : écrivez nom = "valeur".'
        ) from None
    if inconnus := sorted(contenu.keys() - set(NOMS)):
        raise ReglagesRefuses(f"{fichier} : réglage inconnu {inconnus[0]} ; il y a {', '.join(NOMS)}.")
    return contenu


def _magasin(valeur: Any) -> str:
    if valeur is None:
        raise ReglagesRefuses(f"Le code du magasin manque : {_ou('magasin')}.")
    if not isinstance(valeur, str) or not re.fullmatch(r"[0-9A-Za-z_-]{1,20}", valeur):
        raise ReglagesRefuses("Le code du magasin : 20 lettres, chiffres, - ou _ au plus.")
    return valeur


def _url(valeur: Any) -> str | None:
    if valeur is None:
        return None
    try:
        lue = httpx.URL(str(valeur).rstrip("/").removesuffix("/v1"))
    except httpx.InvalidURL:
        lue = httpx.URL("")
    if lue.scheme not in {"http", "https"} or not lue.host or lue.query or lue.userinfo:
        raise ReglagesRefuses("L'adresse du serveur (url) s'écrit http://… ou https://…, sans rien après le chemin.")
    return str(lue)


def _cle(lus: Mapping[str, Any], fichier: Path, variables: Mapping[str, str]) -> str | None:
    """The key itself; what is wrong with it is said without showing any of it."""
    valeur = lus.get("cle")
    if valeur is None and "cle_fichier" in lus:
        chemin = _chemin(lus["cle_fichier"], fichier, de_l_environnement="cle_fichier" in variables)
        try:
            valeur = chemin.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            raise ReglagesRefuses(f"Le fichier de la clé, {chemin}, ne peut être lu.") from None
    if valeur is not None and (not isinstance(valeur, str) or not re.fullmatch(r"[\x21-\x7e]+", valeur)):
        raise ReglagesRefuses("La clé n'en est pas une : copiez-la telle qu'elle vous a été donnée, d'un seul tenant.")
    return valeur


def _chemin(valeur: Any, fichier: Path, *, de_l_environnement: bool) -> Path:
    """A path as given; one in the file of settings counts from that file."""
    chemin = Path(str(valeur)).expanduser()
    return chemin if de_l_environnement else fichier.parent / chemin


def _secondes(nom: str, valeur: Any) -> float:
    try:
        lues = float(valeur)
    except (TypeError, ValueError):
        lues = -1.0
    if not 0 <= lues <= UN_JOUR:
        raise ReglagesRefuses(f"Le réglage {nom} est un nombre de secondes.")
    return lues
