"""Suppliers (FOU-01)."""

import pytest
from tests.api.catalogue import BAGUETTE, changer, creer, effacer, evenements
from tests.api.reponses import donnees, erreurs, refus, si

ADRESSE = "/v1/fournisseurs"
MOULIN = {
    "numero": "F0007",
    "nom": "Moulin de la Sambre",
    "nom_suite": "SRL",
    "adresse": {"rue": "Rue du Moulin 4", "code_postal": "5100", "localite": "Jambes", "pays": "BE"},
    "langue": "nl",
    "telephone": "081 30 00 00",
    "courriel": "ventes@moulin.example",
    "contacts": [{"nom": "Anne", "fonction": "ventes", "telephone": None, "courriel": "anne@moulin.example"}],
    "numero_tva": "BE0403170701",
    "numero_entreprise": "0403170701",
    "categorie_tva": "intracommunautaire",
    "devise": "CHF",
    "delai_livraison": 2,
    "echeance": "30FM",
    "escompte": None,
    "mode_paiement": "VIREMENT",
    "remise": "3.00",
    "iban": "BE68539007547034",
    "bic": "GKCCBEBB",
    "numero_client": "45871",
    "memo": "Fermé le lundi\nLivre avant 6 h",
    "actif": False,
}


def test_fou_01_a_supplier_is_stored_as_it_was_given(api):
    cree = api.post(ADRESSE, json=MOULIN)
    assert (cree.status_code, cree.headers["location"], cree.headers["etag"]) == (201, f"{ADRESSE}/F0007", '"1"')
    lu = api.get(f"{ADRESSE}/F0007")
    assert (lu.status_code, lu.headers["etag"], lu.json()) == (200, '"1"', MOULIN | {"version": 1})


def test_fou_01_a_supplier_lives_and_ends(api):
    creer(api, ADRESSE, MOULIN)
    un = f"{ADRESSE}/F0007"
    assert refus(api.patch(un, json={"nom": "Moulin"})) == (428, "version_requise")
    assert refus(api.patch(un, json={"nom": "Moulin"}, headers=si(2))) == (412, "version_perimee")
    change = api.patch(un, json={"nom": "Moulin", "remise": "2", "bic": None, "actif": True}, headers=si(1))
    assert (change.status_code, change.headers["etag"]) == (200, '"2"')
    nouveau = MOULIN | {"nom": "Moulin", "remise": "2.00", "bic": None, "actif": True, "version": 2}
    assert change.json() == api.get(un).json() == nouveau
    assert api.patch(un, json={"nom": "Moulin"}, headers=si(2)).json()["version"] == 2
    assert refus(api.delete(un, headers=si(1))) == (412, "version_perimee")
    assert api.delete(un, headers=si(2)).status_code == 204
    assert refus(api.get(un)) == (404, "ressource_absente")
    assert [action for action, _ in evenements(api, "fournisseur")] == ["creation", "modification", "suppression"]


def test_fou_01_what_a_supplier_leaves_out_is_the_societe_s(api):
    creer(api, "/v1/categories-tva", {"code": "ETR", "libelle": "Étranger", "regime": "export"})
    changes = {"langue": "de", "categorie_tva_defaut": "ETR", "devise": "GBP"}
    assert api.patch("/v1/parametres", json=changes, headers=si(1)).is_success
    un = creer(api, ADRESSE, {"numero": "F1", "nom": "Un"})
    assert (un["langue"], un["categorie_tva"], un["devise"]) == ("de", "ETR", "GBP")
    assert (un["remise"], un["contacts"], un["delai_livraison"], un["actif"]) == ("0.00", [], None, True)
    deux = creer(api, ADRESSE, {"numero": "F2", "nom": "Deux", "langue": "fr", "devise": "EUR"})
    assert (deux["langue"], deux["categorie_tva"], deux["devise"]) == ("fr", "ETR", "EUR")


@pytest.mark.parametrize(
    ("champ", "valeur", "code"),
    [
        ("numero", "", "texte_trop_court"),
        ("numero", "F000000000000012", "texte_trop_long"),
        ("numero", "F/12", "format_incorrect"),
        ("nom", None, "type_incorrect"),
        ("langue", "es", "valeur_hors_liste"),
        ("numero_tva", "BE0403170702", "numero_tva_faux"),
        ("numero_entreprise", "0403170700", "numero_entreprise_faux"),
        ("numero_entreprise", "0417497106", "numero_entreprise_discordant"),
        ("iban", "BE68539007547035", "iban_faux"),
        ("bic", "GKCC", "bic_faux"),
        ("courriel", "ventes.moulin.example", "format_incorrect"),
        ("contacts", [{"nom": "A"}] * 21, "liste_trop_longue"),
        ("remise", "100.01", "hors_bornes"),
        ("remise", 3, "decimal_en_texte"),
        ("delai_livraison", -1, "hors_bornes"),
        ("delai_livraison", 1000, "hors_bornes"),
        ("delai_livraison", "2", "type_incorrect"),
        ("memo", "a\x00b", "format_incorrect"),
        ("actif", "oui", "type_incorrect"),
        ("devise", "XXX", "reference_inconnue"),
        ("categorie_tva", "lune", "reference_inconnue"),
        ("echeance", "X", "reference_inconnue"),
        ("escompte", "X", "reference_inconnue"),
        ("mode_paiement", "X", "reference_inconnue"),
    ],
)
def test_fou_01_a_bad_value_is_refused_by_its_field(api, champ, valeur, code):
    assert erreurs(api.post(ADRESSE, json=MOULIN | {champ: valeur})) == (422, [(f"#/{champ}", code)])
    assert donnees(api.get(ADRESSE)) == []
    if champ != "numero":
        creer(api, ADRESSE, MOULIN)
        assert erreurs(changer(api, f"{ADRESSE}/F0007", **{champ: valeur})) == (422, [(f"#/{champ}", code)])
        assert api.get(f"{ADRESSE}/F0007").json() == MOULIN | {"version": 1}


