"""How articles go (ART-08): for good, or from sale only, with a statistical article for what was sold of them."""

import pytest
from tests.api.catalogue import BAGUETTE, CARTON, champ_refuse, changer, creer, effacer, evenements
from tests.api.documents import baguettes, boulangerie, document, lire
from tests.api.reponses import erreurs, refus

RETRAIT = "/v1/articles/BAG?article_statistique=DIV"


@pytest.fixture
def vendue(api):
    """A bakery that sold baguettes, and a statistical article; gives the document."""
    boulangerie(api)
    creer(api, "/v1/articles", BAGUETTE, numero="DIV", designation="Divers", type_article="statistique")
    return document(api, "commande", baguettes())


def test_art_08_un_article_sans_usage_s_efface_avec_ce_qui_lui_appartient(api):
    creer(api, "/v1/articles", BAGUETTE, codes_barres=["5410000000017"])
    creer(api, "/v1/articles/BAG/unites", CARTON, code_barres="5410000000024")
    creer(api, "/v1/articles/BAG/tarifs", {"tarif": "REV", "valeur": "0.80"})
    assert effacer(api, "/v1/articles/BAG").status_code == 204
    assert api.get("/v1/articles/BAG").status_code == 404
    creer(api, "/v1/articles", BAGUETTE, numero="PIS", codes_barres=["5410000000017", "5410000000024"])


def test_art_08_un_article_que_des_documents_utilisent_reste(api, vendue):
    reponse = effacer(api, "/v1/articles/BAG")
    assert refus(reponse) == (409, "en_utilisation")
    assert "lignes (1)" in reponse.json()["detail"]
    assert api.get("/v1/articles/BAG").json()["actif"] is True
    assert api.get("/v1/articles/BAG/unites/CT6").status_code == 200
    assert vendue["lignes"][0]["article"] == "BAG"


def test_art_08_retire_il_reste_inactif_et_l_histoire_se_lit(api, vendue):
    version = api.get("/v1/articles/BAG").json()["version"]
    reponse = api.delete(RETRAIT, headers={"if-match": f'"{version}"'})
    assert (reponse.status_code, reponse.content) == (204, b"")
    retire = api.get("/v1/articles/BAG").json()
    assert (retire["actif"], retire["article_statistique"], retire["version"]) == (False, "DIV", version + 1)
    assert len(api.get("/v1/articles/BAG/tarifs").json()["data"]) == 2
    assert lire(api, vendue) == vendue
    assert evenements(api, "article")[-1] == ("modification", "BAG")
    assert [un["numero"] for un in api.get("/v1/articles?actif=false").json()["data"]] == ["BAG"]


def test_art_08_sans_usage_l_article_statistique_n_a_rien_a_reprendre(api, vendue):
    assert effacer(api, "/v1/articles/VIN?article_statistique=DIV").status_code == 204
    assert api.get("/v1/articles/VIN").status_code == 404
    assert effacer(api, "/v1/articles/DIV").status_code == 204
    assert lire(api, vendue) == vendue


def test_art_08_un_article_revendu_compte_de_nouveau_pour_lui_meme(api, vendue):
    assert vendue
    effacer(api, RETRAIT)
    assert changer(api, "/v1/articles/BAG", designation="Ancienne").json()["article_statistique"] == "DIV"
    repris = changer(api, "/v1/articles/BAG", actif=True).json()
    assert (repris["actif"], repris["article_statistique"]) == (True, None)
    assert effacer(api, "/v1/articles/DIV").status_code == 204


@pytest.mark.parametrize(
    ("statistique", "code"),
    [
        ("VIN", "article_non_statistique"),
        ("ABSENT", "reference_inconnue"),
        ("BAG", "article_lui_meme"),
        ("A/B", "format_incorrect"),
        ("A" * 16, "texte_trop_long"),
    ],
)
def test_art_08_article_statistique_refuse(api, vendue, statistique, code):
    assert vendue
    reponse = effacer(api, f"/v1/articles/BAG?article_statistique={statistique}")
    assert erreurs(reponse) == champ_refuse("?article_statistique", code)
    assert api.get("/v1/articles/BAG").json()["actif"] is True


