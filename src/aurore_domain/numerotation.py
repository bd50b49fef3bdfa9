"""Numbers of documents: how they are written, how their counters may be changed, and the payment communication.

Drawing a number belongs to the database; here are the rules around it (DOC-05, DOC-06, PAI-01).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aurore_domain.cycle import TypeDocument
from aurore_domain.erreurs import Conflit, ValeurRefusee

MODELES: Mapping[TypeDocument, str] = {
    TypeDocument.OFFRE_TYPE: "OT{exercice}/{numero:05}",
    TypeDocument.OFFRE: "OF{exercice}/{numero:05}",
    TypeDocument.COMMANDE: "CO{exercice}/{numero:05}",
    TypeDocument.PROFORMA: "PF{exercice}/{numero:05}",
    TypeDocument.BORDEREAU: "BL{exercice}/{numero:05}",
    TypeDocument.RETOUR: "RT{exercice}/{numero:05}",
    TypeDocument.FACTURE: "FA{exercice}/{numero:05}",
    TypeDocument.NOTE_CREDIT: "NC{exercice}/{numero:05}",
    TypeDocument.APPEL_OFFRE: "AO{exercice}/{numero:05}",
    TypeDocument.COMMANDE_FOURNISSEUR: "CF{exercice}/{numero:05}",
    TypeDocument.RECEPTION: "RE{exercice}/{numero:05}",
    TypeDocument.ATTENTE_IMPUTATION: "AI{exercice}/{numero:05}",
}
"""The templates of a new société (TAB-03)."""

CHAMPS = ("{exercice}", "{annee}", "{numero}", "{numero:05}")
"""What a template may hold besides letters, digits, spaces and `-/._#`; the width of `numero` may be 02 to 09."""

_CHAMP = re.compile(r"\{(?:(?P<exercice>exercice)|(?P<annee>annee)|numero(?::0(?P<largeur>[2-9]))?)\}")
_TEXTE = re.compile(r"[A-Za-z0-9 /._#-]*")


class ModeleIllisible(ValeurRefusee):
    """The template holds an unknown field or a character that numbers do not have. Values: `modele`, `champs`."""

    code = "modele_illisible"


class ModeleSansNumero(ValeurRefusee):
    """The template must hold the number, once. Values: `modele`."""

    code = "modele_sans_numero"


class ModeleSansExercice(ValeurRefusee):
    """Without `{exercice}` or `{annee}` two years would give the same number. Values: `modele`."""

    code = "modele_sans_exercice"


class NumeroEnUsage(Conflit):
    """A counter cannot go below a number in use. Values: `dernier`, `dernier_utilise`."""

    code = "numero_en_usage"


class DateAvantDerniere(Conflit):
    """The date lies before that of the last numbered document (DOC-06). Values: `date`, `derniere`."""

    code = "date_avant_derniere"


class DateApresSuivante(Conflit):
    """A document issued again is dated after one that follows it by number (DOC-06). Values: `date`, `suivante`."""

    code = "date_apres_suivante"


class NumeroTropGrand(Conflit):
    """The structured communication has room for 999 999 numbers per exercice. Values: `numero`."""

    code = "numero_trop_grand"


@dataclass(frozen=True, slots=True)
class Trou:
    """Numbers `du` to `au`, both included, that will never be given and are declared as such."""

    du: int
    au: int


def exiger_chronologie(jour: date, *, apres: date | None, avant: date | None) -> None:
    """Hold a number's date between those of the numbers around it; raises `DateAvantDerniere`, `DateApresSuivante`."""
    if apres is not None and jour < apres:
        raise DateAvantDerniere(pointeur="#/date", date=jour, derniere=apres)
    if avant is not None and jour > avant:
        raise DateApresSuivante(pointeur="#/date", date=jour, suivante=avant)


def verifier_modele(modele: str) -> None:
    """Refuse a template that cannot be read or whose numbers would not be unique.

    Raises `ModeleIllisible`, `ModeleSansNumero`, `ModeleSansExercice`.
    """
    if not _TEXTE.fullmatch(_CHAMP.sub("", modele)):
        raise ModeleIllisible(pointeur="#/modele", modele=modele, champs=CHAMPS)
    champs = list(_CHAMP.finditer(modele))
    datants = [champ for champ in champs if champ["exercice"] or champ["annee"]]
    if len(champs) - len(datants) != 1:
        raise ModeleSansNumero(pointeur="#/modele", modele=modele)
    if not datants:
        raise ModeleSansExercice(pointeur="#/modele", modele=modele)


def numero_affiche(modele: str, *, exercice: str, annee: int, numero: int) -> str:
    """Return the number as people read it. `exercice` is the code of the year, `annee` the calendar year it ends in.

    Raises what `verifier_modele` raises. A number wider than its field is written in full.
    """
    verifier_modele(modele)

    def remplacer(champ: re.Match[str]) -> str:
        if champ["exercice"]:
            return exercice
        if champ["annee"]:
            return str(annee)
        return str(numero).zfill(int(champ["largeur"] or 1))

    return _CHAMP.sub(remplacer, modele)


def dernier_utilise(dernier: int, trous: Iterable[Trou]) -> int:
    """Return the greatest number ever given: the counter's last one, below the gaps that were declared up to it."""
    debuts = {trou.au: trou.du for trou in trous}
    while dernier in debuts:
        dernier = debuts[dernier] - 1
    return dernier


def changer_dernier(nouveau: int, *, dernier: int, trous: Sequence[Trou]) -> tuple[Trou, ...]:
    """Set a counter that stands at `dernier` to `nouveau`; return the gaps declared then (DOC-05).

    Raised, the numbers left out are a gap more. Lowered, down to the last number ever given, gaps above the new value
    close. Numbers of annulled and erased documents were given. Raises `NumeroEnUsage`.
    """
    utilise = dernier_utilise(dernier, trous)
    if nouveau < utilise:
        raise NumeroEnUsage(pointeur="#/dernier", dernier=nouveau, dernier_utilise=utilise)
    if nouveau > dernier:
        return (*trous, Trou(dernier + 1, nouveau))
    return tuple(Trou(trou.du, min(trou.au, nouveau)) for trou in trous if trou.du <= nouveau)


# Two exercices never end in the same month: year and month of the end tell them apart for a century, and the months
# 13 to 24 tell notes de crédit from factures. Never change these: communications in use would be given again.
_MOIS_EN_PLUS: Mapping[TypeDocument, int] = {TypeDocument.FACTURE: 0, TypeDocument.NOTE_CREDIT: 12}
_NUMERO_MAXIMAL = 999_999
_MODULE = 97


def communication_structuree(type_document: TypeDocument, *, fin_exercice: date, numero: int) -> str | None:
    """Return the communication +++nnn/nnnn/nnnnn+++ of a numbered document, unique in its société (PAI-01).

    Its first ten digits are the year and month in which the exercice ends and the number; the last two are the first
    ten modulo 97, 97 for 0. None for the types that nobody pays by. Raises `NumeroTropGrand`.
    """
    if type_document not in _MOIS_EN_PLUS:
        return None
    if numero > _NUMERO_MAXIMAL:
        raise NumeroTropGrand(numero=numero)
    mois = fin_exercice.month + _MOIS_EN_PLUS[type_document]
    base = f"{fin_exercice.year % 100:02}{mois:02}{numero:06}"
    chiffres = f"{base}{int(base) % _MODULE or _MODULE:02}"
    return f"+++{chiffres[:3]}/{chiffres[3:7]}/{chiffres[7:]}+++"
