"""A shop's day through a network that loses, delays, doubles and reorders, while till and API are killed (MAG-30).

It must end in the state of an undisturbed day, which another shop of the same bakery has: ids, instants and numbers
aside. `AURORE_JOURNEES=20` plays so many, each with other mishaps.
"""

import json
import os
import random
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.recits.boulangerie import Json, accepte, etablir
from tests.recits.journee_magasin import MOMENTS, TOUCHEES, Journee, deposer
from tests.recits.mandataire import Mandataire, mandataire
from tests.recits.serveur_aurore import LIMITE, Aurore
from tests.recits.test_pannes import base_de, effet, exiger_sans_faute, releve

from aurore_magasin.envoi import FUSEAU

RACINE = Path(__file__).parents[2]
AUTRES_JOURNEES = range(1, int(os.environ.get("AURORE_JOURNEES", "1")))
MORTS_DE_LA_CAISSE = 2
"""How often the till is killed in each part of the day."""
MORTS_DE_L_API = (4, 11, 19)
"""During which pushes, counted as they pass, the API is killed."""
A_PART = frozenset(
    {"id", "document", "conflit", "adresse", "signature", "version", "numero", "numero_affiche", "recherche"}
    | {"cree_le", "change_le", "recue_le", "changee_le", "saisi_le", "numerote_le", "emis_le"}
)
"""Ids, numbers, instants, and what is made of them."""
ETAT = """
    SELECT 'référence ' || r.genre || ' ' || r.reference, jsonb_build_array(to_jsonb(r), to_jsonb(d),
        (SELECT jsonb_agg(to_jsonb(l) ORDER BY l.ordre) FROM lignes l WHERE l.document = d.id))
    FROM references_magasin r LEFT JOIN documents d ON d.id = r.document WHERE r.magasin = '{0}'
    UNION ALL SELECT 'prise ' || reference, to_jsonb(p) FROM references_prises p WHERE magasin = '{0}'
    UNION ALL SELECT 'conflit ' || reference, to_jsonb(c) FROM conflits_magasin c WHERE magasin = '{0}'
    UNION ALL SELECT 'client ' || c.numero, jsonb_build_array(to_jsonb(c), to_jsonb(k), to_jsonb(a))
        FROM clients_magasin c JOIN clients k ON k.numero = c.client LEFT JOIN adresses a ON a.id = c.adresse
        WHERE magasin = '{0}'
    UNION ALL SELECT 'reste ' || date || ' ' || article, to_jsonb(s) FROM restes s WHERE magasin = '{0}'
"""


@dataclass
class Magasin:
    """One shop: its till's directory and key, and what its script's environment says."""

    code: str
    aurore: Aurore
    bureau: httpx.Client
    cle: str
    dossier: Path
    lances: int = 0
    tues: int = 0

    def environnement(self, adresse: str) -> dict[str, str]:
        """The till's settings."""
        reglages = {
            "url": adresse,
            "magasin": self.code,
            "cle": self.cle,
            "boite": str(self.dossier / "boite.sqlite"),
            "delai": "10",
            "attente": "0.01",
            "patience": "40",
        }
        return os.environ | {f"AURORE_MAGASIN_{nom.upper()}": une for nom, une in reglages.items()}

    def lancer(self, adresse: str) -> subprocess.Popen[bytes]:
        """The shop's script, once."""
        self.lances += 1
        with (self.dossier / "sortie").open("ab") as sortie:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.recits.script_caisse", str(self.dossier)],
                cwd=RACINE, env=self.environnement(adresse), stdout=sortie, stderr=sortie,
            )  # fmt: skip

    def tout_pousser(self, adresse: str, durees: Iterator[float]) -> None:
        """Run the script until it ends well; kill it after each of these seconds."""
        while True:
            processus = self.lancer(adresse)
            try:
                statut = processus.wait(next(durees, LIMITE))
            except subprocess.TimeoutExpired:
                self.tues += 1
                processus.kill()
                processus.wait()
                continue
            if statut == 0:
                return
            assert statut == 3, (self.dossier / "sortie").read_text()

    def corriger_au_bureau(self) -> None:
        """The office changes some orders by hand."""
        for une in accepte(self.bureau.get("/v1/documents", params={"magasin": self.code, "limite": "200"}), 200)[
            "data"
        ]:
            if une["reference_magasin"] in TOUCHEES:
                chemin = f"/v1/documents/{une['id']}/lignes/100"
                accepte(self.bureau.patch(chemin, json={"quantite": "77"}, headers={"if-match": "*"}), 200)

    def vivre(
        self, adresse: str, durees: Callable[[], Iterator[float]], au_calme: Callable[[], None] = lambda: None
    ) -> None:
        """The whole day."""
        journee = Journee(datetime.now(FUSEAU).date())
        for rang in MOMENTS:
            deposer(self.dossier, rang, journee.moment(rang))
            self.tout_pousser(adresse, durees())
            if rang == 1:
                au_calme()
                self.corriger_au_bureau()

    @property
    def boite(self) -> Json:
        """What its till says at the end."""
        fait = subprocess.run(
            [Path(sys.executable).with_name("aurore-magasin"), "etat", "--json"],
            env=self.environnement(""), capture_output=True, text=True, timeout=LIMITE, check=True,
        )  # fmt: skip
        etat: Json = json.loads(fait.stdout)
        return {
            "attente": etat["attente"],
            "faits": etat["faits"],
            "a_voir": sorted([une["genre"], une["reference"], une["statut"]] for une in etat["a_voir"]),
        }

    @property
    def etat(self) -> dict[str, Any]:
        """All that the API has of this shop, its code aside."""
        with base_de(self.aurore) as lire:
            lues = lire(ETAT.format(self.code))
        return {
            cle: sans_les_marques(json.loads(re.sub(self.code, "MAG", une, flags=re.IGNORECASE))) for cle, une in lues
        }


