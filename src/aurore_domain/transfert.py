"""Splitting a document by transfer: which lines go, with which quantities (TRF-02, TRF-03, TRF-08, CAL-20)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from aurore_domain.cycle import Nature
from aurore_domain.erreurs import ErreurAurore, ValeurRefusee, lever
from aurore_domain.lignes import Genre
from aurore_domain.montants import CENT_POUR_CENT, ZERO, exact
from aurore_domain.restes import LigneSource, Reste, accompagne, compte_en_commande, deja_pris, reste
from aurore_domain.unites import Conversion, Quantite, Saisie, completer, vers_supplementaire


@dataclass(frozen=True, slots=True)
class LigneDemandee:
    """A line asked for by its `ordre`; without a quantity, all that is left of it, and with 0 nothing."""

    ordre: int
    quantite: Decimal | None = None
    quantite_unite_commande: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is asked of one source (TRF-02).

    Without anything, the whole document. With a range, open at either end, all its lines, those listed with their own
    quantities. With a list alone, exactly its lines: an empty list is none, None is no list.
    """

    ordre_debut: int | None = None
    ordre_fin: int | None = None
    lignes: Sequence[LigneDemandee] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """Over-delivery allowed, in % of the quantity ordered: the société's, and the articles' own per `ordre`.

    `depassement` allows any quantity. Neither ever counts for returns and credits (TRF-10).
    """

    societe: Decimal = ZERO
    par_ordre: Mapping[int, Decimal] = field(default_factory=dict)
    depassement: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What goes of one line; the quantities are None for lines that only go along."""

    ordre: int
    quantite: Decimal | None
    quantite_unite_commande: Decimal | None
    saisie: Saisie | None


class LigneInconnue(ValeurRefusee):
    """The document has no such line. Values: `ordre`."""

    code = "ligne_inconnue"


class LigneHorsPlage(ValeurRefusee):
    """A listed line lies outside of the range asked for. Values: `ordre`, `ordre_debut`, `ordre_fin`."""

    code = "ligne_hors_plage"


class LigneRepetee(ValeurRefusee):
    """The same line is listed twice. Values: `ordre`."""

    code = "ligne_repetee"


class PlageInversee(ValeurRefusee):
    """The range ends before it begins. Values: `ordre_debut`, `ordre_fin`."""

    code = "plage_inversee"


class LigneSansQuantite(ValeurRefusee):
    """A quantity is asked of a line that has none. Values: `ordre`."""

    code = "ligne_sans_quantite"


class SigneContraire(ValeurRefusee):
    """The quantity asked for has not the sign of its line. Values: `ordre`, `demandee`."""

    code = "signe_contraire"


class QuantiteArrondieAZero(ValeurRefusee):
    """What is asked for converts to nothing of the unit in which the line is counted. Values: `ordre`, `demandee`."""

    code = "quantite_arrondie_a_zero"


class QuantiteDepassee(ValeurRefusee):
    """More than is left (TRF-03). Values: `ordre`, `demandee`, `reste`, `maximum`, `unite` (`base`, `commande`)."""

    code = "quantite_depassee"


class QuantiteCrediteeDepassee(QuantiteDepassee):
    """More than the facture has left to credit (TRF-09); the same values."""

    code = "quantite_creditee_depassee"


class RienATransferer(ValeurRefusee):
    """No line with a quantity goes."""

    code = "rien_a_transferer"


@exact
def abandonner(ligne: LigneSource, part: Part) -> tuple[Decimal, Decimal]:
    """Return how much of a line a part of it gives up, in base and in order unit (TRF-08).

    Of goods of variable weight counted by the piece the weight given up is what was ordered and has not gone, at most:
    ordered = transferred + open + given up holds in the unit that counts (TRF-10).
    """
    deja, _ = deja_pris(ligne, Nature.CONSOMME)
    libre = max(abs(ligne.quantite or ZERO) - abs(deja), ZERO)
    base = part.quantite or ZERO
    return (min(abs(base), libre)).copy_sign(base), part.quantite_unite_commande or ZERO


@exact
def partager(
    lignes: Iterable[LigneSource],
    selection: Selection,
    *,
    nature: Nature = Nature.CONSOMME,
    tolerance: Tolerance | None = None,
    retenues: Mapping[int, Decimal] = MappingProxyType({}),
    pointeur: str = "#",
) -> tuple[Part, ...]:
    """Return what goes of each line, in `ordre` order, into a document that follows by a step of this nature.

    The parts of a line add up to its quantities exactly, the last one takes the rest of both (CAL-20); where pieces
    of variable weight are counted, the pieces do. `retenues` is how much of what is left of a line, by `ordre` and in
    base unit, cannot go (TRF-10). `pointeur` is where `selection` stands in the request.

    Raises, together if several: `LigneInconnue`, `LigneHorsPlage`, `LigneRepetee`, `PlageInversee`,
    `LigneSansQuantite`, `SigneContraire`, `QuantiteArrondieAZero`, `QuantiteDepassee`, `RienATransferer`, and what
    `unites.completer` raises on quantities that contradict each other.
    """
    toutes = sorted(lignes, key=lambda ligne: ligne.ordre)
    rangs = _verifier_selection(toutes, selection, pointeur)
    erreurs: list[ErreurAurore] = []
    parts: list[Part] = []
    chiffree = False
    for ligne in toutes:
        rang = rangs.get(ligne.ordre)
        if rang is None and not _prise_sans_etre_nommee(ligne, selection):
            continue
        demande = LigneDemandee(ligne.ordre) if rang is None else (selection.lignes or ())[rang]
        try:
            part = _part(
                _tenue(ligne, retenues.get(ligne.ordre, ZERO), nature), demande, nature, tolerance or Tolerance()
            )
        except ValeurRefusee as erreur:
            erreurs.append(erreur.sous(f"{pointeur}/lignes/{rang}"))
            continue
        if part is not None:
            parts.append(part)
            chiffree = chiffree or not accompagne(ligne)
    lever(erreurs)
    if not chiffree:
        raise RienATransferer(pointeur=pointeur)
    return tuple(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _LigneTenue:
    """A line of which some of what is left counts as gone."""

    ordre: int
    genre: Genre
    quantite: Decimal | None
    quantite_unite_commande: Decimal | None
    saisie: Saisie | None
    quantite_transferee: Decimal
    quantite_unite_commande_transferee: Decimal
    quantite_retournee: Decimal
    quantite_abandonnee: Decimal
    quantite_unite_commande_abandonnee: Decimal
    conversion: Conversion | None


def _tenue(ligne: LigneSource, retenue: Decimal, nature: Nature) -> LigneSource:
    if not retenue:
        return ligne
    revient = nature is Nature.REFERENCE
    commande = vers_supplementaire(retenue, ligne.conversion) if ligne.conversion else ZERO
    return _LigneTenue(
        ordre=ligne.ordre,
        genre=ligne.genre,
        quantite=ligne.quantite,
        quantite_unite_commande=ligne.quantite_unite_commande,
        saisie=ligne.saisie,
        quantite_transferee=ligne.quantite_transferee + (ZERO if revient else retenue),
        quantite_unite_commande_transferee=ligne.quantite_unite_commande_transferee + (ZERO if revient else commande),
        quantite_retournee=ligne.quantite_retournee + (retenue if revient else ZERO),
        quantite_abandonnee=ligne.quantite_abandonnee,
        quantite_unite_commande_abandonnee=ligne.quantite_unite_commande_abandonnee,
        conversion=ligne.conversion,
    )


def _dans_la_plage(ordre: int, selection: Selection) -> bool:
    debut, fin = selection.ordre_debut, selection.ordre_fin
    return (debut is None or debut <= ordre) and (fin is None or ordre <= fin)


def _prise_sans_etre_nommee(ligne: LigneSource, selection: Selection) -> bool:
    sans_plage = selection.ordre_debut is None and selection.ordre_fin is None
    return _dans_la_plage(ligne.ordre, selection) and not (sans_plage and selection.lignes is not None)


def _verifier_selection(lignes: Sequence[LigneSource], selection: Selection, pointeur: str) -> dict[int, int]:
    """Refuse what names no line; return the rank of each listed `ordre` in the list."""
    plage = {"ordre_debut": selection.ordre_debut, "ordre_fin": selection.ordre_fin}
    if None not in plage.values() and not _dans_la_plage(selection.ordre_debut or 0, selection):
        raise PlageInversee(pointeur=f"{pointeur}/ordre_fin", **plage)
    existants = {ligne.ordre for ligne in lignes}
    erreurs: list[ErreurAurore] = []
    rangs: dict[int, int] = {}
    for rang, demande in enumerate(selection.lignes or ()):
        endroit = f"{pointeur}/lignes/{rang}/ordre"
        if demande.ordre not in existants:
            erreurs.append(LigneInconnue(pointeur=endroit, ordre=demande.ordre))
        elif not _dans_la_plage(demande.ordre, selection):
            erreurs.append(LigneHorsPlage(pointeur=endroit, ordre=demande.ordre, **plage))
        elif rangs.setdefault(demande.ordre, rang) != rang:
            erreurs.append(LigneRepetee(pointeur=endroit, ordre=demande.ordre))
    lever(erreurs)
    return rangs


def _part(ligne: LigneSource, demande: LigneDemandee, nature: Nature, tolerance: Tolerance) -> Part | None:
    """What goes of one line, None for nothing. Pointers are those of the line's fields."""
    demandees = (demande.quantite, demande.quantite_unite_commande)
    entiere = demandees == (None, None)
    if not entiere and not any(demandees):
        return None
    if accompagne(ligne):
        if not entiere:
            raise LigneSansQuantite(pointeur="#/quantite", ordre=ligne.ordre)
        return Part(ligne.ordre, ligne.quantite, ligne.quantite_unite_commande, ligne.saisie)
    disponible = reste(ligne, nature)
    tout = (disponible.quantite, disponible.quantite_unite_commande)
    if entiere:
        return None if disponible.epuisee else Part(ligne.ordre, *tout, ligne.saisie)
    if demandees == tout and None not in tout:
        # Rounding may have left a pair that CAL-03 would refuse: it is the exact rest all the same.
        return Part(ligne.ordre, *tout, "les_deux")
    voulue = _ajuster(completer(*demandees, ligne.conversion), disponible)
    _verifier_signe(ligne, voulue)
    _verifier_arrondi(ligne, voulue, nature)
    _verifier_plafond(ligne, voulue, disponible, nature, tolerance)
    return Part(ligne.ordre, voulue.quantite, voulue.quantite_unite_commande, voulue.saisie)


