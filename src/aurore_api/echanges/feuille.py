"""A file as a table: its headings found among the columns, its rows with their numbers, its keys told apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pydantic_core import PydanticUndefined

from aurore_api.echanges.colonnes import lettre, plier, rang_de
from aurore_api.echanges.erreurs import (
    CelluleEnErreur,
    CelluleSansColonne,
    CleRepetee,
    ColonneCleAbsente,
    ColonneInconnue,
    ColonneRepetee,
    EnTeteAbsent,
    LignesVidesEnTrop,
    TropDeColonnes,
    TropDeLignes,
)
from aurore_api.echanges.limites import COLONNES_MAX, LIGNES_MAX
from aurore_api.echanges.marques import demarquer
from aurore_api.echanges.tableaux import Tableau
from aurore_api.echanges.valeurs import ABSENTE, Cellule, Fautive, comparable, lire, vide
from aurore_api.socle.lots import Cle, Demande, Refuses
from aurore_domain.erreurs import ErreurAurore, lever


@dataclass(slots=True)
class Feuille:
    """The table of a file, as far as it can be read."""

    tableau: Tableau
    places: dict[str, int]
    """Where its columns stand, from 0, by their names."""
    lignes: dict[int, Sequence[Cellule]] = field(default_factory=dict)
    """The rows that are not empty, by their number in a spreadsheet: the headings are row 1."""
    demandes: list[Demande] = field(default_factory=list)

    def cellule(self, rang: int, colonne: str) -> Cellule:
        """What stands in a row, under the name of a column or under a spreadsheet's letter."""
        place = rang_de(colonne) if colonne.isupper() else self.places.get(colonne)
        return None if place is None or rang not in self.lignes else _a(self.lignes[rang], place)


def _a(ligne: Sequence[Cellule], place: int) -> Cellule:
    """A cell; rows may end before the last heading."""
    return ligne[place] if place < len(ligne) else None


def lire_feuille(tableau: Tableau, lignes: Iterator[Sequence[Cellule]], refuses: Refuses) -> Feuille:
    """Read a table; what is wrong with keys and places of cells is added to `refuses`.

    Raises:
        EnTeteAbsent, ColonneInconnue, ColonneRepetee, ColonneCleAbsente: the first row does not name the columns.
        TropDeLignes, LignesVidesEnTrop, TropDeColonnes: it is larger than what is taken.
    """
    titres = next(lignes, ())
    if all(vide(un) for un in titres):
        raise EnTeteAbsent(pointeur="#/1")
    if len(titres) > COLONNES_MAX:
        raise TropDeColonnes(pointeur="#/1", maximum=COLONNES_MAX)
    feuille = Feuille(tableau, _places(tableau, titres))
    _ranger(feuille, lignes, refuses)
    return feuille


def _places(tableau: Tableau, titres: Sequence[Cellule]) -> dict[str, int]:
    """Where each column stands."""
    places: dict[str, int] = {}
    erreurs: list[ErreurAurore] = []
    permis = [une.nom for une in tableau.colonnes]
    for place, titre in enumerate(titres):
        if vide(titre):
            continue
        colonne = tableau.par_titre.get(plier(str(titre)))
        if colonne is None:
            erreurs.append(ColonneInconnue(pointeur=f"#/1/{lettre(place)}", permis=permis))
        elif places.setdefault(colonne.nom, place) != place:
            erreurs.append(ColonneRepetee(pointeur=f"#/1/{lettre(place)}", colonne=colonne.nom))
    absentes = [nom for nom in tableau.cle if nom not in places]
    if absentes:
        erreurs.append(ColonneCleAbsente(pointeur="#/1", absentes=absentes))
    lever(erreurs)
    return places


def _ranger(feuille: Feuille, lignes: Iterable[Sequence[Cellule]], refuses: Refuses) -> None:
    """Number the rows, leave the empty ones, and make a demand of each."""
    premieres: dict[Cle, int] = {}
    nommees = set(feuille.places.values())
    donnes = frozenset(une.chemin[0] for une in feuille.tableau.colonnes if une.nom in feuille.places)
    for rang, brute in enumerate(lignes, 2):
        if rang > LIGNES_MAX + 1:
            refus = TropDeLignes if len(feuille.lignes) > LIGNES_MAX // 2 else LignesVidesEnTrop
            raise refus(pointeur="#", maximum=LIGNES_MAX)
        if all(vide(une) for une in brute):
            continue
        ligne = [demarquer(une) if isinstance(une, str) else une for une in brute]
        feuille.lignes[rang] = ligne
        perdue = next((place for place, une in enumerate(ligne) if place not in nommees and not vide(une)), None)
        if perdue is not None:
            refuses.regle(rang, CelluleSansColonne(pointeur=f"#/{lettre(perdue)}"))
        fautives = [nom for nom, place in feuille.places.items() if isinstance(_a(ligne, place), Fautive)]
        for nom in fautives:
            refuses.regle(rang, CelluleEnErreur(pointeur=f"#/{nom}"))
        if fautives:
            continue
        cle = _cle(feuille, ligne)
        if cle[0] is not None and (premiere := premieres.setdefault(cle, rang)) != rang:
            refuses.regle(rang, CleRepetee(pointeur=f"#/{feuille.tableau.cle[-1]}", ligne=premiere))
        else:
            feuille.demandes.append(Demande(rang, cle, donnes, partial(_completer, feuille, ligne)))


def _cle(feuille: Feuille, ligne: Sequence[Cellule]) -> Cle:
    """What the row is known by, as the stored rows have it; nothing but None where a part is missing."""
    parties: list[Any] = []
    for colonne in feuille.tableau.colonnes[: len(feuille.tableau.cle)]:
        partie = lire(colonne, _a(ligne, feuille.places[colonne.nom]))
        if partie is ABSENTE:
            partie = feuille.tableau.schema.model_fields[colonne.nom].get_default()
        if partie is PydanticUndefined:
            return (None,) * len(feuille.tableau.cle)
        parties.append(comparable(colonne, partie))
    return tuple(parties)


def _completer(feuille: Feuille, ligne: Sequence[Cellule], actuels: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the row shall be: its cells over its present state; input of the schema."""
    voulus = dict(actuels or {})
    for colonne in feuille.tableau.colonnes:
        place = feuille.places.get(colonne.nom)
        if place is None:
            continue
        objet = voulus
        for nom in colonne.chemin[:-1]:
            objet[nom] = objet = dict(objet.get(nom) or {})
        champ = colonne.chemin[-1]
        valeur = lire(colonne, _a(ligne, place), objet.get(champ))
        if valeur is ABSENTE:
            objet.pop(champ, None)
        else:
            objet[champ] = valeur
    for chemin in feuille.tableau.facultatifs:
        _annuler_si_vide(voulus, chemin)
    return voulus


def _annuler_si_vide(objet: dict[str, Any], chemin: tuple[str, ...]) -> None:
    """Make an object null of whose fields none has a value."""
    for nom in chemin[:-1]:
        objet = objet.get(nom) or {}
    if chemin[-1] in objet and all(une is None for une in (objet[chemin[-1]] or {}).values()):
        objet[chemin[-1]] = None
