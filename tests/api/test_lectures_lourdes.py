"""What unpacks to much more than it weighs is read one at a time, however many send it (SEC-05, ART-10, ART-19)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from tests.api.catalogue import BAGUETTE, creer
from tests.api.fichiers import XLSX, en_xlsx
from tests.api.images import image

from aurore_api.catalogue.service import images
from aurore_api.echanges import service as echanges

ENSEMBLE = 6
FEUILLE = en_xlsx(("numero", "designation"), *((f"P{rang}", "Pain") for rang in range(3000)))


class Temoin:
    """Counts how many are inside a function at once."""

    def __init__(self, fonction):
        self.fonction, self.verrou, self.dedans, self.plus, self.passages = fonction, Lock(), 0, 0, 0

    def __call__(self, *donnees):
        with self.verrou:
            self.dedans += 1
            self.passages += 1
            self.plus = max(self.plus, self.dedans)
        try:
            return self.fonction(*donnees)
        finally:
            with self.verrou:
                self.dedans -= 1


@pytest.mark.parametrize(
    ("module", "nom", "adresse", "contenu", "media", "statut"),
    [
        (echanges, "_lire", "/v1/imports/articles?simulation=true", FEUILLE, XLSX, 200),
        (images, "_faire", "/v1/articles/BAG/images", image("PNG", 2000, 1500), "image/png", 201),
    ],
    ids=["workbooks", "images"],
)
def test_sec_05_heavy_files_are_read_one_at_a_time(reelle, monkeypatch, module, nom, adresse, contenu, media, statut):
    creer(reelle, "/v1/articles", BAGUETTE)
    temoin = Temoin(getattr(module, nom))
    monkeypatch.setattr(module, nom, temoin)
    with ThreadPoolExecutor(ENSEMBLE) as fils:
        appels = [
            fils.submit(reelle.post, adresse, content=contenu, headers={"content-type": media}) for _ in range(ENSEMBLE)
        ]
        statuts = [un.result().status_code for un in appels]
    assert statuts == [statut] * ENSEMBLE
    assert (temoin.passages, temoin.plus) == (ENSEMBLE, 1)