def _ajuster(voulue: Quantite, disponible: Reste) -> Quantite:
    """Make the converted quantity the exact rest when the typed one is all that is left (CAL-20)."""
    commande, restante = voulue.quantite_unite_commande, disponible.quantite_unite_commande
    if commande is None or restante is None or voulue.saisie == "les_deux":
        return voulue
    if voulue.saisie == "commande":
        return replace(voulue, quantite=disponible.quantite) if commande == restante else voulue
    if voulue.quantite == disponible.quantite:
        return replace(voulue, quantite_unite_commande=restante)
    if abs(voulue.quantite) < abs(disponible.quantite):
        return replace(voulue, quantite_unite_commande=min(commande, restante, key=abs))
    return voulue


def _champ(voulue: Quantite) -> tuple[str, Decimal | None]:
    """The field that was typed and its value: the base quantity where both were."""
    if voulue.saisie == "commande":
        return "#/quantite_unite_commande", voulue.quantite_unite_commande
    return "#/quantite", voulue.quantite


def _verifier_signe(ligne: LigneSource, voulue: Quantite) -> None:
    pointeur, demandee = _champ(voulue)
    if demandee and (demandee < 0) != ((ligne.quantite or ZERO) < 0):
        raise SigneContraire(pointeur=pointeur, ordre=ligne.ordre, demandee=demandee)


