"""Items of a file, checked value by value and complete; what the server knows better (articles, windows) it tells."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aurore_magasin.erreurs import ErreurCaisse
from aurore_magasin.fichiers.decodage import MAXIMUM, Illisible, objets, rangees, texte_de
from aurore_magasin.genres import Champ, Genre
from aurore_magasin.valeurs import Valeur, ValeurRefusee

ERREURS_MONTREES = 20
PROFONDEUR = 3
"""Objects within objects that the contract has at most."""
Objet = dict[str, Any]


class FichierRefuse(ErreurCaisse):
    """A file is not taken, none of it; every reason names its place."""

    def __init__(self, chemin: Path, raisons: list[str]) -> None:
        montrees = raisons[:ERREURS_MONTREES]
        if len(raisons) > len(montrees):
            montrees.append(f"… et {len(raisons) - len(montrees)} autres")
        lignes = "\n".join(f"  {une}" for une in montrees)
        super().__init__(f"{chemin} : rien n'en est pris, il faut d'abord corriger\n{lignes}")
        self.raisons = raisons


@dataclass(frozen=True, slots=True)
class Element:
    """One order, sale, client or day of leftovers, as the contract wants it."""

    reference: str
    version: int | None
    """As the file says; None leaves it to the outbox."""
    contenu: Objet
    """Without its version."""

    @property
    def empreinte(self) -> str:
        """What makes two of them the same content."""
        return hashlib.sha256(canonique(self.contenu).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Lu:
    """A file that can be taken whole."""

    nom: str
    empreinte: str
    elements: list[Element]
    ignorees: list[str]
    """Columns that mean nothing here."""


@dataclass(slots=True)
class _Brut:
    """An item as the file has it: raw values by their column, and where each stands."""

    lieu: str
    tete: dict[str, Any]
    lieux: dict[str, str] = field(default_factory=dict)
    lignes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def canonique(contenu: Any) -> str:
    """One spelling per content."""
    return json.dumps(contenu, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def lire(chemin: Path, genre: Genre) -> Lu:
    """Read a file, CSV or JSON by what it contains.

    Raises:
        FichierRefuse: it cannot be read, or one of its values cannot be taken.
    """
    try:
        if chemin.stat().st_size > MAXIMUM:
            raise FichierRefuse(chemin, [f"il est trop grand ({MAXIMUM // 1_000_000} Mo au plus)"])
        octets = chemin.read_bytes()
    except OSError as erreur:
        raise FichierRefuse(chemin, [f"il ne peut être lu : {erreur.strerror}"]) from None
    lecture = _Lecture(genre)
    try:
        texte = texte_de(octets)
        bruts = lecture.de_json(texte) if texte.lstrip()[:1] in {"[", "{"} else lecture.de_csv(texte)
        elements = [un for brut in bruts if (un := lecture.element(brut))]
    except Illisible as erreur:
        ou = f"ligne {erreur.ligne} : " if erreur.ligne else ""
        raise FichierRefuse(chemin, [*lecture.erreurs, f"{ou}{erreur.raison}"]) from None
    if lecture.erreurs:
        raise FichierRefuse(chemin, lecture.erreurs)
    if not elements:
        raise FichierRefuse(chemin, ["il est vide"])
    return Lu(chemin.name, hashlib.sha256(octets).hexdigest(), elements, sorted(lecture.ignorees))


class _Lecture:
    """The reading of one file: its errors and the columns it does not need."""

    def __init__(self, genre: Genre) -> None:
        self.genre = genre
        self.erreurs: list[str] = []
        self.ignorees: set[str] = set()
        self.vues: dict[str, str] = {}
        self.json = False

    def de_csv(self, texte: str) -> list[_Brut]:
        """Rows with the same key are one item: the head's columns say the same on each row, or nothing."""
        tete = {un.colonne for un in self.genre.tete}
        cles = {un.colonne for un in self.genre.lignes}
        bruts: dict[str, _Brut] = {}
        for rang, rangee in rangees(texte):
            self.ignorees |= rangee.keys() - tete - cles
            lieu = f"ligne {rang}"
            cle = rangee.get(self.genre.cle)
            if cle is None:
                self.erreurs.append(f"{lieu}, colonne {self.genre.cle} : manque")
                continue
            nouveau = cle not in bruts
            if not nouveau and not self.genre.lignes:
                self.erreurs.append(f"{lieu} : {cle} est déjà là ({bruts[cle].lieu})")
            brut = bruts.setdefault(cle, _Brut(lieu, {}))
            for colonne in rangee.keys() & tete:
                self._tete(brut, colonne, rangee[colonne], lieu)
            ligne = {colonne: rangee[colonne] for colonne in cles if colonne in rangee}
            if ligne:
                brut.lignes.append((lieu, ligne))
        return list(bruts.values())

    def _tete(self, brut: _Brut, colonne: str, valeur: str, lieu: str) -> None:
        if brut.tete.setdefault(colonne, valeur) != valeur:
            self.erreurs.append(f"{lieu}, colonne {colonne} : dit autre chose qu'à la {brut.lieux[colonne]}")
        brut.lieux.setdefault(colonne, lieu)

    def de_json(self, texte: str) -> list[_Brut]:
        """Objects as the contract has them."""
        self.json = True
        tete = {un.chemin: un.colonne for un in self.genre.tete}
        lignes = {un.chemin: un.colonne for un in self.genre.lignes}
        bruts = []
        for rang, objet in enumerate(objets(texte, self.genre.nom), 1):
            lieu = f"élément {rang}"
            if not isinstance(objet, dict):
                self.erreurs.append(f"{lieu} : un objet {{…}} est attendu")
                continue
            brut = _Brut(lieu, {})
            reste = dict(objet)
            for sorte, ligne in enumerate(self._lignes(reste.pop("lignes", None), lieu)):
                ou = f"{lieu}, lignes[{sorte}]"
                brut.lignes.append((ou, self._aplatir(ligne, lignes, ou)))
            brut.tete = self._aplatir(reste, tete, lieu)
            bruts.append(brut)
        return bruts

    def _lignes(self, lignes: Any, lieu: str) -> list[Objet]:
        if lignes is None:
            return []
        if self.genre.lignes and isinstance(lignes, list) and all(isinstance(une, dict) for une in lignes):
            return lignes
        self.erreurs.append(
            f"{lieu}, champ lignes : {'une liste [{…}] est attendue' if self.genre.lignes else 'inconnu'}"
        )
        return []

    def _aplatir(self, objet: Objet, connus: dict[tuple[str, ...], str], lieu: str) -> dict[str, Any]:
        """Values under their columns; null and empty text say nothing, as an empty cell does."""
        plats = {}
        for chemin, valeur in _feuilles(objet):
            if valeur is None or valeur == "":
                continue
            if chemin in connus:
                plats[connus[chemin]] = valeur
            else:
                self.erreurs.append(f"{lieu}, champ {'.'.join(chemin)} : inconnu")
        return plats

    def element(self, brut: _Brut) -> Element | None:
        """The item, or None when something is wrong with it, which is noted."""
        avant = len(self.erreurs)
        contenu = self._objet(self.genre.tete, brut.tete, brut.lieu, brut.lieux)
        if self.genre.lignes:
            contenu["lignes"] = [self._objet(self.genre.lignes, ligne, lieu, {}) for lieu, ligne in brut.lignes]
            if not brut.lignes and not contenu.get("annulee"):
                self.erreurs.append(f"{brut.lieu} : il n'y a pas de ligne")
        if len(self.erreurs) > avant:
            return None
        reference, version = str(contenu[self.genre.cle]), contenu.pop("version", None)
        if (deja := self.vues.setdefault(reference, brut.lieu)) != brut.lieu:
            self.erreurs.append(f"{brut.lieu} : {reference} est déjà là ({deja})")
        return Element(reference, version, contenu)

    def _objet(self, champs: tuple[Champ, ...], valeurs: dict[str, Any], lieu: str, lieux: dict[str, str]) -> Objet:
        """The values of one object, read and put where the contract wants them."""
        objet: Objet = {}
        for un in champs:
            nom = f"champ {'.'.join(un.chemin)}" if self.json else f"colonne {un.colonne}"
            ou = f"{lieux.get(un.colonne, lieu)}, {nom}"
            if un.colonne not in valeurs:
                if un.obligatoire:
                    self.erreurs.append(f"{ou} : manque")
                continue
            try:
                _poser(objet, un.chemin, un.lire(valeurs[un.colonne]))
            except ValeurRefusee as erreur:
                self.erreurs.append(f"{ou} : {erreur}")
        return objet


def _poser(objet: Objet, chemin: tuple[str, ...], valeur: Valeur) -> None:
    for nom in chemin[:-1]:
        objet = objet.setdefault(nom, {})
    objet[chemin[-1]] = valeur


def _feuilles(objet: Objet, avant: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for nom, valeur in objet.items():
        if isinstance(valeur, dict) and len(avant) < PROFONDEUR:
            yield from _feuilles(valeur, (*avant, nom))
        else:
            yield (*avant, nom), valeur
