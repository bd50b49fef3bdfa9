"""What the small tables say, and what the journal tells that they said before.

A document keeps the totals of the day it was computed: an escompte that was changed since is no difference. So what a
document may have been computed with are all the states that its tables ever had, the present one first.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from aurore_api.verification.lecture import Lecture
from aurore_domain.totaux import Escompte
from aurore_domain.tva import REGIMES, TauxInconnu, Traitement, taux_a_la_date

_PRESENTES = """
    SELECT 'escompte' AS ressource, code AS identifiant, to_jsonb(t)::text FROM escomptes t
    UNION ALL SELECT 'echeance', code, to_jsonb(t)::text FROM echeances t
    UNION ALL SELECT 'mode_livraison', code, to_jsonb(t)::text FROM modes_livraison t
    UNION ALL SELECT 'code_tva', code, to_jsonb(t)::text FROM codes_tva t
    UNION ALL SELECT 'categorie_tva', code, to_jsonb(t)::text FROM categories_tva t
    UNION ALL SELECT 'parametres', id::text, to_jsonb(t)::text FROM parametres t
"""
_ANCIENNES = """
    SELECT ressource, identifiant, avant::text, apres::text FROM evenements
    WHERE ressource IN ('escompte', 'echeance', 'mode_livraison', 'code_tva', 'categorie_tva', 'parametres')
    ORDER BY id DESC
"""


@dataclass(frozen=True, slots=True)
class Terme:
    """A payment term, as the domain asks for it."""

    jours: int
    fin_de_mois: bool
    jour_fixe: int | None


class Memoire:
    """Every state of the small tables, latest first."""

    def __init__(self, etats: Mapping[tuple[str, str], list[dict[str, Any]]]) -> None:
        self._etats = etats

    @classmethod
    async def lire(cls, lecture: Lecture) -> "Memoire":
        """Read them, in two statements."""
        etats: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for ressource, identifiant, etat in await lecture.lire(_PRESENTES):
            etats[ressource, identifiant].append(_lu(etat))
        for ressource, identifiant, avant, apres in await lecture.lire(_ANCIENNES):
            etats[ressource, identifiant] += [_lu(un) for un in (apres, avant) if un is not None]
        return cls(etats)

    def _de(self, ressource: str, identifiant: str | None) -> list[dict[str, Any]]:
        return [] if identifiant is None else self._etats.get((ressource, identifiant), [])

    def escomptes(self, code: str | None) -> list[Escompte | None]:
        """What a cash discount is and was; one None where the document has none."""
        lus = [Escompte(un["genre"], Decimal(un["pourcentage"])) for un in self._de("escompte", code)]
        return list(dict.fromkeys(lus)) or [None]

    def termes(self, code: str | None) -> list[Terme]:
        """What a payment term is and was; none where the document has none."""
        lus = [Terme(un["jours"], un["fin_de_mois"], un["jour_fixe"]) for un in self._de("echeance", code)]
        return list(dict.fromkeys(lus))

    def traitements_du_mode(self, mode: str | None, categorie: str, jour: date) -> list[Traitement | None]:
        """How a way of delivering has its charge taxed; None lets it follow the goods (CAL-07)."""
        trouves: list[Traitement | None] = []
        for un in self._de("mode_livraison", mode):
            trouves += self._traitements(un["code_tva"], categorie, jour) if un["code_tva"] else [None]
        return list(dict.fromkeys(trouves)) or [None]

    def traitements_par_defaut(self, categorie: str, jour: date) -> list[Traitement]:
        """How a charge is taxed on a document without goods."""
        codes = dict.fromkeys(un["code_tva_defaut"] for un in self._de("parametres", "1"))
        return list(dict.fromkeys(un for code in codes for un in self._traitements(code, categorie, jour)))

    def _traitements(self, code: str, categorie: str, jour: date) -> Iterator[Traitement]:
        for une in self._de("categorie_tva", categorie):
            for un in self._de("code_tva", code):
                taux = [(date.fromisoformat(de["du"]), Decimal(de["taux"])) for de in un["taux"]]
                try:
                    yield REGIMES[une["regime"]].traitement(taux_a_la_date(taux, jour))
                except TauxInconnu:
                    continue


def _lu(texte: str) -> dict[str, Any]:
    lu: dict[str, Any] = json.loads(texte, parse_float=Decimal)
    return lu
