"""The general accounts that posting codes lead to (IMP-01, IMP-02)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.api.catalogue import BAGUETTE, changer, creer, effacer, evenements
from tests.api.reponses import donnees, erreurs, refus, si

COMPTES = {"700901": "Pain au levain", "700902": "Pain au seigle", "600901": "Farine"}
LEVAIN = "/v1/imputations/LEVAIN/comptes"
SEIGLE = "/v1/imputations/SEIGLE/comptes"
FARINE = "/v1/imputations/FARINE/comptes"
NATIONAL = {"categorie_tva": "national", "compte": "700901"}


def etablir(client):
    """Two posting codes of sales and one of purchases, and accounts for them that nothing uses yet."""
    for code, genre in {"LEVAIN": "vente", "SEIGLE": "vente", "FARINE": "achat"}.items():
        creer(client, "/v1/imputations", {"code": code, "libelle": code, "genre": genre})
    for numero, libelle in COMPTES.items():
        creer(client, "/v1/comptes", {"numero": numero, "libelle": libelle})
    return client


@pytest.fixture
def plan(api):
    """The API, with the codes and accounts of these tests."""
    return etablir(api)


def test_imp_01_a_posting_code_leads_to_an_account_in_each_vat_category(plan):
    cree = plan.post(LEVAIN, json=NATIONAL)
    assert (cree.status_code, cree.headers["location"], cree.headers["etag"]) == (201, f"{LEVAIN}/national", '"1"')
    assert cree.json() == plan.get(f"{LEVAIN}/national").json() == NATIONAL | {"version": 1}
    creer(plan, LEVAIN, {"categorie_tva": "export", "compte": "700902"})
    assert [(un["categorie_tva"], un["compte"]) for un in donnees(plan.get(LEVAIN))] == [
        ("export", "700902"),
        ("national", "700901"),
    ]
    page = plan.get(f"{LEVAIN}?limite=1").json()
    assert [un["compte"] for un in page["data"]] == ["700902"]
    suite = plan.get(LEVAIN, params={"curseur": page["curseur_suivant"]})
    assert [un["compte"] for un in donnees(suite)] == ["700901"]


def test_imp_01_an_account_is_changed_and_taken_away(plan):
    creer(plan, LEVAIN, NATIONAL)
    un = f"{LEVAIN}/national"
    changee = plan.patch(un, json={"compte": "700902"}, headers=si(1))
    assert (changee.status_code, changee.headers["etag"], changee.json()["compte"]) == (200, '"2"', "700902")
    assert refus(plan.patch(un, json={"compte": "700901"})) == (428, "version_requise")
    assert refus(plan.patch(un, json={"compte": "700901"}, headers=si(1))) == (412, "version_perimee")
    assert refus(plan.delete(un, headers=si(1))) == (412, "version_perimee")
    assert erreurs(plan.patch(un, json={"categorie_tva": "export"}, headers=si(2))) == (422, [("#", "champ_inconnu")])
    assert plan.delete(un, headers=si(2)).status_code == 204
    assert refus(plan.get(un)) == (404, "ressource_absente")
    faits = [fait for fait in evenements(plan, "compte_imputation") if fait[1] == "LEVAIN/national"]
    assert [action for action, _ in faits] == ["creation", "modification", "suppression"]


def test_imp_01_a_second_account_for_a_code_is_refused(plan):
    creer(plan, LEVAIN, NATIONAL)
    seconde = plan.post(LEVAIN, json=NATIONAL | {"compte": "700902"})
    assert erreurs(seconde) == (409, [("#/categorie_tva", "imputation_deja_liee")])
    assert [un["compte"] for un in donnees(plan.get(LEVAIN))] == ["700901"]


def test_imp_01_a_second_code_for_an_account_is_refused(plan):
    creer(plan, LEVAIN, NATIONAL)
    prise = (409, [("#/compte", "compte_deja_impute")])
    assert erreurs(plan.post(SEIGLE, json=NATIONAL)) == prise
    creer(plan, SEIGLE, NATIONAL | {"compte": "700902"})
    assert erreurs(changer(plan, f"{SEIGLE}/national", compte="700901")) == prise
    assert plan.get(f"{SEIGLE}/national").json()["compte"] == "700902"
    creer(plan, SEIGLE, {"categorie_tva": "export", "compte": "700901"})


@pytest.mark.parametrize(
    ("adresse", "change", "attendue"),
    [
        (LEVAIN, {"compte": "600901"}, ("#/compte", "compte_hors_classe")),
        (FARINE, {"compte": "700901"}, ("#/compte", "compte_hors_classe")),
        (LEVAIN, {"compte": "799999"}, ("#/compte", "reference_inconnue")),
        (LEVAIN, {"compte": "7"}, ("#/compte", "format_incorrect")),
        (LEVAIN, {"compte": 700901}, ("#/compte", "type_incorrect")),
        (LEVAIN, {"categorie_tva": "lune"}, ("#/categorie_tva", "reference_inconnue")),
        (LEVAIN, {"taux": "6"}, ("#", "champ_inconnu")),
    ],
)
def test_imp_02_a_wrong_account_is_refused_by_its_field(plan, adresse, change, attendue):
    assert erreurs(plan.post(adresse, json=NATIONAL | change)) == (422, [attendue])
    assert donnees(plan.get(adresse)) == []


@pytest.mark.parametrize(
    ("compte", "attendue"),
    [("600901", "compte_hors_classe"), ("799999", "reference_inconnue"), ("7A", "format_incorrect")],
)
def test_imp_02_nor_does_a_change_take_one(plan, compte, attendue):
    creer(plan, LEVAIN, NATIONAL)
    assert erreurs(changer(plan, f"{LEVAIN}/national", compte=compte)) == (422, [("#/compte", attendue)])
    assert plan.get(f"{LEVAIN}/national").json() == NATIONAL | {"version": 1}


def test_imp_02_what_is_in_use_stays_and_says_by_what(plan):
    creer(plan, LEVAIN, NATIONAL)
    creer(plan, SEIGLE, {"categorie_tva": "export", "compte": "700901"})
    par_les_codes = effacer(plan, "/v1/comptes/700901")
    assert refus(par_les_codes) == (409, "en_utilisation")
    assert "comptes-imputations (2) : LEVAIN/national, SEIGLE/export" in par_les_codes.json()["detail"]
    creer(plan, "/v1/articles", BAGUETTE, imputation_vente="LEVAIN")
    par_les_autres = effacer(plan, "/v1/imputations/LEVAIN").json()["detail"]
    assert "articles (1) : BAG" in par_les_autres
    assert "comptes-imputations (1) : national" in par_les_autres
    assert effacer(plan, f"{SEIGLE}/export").status_code == 204
    assert effacer(plan, "/v1/imputations/SEIGLE").status_code == 204


def test_imp_02_a_code_that_is_used_stays_one_of_sales(plan):
    assert changer(plan, "/v1/imputations/SEIGLE", genre="achat").json()["genre"] == "achat"
    creer(plan, LEVAIN, NATIONAL)
    fige = changer(plan, "/v1/imputations/LEVAIN", genre="achat")
    assert erreurs(fige) == (409, [("#/genre", "genre_fige")])
    assert "comptes-imputations (1) : national" in fige.json()["detail"]
    assert changer(plan, "/v1/imputations/LEVAIN", libelle="Au levain", genre="vente").json()["version"] == 2
    assert effacer(plan, f"{LEVAIN}/national").status_code == 204
    assert changer(plan, "/v1/imputations/LEVAIN", genre="achat").json()["genre"] == "achat"


def test_imp_02_a_code_that_an_article_uses_stays_one_of_sales(plan):
    creer(plan, "/v1/articles", BAGUETTE, imputation_vente="LEVAIN")
    fige = changer(plan, "/v1/imputations/LEVAIN", genre="achat")
    assert refus(fige) == (409, "genre_fige")
    assert "articles (1) : BAG" in fige.json()["detail"]


@pytest.mark.parametrize("methode", ["GET", "POST"])
def test_imp_01_a_code_that_does_not_exist_has_no_accounts(plan, methode):
    corps = {"json": NATIONAL} if methode == "POST" else {}
    assert refus(plan.request(methode, "/v1/imputations/ABSENT/comptes", **corps)) == (404, "ressource_absente")


def test_imp_01_only_parameters_change_accounts(plan, cle_de):
    assert plan.post(LEVAIN, json=NATIONAL, headers=cle_de("saisie")).status_code == 403
    assert plan.post(LEVAIN, json=NATIONAL, headers=cle_de("parametres")).status_code == 201
    assert plan.get(LEVAIN, headers=cle_de("lecture")).status_code == 200


def ensemble(*appels):
    """Make all the calls at once; gives how many were answered what."""
    with ThreadPoolExecutor(len(appels)) as fils:
        reponses = [un.result() for un in [fils.submit(appel) for appel in appels]]
    return Counter((une.status_code, None if une.is_success else une.json()["code"]) for une in reponses)


def test_imp_01_of_two_codes_that_take_an_account_at_once_one_gets_it(reelle):
    etablir(reelle)
    for categorie in ("national", "export", "exonere"):
        corps = {"categorie_tva": categorie, "compte": "700901"}
        assert ensemble(
            lambda corps=corps: reelle.post(LEVAIN, json=corps), lambda corps=corps: reelle.post(SEIGLE, json=corps)
        ) == {(201, None): 1, (409, "compte_deja_impute"): 1}


def test_imp_01_of_two_accounts_that_a_code_gets_at_once_one_stays(reelle):
    etablir(reelle)
    resultat = ensemble(
        lambda: reelle.post(LEVAIN, json=NATIONAL),
        lambda: reelle.post(LEVAIN, json=NATIONAL | {"compte": "700902"}),
    )
    assert resultat == {(201, None): 1, (409, "imputation_deja_liee"): 1}


def test_imp_02_a_code_that_changes_as_it_gets_an_account_keeps_its_class(reelle):
    """Whichever comes first, the other is refused."""
    etablir(reelle)
    for rang in range(6):
        un = f"/v1/imputations/I{rang}"
        creer(reelle, "/v1/imputations", {"code": f"I{rang}", "libelle": "Pains", "genre": "vente"})
        creer(reelle, "/v1/comptes", {"numero": f"7099{rang}", "libelle": "Pains"})
        lien = {"categorie_tva": "national", "compte": f"7099{rang}"}
        resultat = ensemble(
            lambda un=un, lien=lien: reelle.post(f"{un}/comptes", json=lien),
            lambda un=un: changer(reelle, un, genre="achat"),
        )
        genre, comptes = reelle.get(un).json()["genre"], donnees(reelle.get(f"{un}/comptes"))
        assert (resultat, genre, len(comptes)) in [
            ({(201, None): 1, (409, "genre_fige"): 1}, "vente", 1),
            ({(200, None): 1, (422, "compte_hors_classe"): 1}, "achat", 0),
        ]


def test_imp_02_a_code_that_changes_as_an_article_takes_it_stays_what_the_article_needs(reelle):
    """Whichever comes first, the other is refused."""
    etablir(reelle)
    for rang in range(6):
        un = f"/v1/imputations/I{rang}"
        creer(reelle, "/v1/imputations", {"code": f"I{rang}", "libelle": "Pains", "genre": "vente"})
        article = BAGUETTE | {"numero": f"A{rang}", "imputation_vente": f"I{rang}"}
        resultat = ensemble(
            lambda article=article: reelle.post("/v1/articles", json=article),
            lambda un=un: changer(reelle, un, genre="achat"),
        )
        assert (resultat, reelle.get(un).json()["genre"]) in [
            ({(201, None): 1, (409, "genre_fige"): 1}, "vente"),
            ({(200, None): 1, (422, "imputation_d_autre_genre"): 1}, "achat"),
        ]
