"""What the operator is told: one line per difference, a summary per check, or the same as JSON."""

import json
from collections.abc import Iterator, Sequence

from aurore_api.verification.ecarts import Ecart
from aurore_api.verification.execution import Bilan, Constat


def texte(bilans: Sequence[Bilan]) -> Iterator[str]:
    """The lines to print."""
    for bilan in bilans:
        yield f"Société {bilan.societe} : {bilan.documents} documents"
        for constat in bilan.constats:
            yield from _constat(constat)
    ecarts = sum(un.ecarts for un in bilans)
    yield f"{ecarts} différence{'s' if ecarts > 1 else ''}." if ecarts else "Aucune différence."


def _constat(constat: Constat) -> Iterator[str]:
    nombre, controle = constat.releve.nombre, constat.controle
    genre = "à savoir" if controle.information else "différence"
    pluriel = "s" if nombre > 1 and not controle.information else ""
    dit = f"{nombre} {genre}{pluriel} : {controle.sens}" if nombre else "rien"
    yield f"  {controle.nom:<20} {dit} ({constat.secondes:.1f} s)"
    for un in constat.releve.ecarts:
        yield f"    {un.objet} : {un.champ} : attendu {_dit(un.attendu)}, trouvé {_dit(un.trouve)}"
    tus = nombre - len(constat.releve.ecarts)
    if tus:
        yield f"    … et {tus} de plus"


def _dit(valeur: str | None) -> str:
    return "rien" if valeur is None else valeur


def en_json(bilans: Sequence[Bilan]) -> str:
    """The same for programs."""
    dits = [
        {
            "societe": bilan.societe,
            "documents": bilan.documents,
            "differences": bilan.ecarts,
            "controles": [
                {
                    "nom": un.controle.nom,
                    "sens": un.controle.sens,
                    "information": un.controle.information,
                    "nombre": un.releve.nombre,
                    "secondes": round(un.secondes, 3),
                    "ecarts": [_objet(ecart) for ecart in un.releve.ecarts],
                }
                for un in bilan.constats
            ],
        }
        for bilan in bilans
    ]
    return json.dumps(dits, ensure_ascii=False, indent=1)


def _objet(ecart: Ecart) -> dict[str, str | None]:
    return {nom: getattr(ecart, nom) for nom in ("objet", "champ", "attendu", "trouve")}