@dataclass
class Tueur:
    """Kills the API in the middle of chosen pushes and starts it again."""

    aurore: Aurore
    hasard: random.Random
    morts: int = 0
    fils: list[threading.Thread] = field(default_factory=list)
    verrou: threading.Lock = field(default_factory=threading.Lock)

    def passage(self, rang: int) -> None:
        """Told of each push: shortly after some of them the API is dead."""
        if rang in MORTS_DE_L_API:
            fil = threading.Timer(self.hasard.uniform(0, 0.15), self.tuer)
            self.fils.append(fil)
            fil.start()

    def attendre(self) -> None:
        """See all of it done, and the API up again."""
        for fil in self.fils:
            fil.join()

    def tuer(self) -> None:
        """`kill -9`, and a new start."""
        with self.verrou:
            self.aurore.tuer()
            self.morts += 1
            self.aurore.demarrer()


@pytest.fixture
def pile() -> Iterator[ExitStack]:
    """What is closed after the test."""
    with ExitStack() as pile:
        yield pile


def ouvrir(aurore: Aurore, bureau: httpx.Client, code: str) -> Magasin:
    """A new shop with its key and an empty till."""
    accepte(bureau.post("/v1/magasins", json={"code": code, "nom": "Magasin"}))
    cle = accepte(bureau.post("/v1/cles", json={"libelle": code, "portees": [f"magasin:{code}"]}))["secret"]
    dossier = aurore.dossier / f"caisse-{code}"
    dossier.mkdir()
    return Magasin(code, aurore, bureau, cle, dossier)


def agiter(magasin: Magasin, graine: int) -> Mandataire:
    """Its day, with everything that can go wrong."""
    hasard = random.Random(graine)
    tueur = Tueur(magasin.aurore, hasard)
    with mandataire(magasin.aurore.adresse, graine) as entre:
        entre.au_passage = tueur.passage
        try:
            magasin.vivre(
                entre.adresse,
                lambda: iter([hasard.uniform(0.4, 2.5) for _ in range(MORTS_DE_LA_CAISSE)]),
                tueur.attendre,
            )
        finally:
            tueur.attendre()
    assert tueur.morts == len(MORTS_DE_L_API)
    assert magasin.tues > 0
    assert len(entre.vus) > 5
    return entre


def sans_les_marques(une: Any) -> Any:
    """A value without what two days cannot have in common."""
    if isinstance(une, dict):
        return {cle: sans_les_marques(autre) for cle, autre in une.items() if cle not in A_PART}
    return [sans_les_marques(autre) for autre in une] if isinstance(une, list) else une


def differences(voulu: Any, eu: Any, ou: str = "") -> list[str]:
    """Where two states are not the same, in words that fit a screen."""
    if isinstance(voulu, dict) and isinstance(eu, dict):
        return [une for cle in sorted(voulu | eu) for une in differences(voulu.get(cle), eu.get(cle), f"{ou}/{cle}")]
    if isinstance(voulu, list) and isinstance(eu, list) and len(voulu) == len(eu):
        return [une for rang in range(len(eu)) for une in differences(voulu[rang], eu[rang], f"{ou}/{rang}")]
    return [] if voulu == eu else [f"{ou} : {voulu!r} voulu, {eu!r} eu"]


def test_mag_30_a_day_through_every_mishap_ends_as_a_quiet_one(aurore, pile):
    bureau = pile.enter_context(aurore.client())
    etablir(bureau)
    paisible = ouvrir(aurore, bureau, "PAIX")
    avant = releve(aurore)
    paisible.vivre(aurore.adresse, lambda: iter(()))
    apres, attendu = releve(aurore), paisible.etat
    assert sum(nom.startswith("référence commande") for nom in attendu) > 300
    assert paisible.boite["attente"] == dict.fromkeys(paisible.boite["attente"], 0)
    assert {issue for _, _, issue in paisible.boite["a_voir"]} == {"conflit", "refuse"}
    for graine in (0, *AUTRES_JOURNEES):
        agite = ouvrir(aurore, bureau, f"AG{graine:02}")
        debut = releve(aurore)
        agiter(agite, graine)
        assert agite.boite == paisible.boite
        assert differences(attendu, agite.etat) == []
        vecu = {nom: un for nom, un in effet(debut, releve(aurore)).items() if nom != "réponses gardées"}
        assert vecu == {nom: un for nom, un in effet(avant, apres).items() if nom != "réponses gardées"}
    exiger_sans_faute(aurore)
