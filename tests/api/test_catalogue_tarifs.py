"""Tariff rows (ART-14) and labels (ART-02) of an article."""

import pytest
from tests.api.catalogue import BAGUETTE, champ_refuse, changer, creer, effacer, evenements
from tests.api.reponses import erreurs, refus

TARIFS, LIBELLES = "/v1/articles/BAG/tarifs", "/v1/articles/BAG/libelles"
CENT = {"tarif": "REV", "quantite_minimum": "100", "valeur": "0.7900"}


@pytest.fixture(autouse=True)
def _baguette(api):
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/tarifs", {"code": "HOR", "libelle": "Horeca"})


def test_art_14_un_prix_a_partir_d_une_quantite(api):
    reponse = api.post(TARIFS, json=CENT)
    assert reponse.status_code == 201, reponse.text
    ligne = reponse.json()
    attendu = {"article": "BAG", "id": ligne["id"], "remise": None, "du": None, "au": None, "version": 1}
    assert ligne == CENT | attendu
    assert reponse.headers["location"] == f"{TARIFS}/{ligne['id']}"
    assert api.get(f"{TARIFS}/{ligne['id']}").json() == ligne


def test_art_14_une_remise_pour_toute_quantite(api):
    ligne = creer(api, TARIFS, {"tarif": "REV", "remise": "5.00", "du": "2026-01-01", "au": "2026-01-31"})
    assert (ligne["quantite_minimum"], ligne["valeur"], ligne["remise"]) == ("0", None, "5.00")
    assert (ligne["du"], ligne["au"]) == ("2026-01-01", "2026-01-31")


def test_art_14_listes_par_tarif_puis_quantite(api):
    for tarif, minimum in (("REV", "300"), ("HOR", "1"), ("REV", "100")):
        creer(api, TARIFS, CENT, tarif=tarif, quantite_minimum=minimum)
    page = api.get(TARIFS, params={"limite": 2}).json()
    suite = api.get(TARIFS, params={"limite": 2, "curseur": page["curseur_suivant"]}).json()
    lignes = [(un["tarif"], un["quantite_minimum"]) for un in page["data"] + suite["data"]]
    assert lignes == [("HOR", "1"), ("REV", "100"), ("REV", "300")]


@pytest.mark.parametrize(
    ("champs", "pointeur", "code"),
    [
        ({"remise": "5.00"}, "#/remise", "valeur_ou_remise"),
        ({"valeur": None}, "#/remise", "valeur_ou_remise"),
        ({"valeur": "-1"}, "#/valeur", "decimal_illisible"),
        ({"valeur": None, "remise": "100.01"}, "#/remise", "hors_bornes"),
        ({"quantite_minimum": "-1"}, "#/quantite_minimum", "decimal_illisible"),
        ({"du": "2026-02-01", "au": "2026-01-31"}, "#/au", "fin_avant_debut"),
        ({"du": "2026-02-30"}, "#/du", "date_illisible"),
    ],
)
def test_art_14_valeurs_refusees(api, champs, pointeur, code):
    assert erreurs(api.post(TARIFS, json=CENT | champs)) == champ_refuse(pointeur, code)
    assert api.get(TARIFS).json()["data"] == []


@pytest.mark.parametrize("du", [None, "2026-01-01"])
def test_art_14_une_ligne_par_quantite_et_debut(api, du):
    """ART-14: the same quantity from the same day on is refused, also where there is no first day."""
    creer(api, TARIFS, CENT, du=du)
    reponse = api.post(TARIFS, json=CENT | {"du": du, "valeur": "0.7000"})
    assert erreurs(reponse) == champ_refuse("#/quantite_minimum", "deja_pris", 409)
    creer(api, TARIFS, CENT, du="2026-06-01")
    creer(api, TARIFS, CENT, du=du, tarif="HOR")