@pytest.mark.parametrize("champ", ["remplace_par", "substitut"])
@pytest.mark.parametrize("adresse", ["/v1/articles/BAG", RETRAIT])
def test_art_08_un_article_que_d_autres_nomment_reste_aussi_devant_un_retrait(api, vendue, adresse, champ):
    """A successor or substitute that is no longer sold would be found out at the next order only."""
    assert vendue
    changer(api, "/v1/articles/VIN", **{champ: "BAG"})
    reponse = effacer(api, adresse)
    assert refus(reponse) == (409, "en_utilisation")
    assert "articles (1) : VIN" in reponse.json()["detail"]
    assert api.get("/v1/articles/BAG").json()["actif"] is True
    assert changer(api, "/v1/articles/VIN", **{champ: None}).status_code == 200
    assert effacer(api, RETRAIT).status_code == 204


def test_art_08_tout_ce_qui_utilise_l_article_est_dit(api, vendue):
    assert vendue
    creer(api, "/v1/clients/HOTEL/unites-preferees", {"article": "BAG", "unite": "CT6"})
    changer(api, "/v1/articles/VIN", remplace_par="BAG")
    reponse = effacer(api, RETRAIT)
    assert refus(reponse) == (409, "en_utilisation")
    dit = reponse.json()["detail"]
    assert [une in dit for une in ("lignes (1)", "articles (1) : VIN", "unites-preferees (1) : HOTEL")] == [True] * 3


def test_art_08_un_article_qui_en_represente_d_autres_reste(api, vendue):
    assert vendue
    effacer(api, RETRAIT)
    reponse = effacer(api, "/v1/articles/DIV")
    assert refus(reponse) == (409, "en_utilisation")
    assert "articles (1) : BAG" in reponse.json()["detail"]


def test_api_06_un_retrait_dit_quelle_version_il_retire(api, vendue):
    assert vendue
    assert refus(api.delete(RETRAIT)) == (428, "version_requise")
    assert refus(api.delete(RETRAIT, headers={"if-match": '"77"'})) == (412, "version_perimee")
    assert api.get("/v1/articles/BAG").json()["actif"] is True


def test_art_08_le_type_d_un_article_vendu_ne_change_plus(api, vendue):
    assert vendue
    reponse = changer(api, "/v1/articles/BAG", type_article="statistique")
    assert erreurs(reponse) == champ_refuse("#/type_article", "type_article_fige", 409)
    assert api.get("/v1/articles/BAG").json()["type_article"] == "normal"
    assert changer(api, "/v1/articles/BAG", type_article="normal").status_code == 200
    assert changer(api, "/v1/articles/VIN", type_article="statistique").json()["type_article"] == "statistique"


def test_art_08_le_type_d_un_article_qui_en_represente_d_autres_ne_change_plus(api, vendue):
    assert vendue
    effacer(api, RETRAIT)
    reponse = changer(api, "/v1/articles/DIV", type_article="normal")
    assert erreurs(reponse) == champ_refuse("#/type_article", "type_article_fige", 409)
    changer(api, "/v1/articles/BAG", actif=True)
    assert changer(api, "/v1/articles/DIV", type_article="normal").json()["type_article"] == "normal"


def test_art_08_le_type_change_malgre_ce_qui_appartient_a_l_article(api):
    creer(api, "/v1/articles", BAGUETTE, codes_barres=["5410000000017"])
    creer(api, "/v1/articles/BAG/unites", CARTON)
    assert changer(api, "/v1/articles/BAG", type_article="statistique").status_code == 200


def test_art_08_l_article_statistique_ne_se_donne_pas_autrement(api):
    corps = BAGUETTE | {"article_statistique": "BAG"}
    assert erreurs(api.post("/v1/articles", json=corps)) == champ_refuse("#", "champ_inconnu")
