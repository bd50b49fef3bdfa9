"""How suppliers sell an article (ART-17)."""

import pytest
from tests.api.catalogue import BAGUETTE, CARTON, champ_refuse, changer, creer, effacer, evenements
from tests.api.reponses import erreurs, refus

FOURNISSEURS = "/v1/articles/BAG/fournisseurs"
MEUNIER = {"fournisseur": "F012"}
COMPLET = MEUNIER | {
    "numero_article_fournisseur": "FT55-25",
    "nom_article_fournisseur": "Farine T55, sac 25 kg",
    "unite_achat": "CT6",
    "delai_livraison": 3,
    "quantite_suggeree": "40",
    "memo": "Par palette\nde 40",
    "prix_achat": "0.6200",
    "prix_achat_devise": "0.6700",
    "devise": "USD",
    "remise": "2.50",
}


@pytest.fixture(autouse=True)
def _fournisseurs(api):
    """An article sold in cartons, and two suppliers."""
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/articles/BAG/unites", CARTON)
    for numero in ("F012", "F002"):
        creer(api, "/v1/fournisseurs", {"numero": numero, "nom": "Moulin"})


def test_art_17_un_fournisseur_sans_plus(api):
    reponse = api.post(FOURNISSEURS, json=MEUNIER)
    assert reponse.status_code == 201, reponse.text
    assert (reponse.headers["location"], reponse.headers["etag"]) == (f"{FOURNISSEURS}/F012", '"1"')
    vides = dict.fromkeys(COMPLET, None) | {"article": "BAG", "remise": "0.00", "version": 1}
    assert reponse.json() == vides | MEUNIER
    assert api.get(f"{FOURNISSEURS}/F012").json() == reponse.json()


def test_art_17_toutes_les_donnees_se_relisent(api):
    creer(api, FOURNISSEURS, COMPLET)
    assert api.get(f"{FOURNISSEURS}/F012").json() == COMPLET | {"article": "BAG", "version": 1}


def test_art_17_les_fournisseurs_dans_l_ordre_de_leurs_numeros(api):
    creer(api, FOURNISSEURS, MEUNIER)
    creer(api, FOURNISSEURS, MEUNIER, fournisseur="F002")
    lus = [un["fournisseur"] for un in api.get(FOURNISSEURS).json()["data"]]
    assert lus == ["F002", "F012"]
    assert erreurs(api.post(FOURNISSEURS, json=MEUNIER)) == champ_refuse("#/fournisseur", "deja_pris", 409)


@pytest.mark.parametrize(
    ("champ", "valeur", "code"),
    [
        ("fournisseur", "ABSENT", "reference_inconnue"),
        ("fournisseur", "F" * 16, "texte_trop_long"),
        ("numero_article_fournisseur", "a\nb", "format_incorrect"),
        ("nom_article_fournisseur", "a" * 201, "texte_trop_long"),
        ("unite_achat", "PCE", "reference_inconnue"),
        ("unite_achat", "", "texte_trop_court"),
        ("delai_livraison", -1, "hors_bornes"),
        ("delai_livraison", 1000, "hors_bornes"),
        ("delai_livraison", "3", "type_incorrect"),
        ("quantite_suggeree", "-1", "decimal_illisible"),
        ("memo", "a" * 4001, "texte_trop_long"),
        ("prix_achat", "0.62001", "decimal_illisible"),
        ("prix_achat", "-1", "decimal_illisible"),
        ("prix_achat_devise", 0.67, "decimal_en_texte"),
        ("devise", "ABSENT", "reference_inconnue"),
        ("devise", None, "devise_requise"),
        ("remise", "100.01", "hors_bornes"),
    ],
)
def test_art_17_valeurs_refusees(api, champ, valeur, code):
    assert erreurs(api.post(FOURNISSEURS, json=COMPLET | {champ: valeur})) == champ_refuse(f"#/{champ}", code)
    assert api.get(FOURNISSEURS).json()["data"] == []
    assert evenements(api, "fournisseur_article") == []


