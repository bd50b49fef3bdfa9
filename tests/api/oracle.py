"""Totals computed a second time, in fractions and without any code of the product (CAL-05 to CAL-14)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

TAUX = {"0": 0, "6": 6, "12": 12, "21": 21}
LETTRES = {"cocontractant": "AE", "intracommunautaire": "K", "export": "G", "exonere": "E"}


@dataclass(frozen=True)
class TaxeOracle:
    """A tax as its article has it: so much per base unit without VAT, or %; its VAT code."""

    montant: str | None
    pourcentage: str | None
    code_tva: str
    consigne: bool = False
    """A deposit on a crate: exempt where it bears no VAT (PEP-05)."""


@dataclass(frozen=True)
class LigneOracle:
    """A line as it is typed: quantity, price, discount in %, VAT code; and the taxes it is charged."""

    quantite: str
    prix: str
    remise: str
    code_tva: str
    taxes: tuple[TaxeOracle, ...] = ()
    vidange: bool = False


def cents(valeur: Fraction, unite: int = 100) -> Fraction:
    """Rounded to the cent (or to another part of one), half away from zero."""
    signe = -1 if valeur < 0 else 1
    return signe * Fraction(floor(abs(valeur) * unite + Fraction(1, 2)), unite)


def ecrit(valeur: Fraction) -> str:
    """With 2 decimals."""
    entier = int(valeur * 100)
    signe = "-" if entier < 0 else ""
    return f"{signe}{abs(entier) // 100}.{abs(entier) % 100:02}"


def partage(montant: Fraction, poids: Sequence[Fraction]) -> list[Fraction]:
    """To the cent, largest remainders first, earlier ones first among equals."""
    total = sum(poids)
    exacts = [montant * un / total * 100 for un in poids]
    parts = [floor(un) for un in exacts]
    for rang in sorted(range(len(poids)), key=lambda i: (parts[i] - exacts[i], i))[: int(montant * 100) - sum(parts)]:
        parts[rang] += 1
    return [Fraction(un, 100) for un in parts]


def totaux(
    lignes: Sequence[LigneOracle],
    *,
    categorie: str,
    prix_tvac: bool,
    frais: str,
    escompte: tuple[str, str] | None,
    code_frais: str | None = None,
    acomptes: Sequence[str] = (),
) -> dict[str, object]:
    """What the API must answer as `totaux`; `code_frais` is the VAT code that the way of delivery states, if any."""
    montants = [
        cents(Fraction(une.quantite) * Fraction(une.prix) * (100 - Fraction(une.remise)) / 100) for une in lignes
    ]
    traitements = [_traitement(une.code_tva, categorie, consigne=une.vidange) for une in lignes]
    biens: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for traitement, montant in zip(traitements, montants, strict=True):
        biens[traitement] += montant
    sommes = defaultdict(Fraction, biens)
    for une, montant in zip(lignes, montants, strict=True):
        for taxe in une.taxes:
            traitement = _traitement(taxe.code_tva, categorie, consigne=taxe.consigne)
            sommes[traitement] += _taxe(taxe, une, montant, categorie, prix_tvac=prix_tvac)
    for traitement, part in _parts_des_frais(Fraction(frais), biens, code_frais, categorie):
        sommes[traitement] += part
    deduit = Fraction(0)
    if escompte:
        for traitement, montant in biens.items():
            retenu = cents(montant * Fraction(escompte[1]) / 100)
            sommes[traitement] -= retenu
            deduit += retenu
        if escompte[0] == "conditionnel" and deduit:
            sommes["E", 0] += deduit
    groupes = [_groupe(un, sommes[un], prix_tvac=prix_tvac) for un in sorted(sommes, key=_rang)]
    htva = sum((base for _, _, base, _ in groupes), Fraction(0))
    tva = sum((due for _, _, _, due in groupes), Fraction(0))
    verse = sum(map(Fraction, acomptes), Fraction(0))
    return {
        "htva": ecrit(htva),
        "tva": ecrit(tva),
        "tvac": ecrit(htva + tva),
        "montant_du": ecrit(htva + tva),
        "solde": ecrit(htva + tva - verse),
        "acomptes": ecrit(verse),
        "escompte": ecrit(deduit),
        "frais": ecrit(Fraction(frais)),
        "si_escompte": ecrit(htva + tva - verse - deduit) if escompte and escompte[0] == "conditionnel" else None,
        "par_taux": [
            {"categorie": lettre, "taux": f"{taux}.00", "base": ecrit(base), "tva": ecrit(du)}
            for lettre, taux, base, du in groupes
        ],
    }


def _parts_des_frais(
    frais: Fraction, biens: Mapping[tuple[str, int], Fraction], code: str | None, categorie: str
) -> list[tuple[tuple[str, int], Fraction]]:
    """A charge goes where its way of delivery says, else with the goods (CAL-07)."""
    if code is not None:
        return [(_traitement(code, categorie), frais)] if frais else []
    ports = sorted((un for un, poids in biens.items() if poids > 0), key=_rang)
    return list(zip(ports, partage(frais, [biens[un] for un in ports]), strict=True))


def _taxe(taxe: TaxeOracle, ligne: LigneOracle, montant: Fraction, categorie: str, *, prix_tvac: bool) -> Fraction:
    """What a tax comes to, VAT included where prices are (CAL-06)."""
    propre = 1 + Fraction(_traitement(taxe.code_tva, categorie)[1] if prix_tvac else 0, 100)
    if taxe.montant is not None:
        return cents(Fraction(ligne.quantite) * cents(Fraction(taxe.montant) * propre, 10_000))
    hors = montant / (1 + Fraction(_traitement(ligne.code_tva, categorie)[1] if prix_tvac else 0, 100))
    return cents(hors * Fraction(taxe.pourcentage or 0) / 100 * propre)


def _traitement(code: str, categorie: str, *, consigne: bool = False) -> tuple[str, int]:
    if categorie != "national":
        return LETTRES[categorie], 0
    if consigne and not TAUX[code]:
        return "E", 0
    return ("S" if TAUX[code] else "Z"), TAUX[code]


def _rang(traitement: tuple[str, int]) -> tuple[int, int]:
    return ["S", "Z", "AE", "K", "G", "E"].index(traitement[0]), traitement[1]


def _groupe(traitement: tuple[str, int], somme: Fraction, *, prix_tvac: bool) -> tuple[str, int, Fraction, Fraction]:
    lettre, taux = traitement
    base = cents(somme / (1 + Fraction(taux, 100))) if prix_tvac else somme
    return lettre, taux, base, somme - base if prix_tvac else cents(base * taux / 100)
