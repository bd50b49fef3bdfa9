"""Taking a file into the outbox: whole or not at all, and once, however often it is offered."""

from dataclasses import dataclass, field
from sqlite3 import Connection

from aurore_magasin.boite import Boite, maintenant
from aurore_magasin.erreurs import ErreurCaisse
from aurore_magasin.fichiers import Element, Lu
from aurore_magasin.fichiers.elements import canonique
from aurore_magasin.genres import Genre

MONTREES = 5


class FichierAncien(ErreurCaisse):
    """The very same file came before and something of it has changed since: only people know what is meant."""

    def __init__(self, nom: str, pris_le: str, references: list[str]) -> None:
        super().__init__(
            f"{nom} : ce même fichier a déjà été pris le {pris_le[:10]}, et {liste(references)} a changé depuis. "
            "Rien n'en est pris. S'il dit bien l'état d'aujourd'hui, ajoutez --de-nouveau ; sinon ne faites rien."
        )


class VersionsIncoherentes(ErreurCaisse):
    """A file gives a version that is in the outbox already, with another content (MAG-12)."""

    def __init__(self, nom: str, references: list[str]) -> None:
        super().__init__(
            f"{nom} : rien n'en est pris ; même version mais autre contenu que ce qui est déjà dans la boîte d'envoi "
            f"pour {liste(references)}. Un changement demande une version plus haute."
        )


@dataclass(slots=True)
class Prise:
    """What taking a file did."""

    nouveaux: int = 0
    inchanges: int = 0
    depasses: list[str] = field(default_factory=list)
    """References of which the file has an older version than the outbox."""
    deja: str | None = None
    """When this very file was taken before, if it was."""


@dataclass(frozen=True, slots=True)
class _Connu:
    version: int
    empreinte: str


def prendre(boite: Boite, genre: Genre, lu: Lu, *, de_nouveau: bool = False) -> Prise:
    """Put what is new of a file into the outbox, in one transaction.

    Versions that the file does not give are given here: one more than the last when the content is another.

    Raises:
        FichierAncien: it was taken before, and what it says is no longer the last; unless `de_nouveau`.
        VersionsIncoherentes: it gives a version that is known with another content.
    """
    with boite.ecriture() as base:
        connus = {un.reference: _dernier(base, genre, un.reference) for un in lu.elements}
        prise = Prise(deja=_deja_pris(base, genre, lu))
        if prise.deja is not None and not de_nouveau:
            changes = [un.reference for un in lu.elements if un.version is None and _change(un, connus[un.reference])]
            if changes:
                raise FichierAncien(lu.nom, prise.deja, changes)
            prise.inchanges = len(lu.elements)
            return prise
        incoherents = [un.reference for un in lu.elements if _incoherent(base, genre, un)]
        if incoherents:
            raise VersionsIncoherentes(lu.nom, incoherents)
        insere = base.execute(
            "INSERT INTO fichiers (genre, empreinte, nom, pris_le) VALUES (?, ?, ?, ?)",
            (genre.nom, lu.empreinte, lu.nom, maintenant()),
        )
        fichier = insere.lastrowid or 0
        for element in lu.elements:
            _ajouter(base, boite, genre, element, connus[element.reference], fichier, prise)
    return prise


def _ajouter(
    base: Connection, boite: Boite, genre: Genre, element: Element, connu: _Connu | None, fichier: int, prise: Prise
) -> None:
    if connu is None:
        version = element.version or (boite.premiere_version if genre.versionne else 1)
    elif element.version is not None and element.version < connu.version:
        prise.depasses.append(element.reference)
        return
    elif not _change(element, connu) and element.version in {None, connu.version}:
        prise.inchanges += 1
        return
    else:
        version = element.version or connu.version + 1
    prise.nouveaux += 1
    contenu = element.contenu | ({"version": version} if genre.versionne else {})
    base.execute(
        "INSERT INTO envois (genre, reference, version, empreinte, contenu, fichier) VALUES (?, ?, ?, ?, ?, ?)",
        (genre.nom, element.reference, version, element.empreinte, canonique(contenu), fichier),
    )


def _dernier(base: Connection, genre: Genre, reference: str) -> _Connu | None:
    trouve = base.execute(
        "SELECT version, empreinte FROM envois WHERE genre = ? AND reference = ? ORDER BY version DESC LIMIT 1",
        (genre.nom, reference),
    ).fetchone()
    return _Connu(*trouve) if trouve else None


def _deja_pris(base: Connection, genre: Genre, lu: Lu) -> str | None:
    trouve = base.execute(
        "SELECT pris_le FROM fichiers WHERE genre = ? AND empreinte = ? ORDER BY id DESC LIMIT 1",
        (genre.nom, lu.empreinte),
    ).fetchone()
    return trouve[0] if trouve else None


def _change(element: Element, connu: _Connu | None) -> bool:
    return connu is None or connu.empreinte != element.empreinte


def _incoherent(base: Connection, genre: Genre, element: Element) -> bool:
    """Whether the version that the file gives was taken with another content."""
    if element.version is None:
        return False
    trouve = base.execute(
        "SELECT empreinte FROM envois WHERE genre = ? AND reference = ? AND version = ?",
        (genre.nom, element.reference, element.version),
    ).fetchone()
    return trouve is not None and trouve[0] != element.empreinte


def liste(references: list[str]) -> str:
    """References for people: the first few, and how many more."""
    autres = len(references) - MONTREES
    return ", ".join(references[:MONTREES]) + (f" et {autres} autres" if autres > 0 else "")