def test_fou_01_identifiers_are_kept_compact(api):
    donnees_brutes = {"numero_tva": "0403.170.701", "iban": "BE68 5390 0754 7034", "bic": "gkccbebb"}
    cree = creer(api, ADRESSE, {"numero": "F1", "nom": "Un"} | donnees_brutes)
    assert (cree["numero_tva"], cree["iban"], cree["bic"]) == ("BE0403170701", "BE68539007547034", "GKCCBEBB")


def test_fou_01_numbers_are_unique_and_stay(api):
    creer(api, ADRESSE, MOULIN)
    assert erreurs(api.post(ADRESSE, json=MOULIN)) == (409, [("#/numero", "deja_pris")])
    assert erreurs(changer(api, f"{ADRESSE}/F0007", numero="F8")) == (422, [("#", "champ_inconnu")])


@pytest.mark.parametrize(
    ("demande", "attendus"),
    [
        ("", ["A1", "A2", "B1", "B2"]),
        ("numero=A", ["A1", "A2"]),
        ("numero=_", []),
        ("nom=CREME", ["A2", "B1"]),
        ("nom=%25", []),
        ("actif=false", ["B2"]),
        ("actif=true&numero=B", ["B1"]),
        ("tri=-numero", ["B2", "B1", "A2", "A1"]),
        ("tri=nom", ["B1", "A2", "A1", "B2"]),
        ("tri=-nom&limite=2", ["B2", "A1"]),
    ],
)
def test_fou_01_a_list_goes_by_number_name_and_whether_they_are_active(api, demande, attendus):
    noms = {"A1": "Moulin", "A2": "Les crèmes du Nord", "B1": "Crèmerie", "B2": "Œufs"}
    for numero, nom in noms.items():
        creer(api, ADRESSE, {"numero": numero, "nom": nom, "actif": nom != "Œufs"})
    assert [un["numero"] for un in donnees(api.get(f"{ADRESSE}?{demande}"))] == attendus


def test_fou_01_a_list_goes_on_where_it_stopped(api):
    for numero in ("F1", "F2", "F3"):
        creer(api, ADRESSE, {"numero": numero, "nom": "Même nom"})
    page = api.get(f"{ADRESSE}?tri=nom&limite=2")
    assert [un["numero"] for un in donnees(page)] == ["F1", "F2"]
    suite = page.headers["link"].split(">")[0].lstrip("<")
    assert [un["numero"] for un in donnees(api.get(suite))] == ["F3"]
    assert erreurs(api.get(f"{ADRESSE}?tri=remise")) == (422, [("?tri", "valeur_hors_liste")])
    assert refus(api.get(f"{ADRESSE}?ville=Namur")) == (422, "parametre_inconnu")


def test_fou_01_a_supplier_in_use_stays_and_says_by_what(api):
    creer(api, ADRESSE, MOULIN)
    creer(api, "/v1/articles", BAGUETTE, fournisseur_habituel="F0007")
    creer(api, "/v1/articles", BAGUETTE, numero="CRO")
    creer(api, "/v1/articles/CRO/fournisseurs", {"fournisseur": "F0007"})
    reponse = effacer(api, f"{ADRESSE}/F0007")
    assert refus(reponse) == (409, "en_utilisation")
    assert reponse.json()["detail"] == ("Encore utilisé par : articles (1) : BAG; fournisseurs-articles (1) : CRO.")
    assert api.get(f"{ADRESSE}/F0007").status_code == 200


def test_fou_01_a_currency_that_a_supplier_invoices_in_stays(api):
    creer(api, ADRESSE, MOULIN)
    reponse = effacer(api, "/v1/devises/CHF")
    assert refus(reponse) == (409, "en_utilisation")
    assert "fournisseurs (1) : F0007" in reponse.json()["detail"]


def test_fou_01_who_enters_data_changes_suppliers(api, cle_de):
    assert api.post(ADRESSE, json=MOULIN, headers=cle_de("lecture")).status_code == 403
    assert api.post(ADRESSE, json=MOULIN, headers=cle_de("saisie")).status_code == 201
    assert api.get(ADRESSE, headers=cle_de("lecture")).status_code == 200