def test_art_14_changer_du_prix_a_la_remise(api):
    adresse = f"{TARIFS}/{creer(api, TARIFS, CENT, du='2026-03-01')['id']}"
    assert erreurs(changer(api, adresse, remise="5.00")) == champ_refuse("#/remise", "valeur_ou_remise")
    assert erreurs(changer(api, adresse, au="2026-02-01")) == champ_refuse("#/au", "fin_avant_debut")
    reponse = changer(api, adresse, valeur=None, remise="5.00", quantite_minimum="50")
    ligne = reponse.json()
    assert (ligne["valeur"], ligne["remise"], ligne["quantite_minimum"]) == (None, "5.00", "50")
    assert reponse.headers["etag"] == '"2"'
    assert api.patch(adresse, json={}, headers={"if-match": '"1"'}).status_code == 412


def test_tab_01_tarif_inconnu_ou_utilise(api):
    reponse = api.post(TARIFS, json=CENT | {"tarif": "ABSENT"})
    assert erreurs(reponse) == champ_refuse("#/tarif", "reference_inconnue")
    creer(api, TARIFS, CENT)
    assert refus(effacer(api, "/v1/tarifs/REV")) == (409, "en_utilisation")


def test_api_01_ligne_d_un_autre_article_ou_inconnue(api):
    creer(api, "/v1/articles", BAGUETTE, numero="PIS")
    identifiant = creer(api, TARIFS, CENT)["id"]
    assert api.get(f"/v1/articles/PIS/tarifs/{identifiant}").status_code == 404
    assert effacer(api, f"/v1/articles/PIS/tarifs/{identifiant}").status_code == 404
    assert api.get(f"{TARIFS}/{identifiant + 1}").status_code == 404
    assert api.post("/v1/articles/ABSENT/tarifs", json=CENT).status_code == 404
    assert erreurs(api.get(f"{TARIFS}/{2**63}")) == champ_refuse("/id", "hors_bornes")


def test_sec_04_un_evenement_par_changement_de_tarif(api):
    identifiant = creer(api, TARIFS, CENT)["id"]
    changer(api, f"{TARIFS}/{identifiant}", valeur="0.7800")
    assert effacer(api, f"{TARIFS}/{identifiant}").status_code == 204
    actions = ("creation", "modification", "suppression")
    assert evenements(api, "tarif_article") == [(un, f"BAG/{identifiant}") for un in actions]


def test_art_02_libelles(api):
    reponse = api.post(LIBELLES, json={"code_libelle": "nl", "libelle": "Stokbrood"})
    assert (reponse.status_code, reponse.headers["location"]) == (201, f"{LIBELLES}/nl")
    assert reponse.json() == {"article": "BAG", "code_libelle": "nl", "libelle": "Stokbrood", "version": 1}
    creer(api, LIBELLES, {"code_libelle": "de", "libelle": "Stangenbrot"})
    assert [un["code_libelle"] for un in api.get(LIBELLES).json()["data"]] == ["de", "nl"]
    assert changer(api, f"{LIBELLES}/nl", libelle="Baguette").json()["libelle"] == "Baguette"
    assert api.get(f"{LIBELLES}/nl").headers["etag"] == '"2"'
    assert effacer(api, f"{LIBELLES}/nl").status_code == 204
    actions = [("creation", "BAG/nl"), ("creation", "BAG/de"), ("modification", "BAG/nl"), ("suppression", "BAG/nl")]
    assert evenements(api, "libelle_article") == actions


def test_art_02_libelles_refuses(api):
    corps = {"code_libelle": "nl", "libelle": "Stokbrood"}
    creer(api, LIBELLES, corps)
    assert erreurs(api.post(LIBELLES, json=corps)) == champ_refuse("#/code_libelle", "deja_pris", 409)
    vide = corps | {"code_libelle": "de", "libelle": ""}
    assert erreurs(api.post(LIBELLES, json=vide)) == champ_refuse("#/libelle", "texte_trop_court")
    assert api.get(f"{LIBELLES}/de").status_code == 404
    assert api.post("/v1/articles/ABSENT/libelles", json=corps).status_code == 404
    assert api.patch(f"{LIBELLES}/nl", json={"libelle": "x"}).status_code == 428
