"""Pushing: batch after batch, each sent until its outcomes are noted, or until patience ends."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from aurore_magasin.boite import Boite
from aurore_magasin.erreurs import EnvoiInterrompu
from aurore_magasin.lots import FAITS, Issue, Limites, Lot, dissoudre, en_attente, en_cours, former, noter
from aurore_magasin.reseau import Arret, CleReutilisee, LotRefuse, Panne, Poste, TropGrand

FUSEAU = ZoneInfo("Europe/Brussels")
ATTENTE_MAX = 60.0
"""Seconds of the longest wait between two tries, unless the server asks for more."""
HORLOGES = timedelta(minutes=5)
"""How far the till's clock may be from the server's before that is told."""
TAILLE_MIN = 1_000
CLES_REUTILISEES_MAX = 3
T = TypeVar("T")
R = TypeVar("R")


class Suivi(Protocol):
    """Who is told how a push goes."""

    def reste(self, combien: int) -> None:
        """So many items have no outcome yet."""

    def note(self, lot: Lot, issues: list[Issue]) -> None:
        """The outcomes of a batch are on the disk."""

    def attend(self, raison: str, secondes: float) -> None:
        """A try failed; the next one comes in so many seconds."""

    def avertit(self, texte: str) -> None:
        """Something is worth knowing."""


@dataclass(frozen=True, slots=True)
class Demande:
    """How a push is asked for."""

    attente: float
    patience: float
    date_fin: str | None = None
    """D; the server's day by default, so that a wrong clock at the till does no harm."""
    fenetre: int | None = None
    dormir: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Envoi:
    """One run of pushing."""

    boite: Boite
    poste: Poste
    demande: Demande
    suivi: Suivi
    bilan: Counter[str] = field(default_factory=Counter)
    """How many items had each outcome."""

    def tout(self) -> Counter[str]:
        """Push all that waits.

        Raises:
            EnvoiInterrompu: no answer for as long as patience lasts.
            Arret: the server wants something mended first.
            BoiteIllisible: an outcome could not be noted; it will be asked for again.
        """
        self.suivi.reste(en_attente(self.boite))
        limites = Limites(self._jour(), self.demande.fenetre)
        reutilisees = 0
        while lot := en_cours(self.boite) or former(self.boite, limites):
            try:
                self._compter(lot, noter(self.boite, lot, self.insister(self.poste.pousser, lot)))
            except LotRefuse as refus:
                dissoudre(self.boite, lot, refus.refuses)
                self._compter(lot, list(refus.refuses.values()))
            except TropGrand:
                limites = self._couper(lot, limites)
            except CleReutilisee:
                dissoudre(self.boite, lot)
                reutilisees += 1
                if reutilisees > CLES_REUTILISEES_MAX:
                    raise Arret("Le serveur refuse chaque clé d'idempotence ; appelez votre support.") from None
            except Arret:
                dissoudre(self.boite, lot)
                raise
        return self.bilan

    def _jour(self) -> str:
        """D: as asked for, or the day it is at the server, in Belgium."""
        heure = self.insister(lambda _: self.poste.heure(), None)
        if abs(heure - datetime.now(UTC)) > HORLOGES:
            ici, la = (f"{un.astimezone(FUSEAU):%d/%m/%Y %H:%M}" for un in (datetime.now(UTC), heure))
            self.suivi.avertit(f"L'horloge de cet ordinateur dit {ici}, le serveur {la} ; c'est le serveur qui compte.")
        return self.demande.date_fin or heure.astimezone(FUSEAU).date().isoformat()

    def _compter(self, lot: Lot, issues: list[Issue]) -> None:
        self.bilan.update(une.statut for une in issues)
        self.suivi.note(lot, issues)

    def _couper(self, lot: Lot, limites: Limites) -> Limites:
        """A batch that is too large waits again to be cut; one item that is too large by itself is told as refused."""
        if len(lot.envois) == 1:
            trop = Issue("refuse", None, [{"code": "trop_grand", "detail": "Trop grand pour le serveur ou un proxy."}])
            dissoudre(self.boite, lot, {0: trop})
            self._compter(lot, [trop])
            return limites
        dissoudre(self.boite, lot)
        nombre, taille = max(1, len(lot.envois) // 2), max(TAILLE_MIN, len(lot.corps) // 2)
        self.suivi.avertit(f"L'envoi est trop grand pour le serveur ou un proxy : il est coupé en {taille // 1000} ko.")
        return replace(limites, nombre=nombre, taille=taille)

    def insister(self, demander: Callable[[T], R], quoi: T) -> R:
        """Ask until there is an answer, waiting longer and longer, by chance so that tills do not come all at once."""
        debut, essai = time.monotonic(), 0
        while True:
            try:
                return demander(quoi)
            except Panne as panne:
                essai += 1
                plafond = min(ATTENTE_MAX, self.demande.attente * 2.0 ** min(essai - 1, 16))
                secondes = max(panne.attente, random.uniform(plafond / 2, plafond))  # noqa: S311 (no secret)
                if time.monotonic() - debut + secondes > self.demande.patience:
                    raise EnvoiInterrompu(
                        f"Envoi interrompu : {panne.raison}. Rien n'est perdu : {en_attente(self.boite)} "
                        "attendent dans la boîte d'envoi ; relancez « aurore-magasin pousser » plus tard."
                    ) from None
                self.suivi.attend(panne.raison, secondes)
                self.demande.dormir(secondes)


def a_voir(bilan: Counter[str]) -> int:
    """How many outcomes somebody has to look at."""
    return sum(combien for statut, combien in bilan.items() if statut not in FAITS)