def _verifier_arrondi(ligne: LigneSource, voulue: Quantite, nature: Nature) -> None:
    pointeur, demandee = _champ(voulue)
    sans_commande = compte_en_commande(ligne, nature) and voulue.quantite_unite_commande == 0
    if voulue.quantite == 0 or sans_commande:
        raise QuantiteArrondieAZero(pointeur=pointeur, ordre=ligne.ordre, demandee=demandee)


def _verifier_plafond(
    ligne: LigneSource, voulue: Quantite, disponible: Reste, nature: Nature, tolerance: Tolerance
) -> None:
    """Refuse more than what is left and the tolerance on what was ordered, in the unit that counts (TRF-03).

    Of a line counted in order unit, a quantity typed in base unit is held against what is left in both.
    """
    if nature is Nature.COPIE or (nature is Nature.CONSOMME and tolerance.depassement):
        return
    pourcentage = tolerance.par_ordre.get(ligne.ordre, tolerance.societe) if nature is Nature.CONSOMME else ZERO
    deja, deja_commande = deja_pris(ligne, nature)
    base, commande = ligne.quantite or ZERO, ligne.quantite_unite_commande or ZERO
    comptes = [("base", voulue.quantite, base - deja, base)]
    if compte_en_commande(ligne, nature):
        en_commande = voulue.quantite_unite_commande or ZERO
        comptes = [("commande", en_commande, commande - deja_commande, commande)]
        if voulue.saisie == "base":
            comptes.append(("base", voulue.quantite, disponible.quantite, base))
    for unite, demandee, restante, commandee in comptes:
        maximum = restante + commandee * pourcentage / CENT_POUR_CENT
        maximum = max(maximum, ZERO) if commandee >= 0 else min(maximum, ZERO)
        if abs(demandee) > abs(maximum):
            refus = QuantiteCrediteeDepassee if nature is Nature.CREDIT else QuantiteDepassee
            raise refus(
                pointeur=_champ(voulue)[0],
                ordre=ligne.ordre,
                demandee=demandee,
                reste=disponible.quantite if unite == "base" else disponible.quantite_unite_commande,
                maximum=maximum,
                unite=unite,
            )
