"""What a document says of itself: its state, its communication, what it is sought by (TRF-06, PAI-01, DOC-21)."""

import re
from collections.abc import Iterator

from aurore_api.socle.tri import plier
from aurore_api.verification.dossiers import Dossier
from aurore_api.verification.ecarts import Ecart, comparer
from aurore_api.verification.memoire import Memoire
from aurore_domain.actions import etat_selon_reste
from aurore_domain.cycle import regle
from aurore_domain.restes import situation

_COMMUNICATION = re.compile(r"\+\+\+(\d{3})/(\d{4})/(\d{5})\+\+\+")
_MODULE = 97


def examiner_etat(dossier: Dossier, _memoire: Memoire) -> Iterator[Ecart]:
    """Transferred is what has nothing left, and nothing else (TRF-06)."""
    entete = dossier.entete
    presente = situation(
        entete["type"],
        entete["etat"],
        numerote=entete["numero"] is not None,
        lignes=dossier.lignes,
        rouvert=entete["rouvert"],
        cloture=entete["cloture_le"] is not None,
    )
    yield from comparer(dossier.nom, {"etat": str(etat_selon_reste(presente))}, {"etat": entete["etat"]})


def examiner_communication(dossier: Dossier, _memoire: Memoire) -> Iterator[Ecart]:
    """The structured communication ends with its own check and holds the number (PAI-01)."""
    entete = dossier.entete
    lue = entete["communication"]
    if lue is None:
        if entete["numero"] is not None and regle(entete["type"]).fiscal:
            yield Ecart(dossier.nom, "communication", "une communication structurée", None)
        return
    trouvee = _COMMUNICATION.fullmatch(lue)
    chiffres = "".join(trouvee.groups()) if trouvee else ""
    juste = (
        trouvee is not None
        and int(chiffres[:10]) % _MODULE == int(chiffres[10:]) % _MODULE
        and 0 < int(chiffres[10:]) <= _MODULE
        and int(chiffres[4:10]) == entete["numero"]
    )
    if not juste:
        yield Ecart(dossier.nom, "communication", f"le numéro {entete['numero']} et son modulo {_MODULE}", lue)


def examiner_recherche(dossier: Dossier, _memoire: Memoire) -> Iterator[Ecart]:
    """What the document is sought by is what it says; the name in the middle is that of when it was last saved."""
    entete = dossier.entete
    suite = ("vos_references", "contact", "remarque_interne", "numero_affiche")
    debut = plier(entete["client"] or entete["fournisseur"])
    fin = plier(" ".join(entete[nom] for nom in suite if entete[nom]))
    lue = entete["recherche"]
    if not (lue.startswith(debut) and lue.endswith(fin) and len(lue) >= len(debut) + len(fin)):
        yield Ecart(dossier.nom, "recherche", f"{debut} … {fin}", lue)
