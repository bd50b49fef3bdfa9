"""Successors and substitutes of articles (ART-05, ART-06): never themselves, never in a ring."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.api.catalogue import BAGUETTE, champ_refuse, changer, creer
from tests.api.reponses import erreurs

ENSEMBLE = 6


@pytest.fixture(autouse=True)
def _articles(request):
    """Four articles in the database of the test, without successor."""
    base = request.getfixturevalue("reelle" if "reelle" in request.fixturenames else "api")
    for numero in "ABCD":
        creer(base, "/v1/articles", BAGUETTE, numero=numero)


def remplacer(api, *etapes):
    """Name successors that must be accepted: `AB` is that B replaces A."""
    for numero, successeur in etapes:
        reponse = changer(api, f"/v1/articles/{numero}", remplace_par=successeur)
        assert reponse.status_code == 200, reponse.text


def test_art_05_un_article_nomme_son_successeur(api):
    remplacer(api, "AB")
    assert api.get("/v1/articles/A").json()["remplace_par"] == "B"
    assert creer(api, "/v1/articles", BAGUETTE, numero="E", remplace_par="A")["remplace_par"] == "A"
    assert changer(api, "/v1/articles/A", remplace_par=None).json()["remplace_par"] is None


def test_art_05_plusieurs_articles_ont_le_meme_successeur(api):
    remplacer(api, "AD", "BD", "CD", "CB", "AB")


@pytest.mark.parametrize(
    ("etapes", "derniere", "anneau"),
    [(["AB"], "BA", "B, A, B"), (["AB", "BC", "CD"], "DA", "D, A, B, C, D"), (["AB", "BC", "CD"], "CA", "C, A, B, C")],
)
def test_art_05_un_cycle_est_refuse(api, etapes, derniere, anneau):
    remplacer(api, *etapes)
    numero, successeur = derniere
    avant = api.get(f"/v1/articles/{numero}").json()
    reponse = changer(api, f"/v1/articles/{numero}", remplace_par=successeur)
    assert erreurs(reponse) == champ_refuse("#/remplace_par", "cycle_de_remplacement")
    assert anneau in reponse.json()["detail"]
    assert api.get(f"/v1/articles/{numero}").json() == avant


def test_art_05_un_cycle_rompu_peut_se_refermer_ailleurs(api):
    remplacer(api, "AB", "BC")
    assert changer(api, "/v1/articles/A", remplace_par=None).status_code == 200
    remplacer(api, "CA")


def test_art_05_changer_autre_chose_ne_relit_pas_la_chaine(api):
    remplacer(api, "AB")
    assert changer(api, "/v1/articles/A", designation="Baguette blanche", remplace_par="B").status_code == 200


@pytest.mark.parametrize("champ", ["remplace_par", "substitut"])
def test_art_05_art_06_un_article_ne_se_remplace_pas_lui_meme(api, champ):
    attendu = champ_refuse(f"#/{champ}", "article_lui_meme")
    assert erreurs(changer(api, "/v1/articles/A", **{champ: "A"})) == attendu
    assert erreurs(api.post("/v1/articles", json=BAGUETTE | {"numero": "E", champ: "E"})) == attendu
    assert api.get("/v1/articles/A").json()[champ] is None
    assert api.get("/v1/articles/E").status_code == 404


@pytest.mark.parametrize("champ", ["remplace_par", "substitut"])
def test_art_05_art_06_un_article_inconnu_est_refuse(api, champ):
    attendu = champ_refuse(f"#/{champ}", "reference_inconnue")
    assert erreurs(changer(api, "/v1/articles/A", **{champ: "ABSENT"})) == attendu
    assert erreurs(api.post("/v1/articles", json=BAGUETTE | {"numero": "E", champ: "ABSENT"})) == attendu


def test_art_06_deux_articles_se_substituent_l_un_a_l_autre(api):
    for numero, substitut in (("A", "B"), ("B", "A")):
        assert changer(api, f"/v1/articles/{numero}", substitut=substitut).json()["substitut"] == substitut


def test_art_05_de_remplacements_simultanes_aucun_ne_ferme_un_anneau(reelle):
    """Each request alone would be right: A by B, B by C, C by A; of the three that meet, one is refused."""
    etapes = [("A", "B"), ("B", "C"), ("C", "A")] * (ENSEMBLE // 3)
    with ThreadPoolExecutor(len(etapes)) as fils:
        appels = [fils.submit(changer, reelle, f"/v1/articles/{un}", remplace_par=autre) for un, autre in etapes]
        reponses = [un.result() for un in appels]
    refusees = [une for une in reponses if une.status_code != 200]
    assert Counter(une.json()["code"] for une in refusees).keys() == {"cycle_de_remplacement"}
    suivants = {un: reelle.get(f"/v1/articles/{un}").json()["remplace_par"] for un in "ABC"}
    assert sorted(map(bool, suivants.values())) == [False, True, True]