def test_art_17_une_devise_sans_prix_attend_le_sien(api):
    creer(api, FOURNISSEURS, MEUNIER, devise="USD")
    assert changer(api, f"{FOURNISSEURS}/F012", prix_achat_devise="1").json()["prix_achat_devise"] == "1.0000"
    assert erreurs(changer(api, f"{FOURNISSEURS}/F012", devise=None)) == champ_refuse("#/devise", "devise_requise")


def test_art_17_l_unite_d_achat_est_une_unite_de_l_article(api):
    """ART-17, ART-13: that of another article will not do; while it is used, it stays."""
    creer(api, "/v1/articles", BAGUETTE, numero="PIS")
    creer(api, "/v1/articles/PIS/unites", CARTON, abreviation="CT9")
    attendu = champ_refuse("#/unite_achat", "reference_inconnue")
    assert erreurs(api.post(FOURNISSEURS, json=MEUNIER | {"unite_achat": "CT9"})) == attendu
    creer(api, FOURNISSEURS, MEUNIER, unite_achat="CT6")
    assert erreurs(changer(api, f"{FOURNISSEURS}/F012", unite_achat="CT9")) == attendu
    refuse = effacer(api, "/v1/articles/BAG/unites/CT6")
    assert refus(refuse) == (409, "en_utilisation")
    assert "fournisseurs-articles (1) : F012" in refuse.json()["detail"]
    assert changer(api, f"{FOURNISSEURS}/F012", unite_achat=None).status_code == 200
    assert effacer(api, "/v1/articles/BAG/unites/CT6").status_code == 204


def test_art_17_changer_et_effacer(api):
    creer(api, FOURNISSEURS, COMPLET)
    reponse = api.patch(f"{FOURNISSEURS}/F012", json={"remise": "5.00"}, headers={"if-match": '"1"'})
    assert reponse.json() == COMPLET | {"article": "BAG", "remise": "5.00", "version": 2}
    assert erreurs(changer(api, f"{FOURNISSEURS}/F012", fournisseur="F002")) == champ_refuse("#", "champ_inconnu")
    assert refus(api.delete(f"{FOURNISSEURS}/F012", headers={"if-match": '"1"'})) == (412, "version_perimee")
    assert effacer(api, f"{FOURNISSEURS}/F012").status_code == 204
    faits = [(un, "BAG/F012") for un in ("creation", "modification", "suppression")]
    assert evenements(api, "fournisseur_article") == faits


def test_art_17_effacer_l_article_emporte_ses_fournisseurs_et_leurs_unites(api):
    creer(api, FOURNISSEURS, COMPLET)
    assert refus(effacer(api, "/v1/fournisseurs/F012")) == (409, "en_utilisation")
    assert effacer(api, "/v1/articles/BAG").status_code == 204
    assert evenements(api, "fournisseur_article")[-1] == ("suppression", "BAG/F012")
    assert effacer(api, "/v1/fournisseurs/F012").status_code == 204


@pytest.mark.parametrize(("methode", "corps"), [("GET", None), ("PATCH", {}), ("DELETE", None)])
@pytest.mark.parametrize("adresse", ["/v1/articles/ABSENT/fournisseurs/F012", f"{FOURNISSEURS}/F012"])
def test_api_01_inconnus(api, methode, adresse, corps):
    assert refus(api.request(methode, adresse, json=corps, headers={"if-match": "*"})) == (404, "ressource_absente")


def test_sec_02_la_saisie_change_les_fournisseurs_d_un_article(api, cle_de):
    assert api.post(FOURNISSEURS, json=MEUNIER, headers=cle_de("lecture")).status_code == 403
    assert api.post(FOURNISSEURS, json=MEUNIER, headers=cle_de("saisie")).status_code == 201
