"""Clients and their delivery addresses (CLI-01, CLI-02, CLI-03)."""

import pytest
from sqlalchemy import event
from tests.api.reponses import donnees, erreurs, si

from aurore_api.clients import service
from aurore_api.socle.cles import CleConnue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.horloge import maintenant

PARC = {
    "numero": "C0012",
    "nom": "Hôtel du Parc",
    "langue": "nl",
    "numero_tva": "BE0403170701",
    "adresse": {"rue": "Rue de Fer 1", "code_postal": "5000", "localite": "Namur", "pays": "BE"},
}


@pytest.fixture
def creer(api):
    """Makes a client; gives its body."""

    def faire(**champs):
        reponse = api.post("/v1/clients", json=PARC | champs)
        assert reponse.status_code == 201, reponse.text
        return reponse.json()

    return faire


def test_cli_01_a_client_is_stored_as_it_was_given(api):
    contact = {"nom": "Jeanne", "fonction": "achats", "telephone": "081 1", "courriel": "jeanne@parc.example"}
    donne = PARC | {
        "nom_suite": "SRL",
        "code_libelle": "NL",
        "telephone": "081 00 00 00",
        "courriel": "info@parc.example",
        "contacts": [contact],
        "numero_entreprise": "0403170701",
        "identifiant_peppol": "0208:0403170701",
    }
    cree = api.post("/v1/clients", json=donne)
    assert (cree.status_code, cree.headers["location"], cree.headers["etag"]) == (201, "/v1/clients/C0012", '"1"')
    lu = api.get("/v1/clients/C0012")
    assert (lu.status_code, lu.headers["etag"], lu.json()) == (200, '"1"', cree.json())
    assert {nom: lu.json()[nom] for nom in donne} == donne


def test_cli_01_what_a_client_leaves_out_is_the_societe_s(api):
    categorie = {"code": "ETR", "libelle": "Étranger", "regime": "export"}
    assert api.post("/v1/categories-tva", json=categorie).status_code == 201
    assert api.patch("/v1/parametres", json={"langue": "de", "categorie_tva_defaut": "ETR"}, headers=si(1)).is_success
    cree = api.post("/v1/clients", json={"numero": "C1", "nom": "Un"}).json()
    assert (cree["langue"], cree["categorie_tva"], cree["remise"], cree["contacts"], cree["textes"]) == (
        "de", "ETR", "0.00", [], {},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("champ", "valeur", "code"),
    [
        ("numero", "", "texte_trop_court"),
        ("numero", "C000000000000012", "texte_trop_long"),
        ("numero", "C/12", "format_incorrect"),
        ("nom", None, "type_incorrect"),
        ("langue", "es", "valeur_hors_liste"),
        ("numero_tva", "BE0403170702", "numero_tva_faux"),
        ("numero_tva", "DE136695977", "numero_tva_faux"),
        ("numero_entreprise", "0403170700", "numero_entreprise_faux"),
        ("identifiant_peppol", "0403170701", "format_incorrect"),
        ("identifiant_peppol", "0208:0403170702", "identifiant_peppol_faux"),
        ("identifiant_peppol", "0208:BE0403170701", "identifiant_peppol_faux"),
        ("identifiant_peppol", "0208:0403.170.701", "identifiant_peppol_faux"),
        ("identifiant_peppol", "0208:403170701", "identifiant_peppol_faux"),
        ("identifiant_peppol", "9925:0403170701", "identifiant_peppol_faux"),
        ("identifiant_peppol", "9925:be0403170702", "identifiant_peppol_faux"),
        ("numero_entreprise", "0202239951", "numero_entreprise_discordant"),
        ("courriel", "info.parc.example", "format_incorrect"),
        ("contacts", [{"nom": "A"}] * 21, "liste_trop_longue"),
        ("remise", "100.01", "hors_bornes"),
        ("remise", "-1", "decimal_illisible"),
        ("ordre_tournee", -1, "hors_bornes"),
    ],
)
def test_cli_01_a_bad_value_is_refused_by_its_field(api, champ, valeur, code):
    assert erreurs(api.post("/v1/clients", json=PARC | {champ: valeur})) == (422, [(f"#/{champ}", code)])


def test_cli_01_the_vat_number_is_kept_compact_with_its_country(creer):
    assert creer(numero="1", numero_tva="0403.170.701")["numero_tva"] == "BE0403170701"
    assert creer(numero="2", numero_tva="de 136 695 976")["numero_tva"] == "DE136695976"


@pytest.mark.parametrize("identifiant", ["0208:0403170701", "9925:be0403170701", "9925:BE0403170701", "0106:1-x"])
def test_cli_01_a_peppol_id_is_kept_as_given(creer, identifiant):
    assert creer(identifiant_peppol=identifiant)["identifiant_peppol"] == identifiant


def test_cli_01_a_belgian_vat_number_agrees_with_the_enterprise_number(api, creer):
    """Also where only one of them is changed; other countries' numbers have nothing to agree with (CLI-01)."""
    assert creer(numero_entreprise="0403.170.701")["numero_entreprise"] == "0403170701"
    autre = {"numero_entreprise": "0202239951"}
    assert erreurs(api.patch("/v1/clients/C0012", json=autre, headers=si(1))) == (
        422, [("#/numero_entreprise", "numero_entreprise_discordant")],
    )  # fmt: skip
    refus = api.patch("/v1/clients/C0012", json={"numero_tva": "BE0202239951"}, headers=si(1))
    assert erreurs(refus) == (422, [("#/numero_entreprise", "numero_entreprise_discordant")])
    assert api.patch("/v1/clients/C0012", json=autre | {"numero_tva": "BE0202239951"}, headers=si(1)).is_success
    assert creer(numero="C2", numero_tva="DE136695976", **autre)["numero_entreprise"] == "0202239951"


def test_cli_01_numbers_are_unique(api, creer):
    creer()
    assert erreurs(api.post("/v1/clients", json=PARC)) == (409, [("#/numero", "deja_pris")])


REFERENCES = {
    "tarif": ("tarifs", {"code": "X1", "libelle": "x"}),
    "categorie_tva": ("categories-tva", {"code": "X1", "libelle": "x", "regime": "export"}),
    "echeance": ("echeances", {"code": "X1", "libelle": "x"}),
    "escompte": ("escomptes", {"code": "X1", "genre": "deduit", "pourcentage": "2"}),
    "mode_paiement": ("modes-paiement", {"code": "X1", "libelle": "x", "genre": "carte"}),
    "mode_livraison": ("modes-livraison", {"code": "X1", "libelle": "x"}),
    "representant": ("representants", {"code": "X1", "nom": "x"}),
    "code_statistique": ("codes-statistiques", {"code": "X1", "libelle": "x"}),
    "profil": ("profils", {"code": "X1", "libelle": "x"}),
    "tournee": ("tournees", {"numero": "X1", "nom": "x"}),
}


@pytest.mark.parametrize("champ", REFERENCES)
def test_cli_02_defaults_name_rows_that_exist_and_keep_them(api, creer, champ):
    assert erreurs(api.post("/v1/clients", json=PARC | {champ: "X1"})) == (422, [(f"#/{champ}", "reference_inconnue")])
    chemin, ligne = REFERENCES[champ]
    assert api.post(f"/v1/{chemin}", json=ligne).status_code == 201
    assert creer(**{champ: "X1"})[champ] == "X1"
    refus = api.delete(f"/v1/{chemin}/X1", headers=si(1))
    assert (refus.status_code, refus.json()["code"]) == (409, "en_utilisation")
    assert "clients" in refus.json()["detail"]


def test_cli_02_texts_go_by_type_of_document(api, creer):
    textes = {"facture": {"debut": "Merci.", "fin": None, "paiement": "Sans escompte."}}
    assert creer(textes=textes)["textes"] == textes
    refus = api.post("/v1/clients", json=PARC | {"numero": "C2", "textes": {"<ticket>": {"debut": "x"}}})
    assert erreurs(refus) == (422, [("#/textes", "champ_inconnu")])
    refus = api.post("/v1/clients", json=PARC | {"numero": "C2", "textes": {"facture": {"milieu": "x"}}})
    assert erreurs(refus) == (422, [("#/textes/facture", "champ_inconnu")])


def test_a_patch_replaces_only_what_it_gives(api, creer):
    avant = creer(remise="2.50", telephone="081")
    apres = api.patch("/v1/clients/C0012", json={"remise": "3", "telephone": None}, headers=si(1))
    assert apres.json() == avant | {"remise": "3.00", "telephone": None, "version": 2}
    assert apres.headers["etag"] == '"2"'
    assert erreurs(api.patch("/v1/clients/C0012", json={"numero": "C2"}, headers=si(2)))[0] == 422
    assert erreurs(api.patch("/v1/clients/C0012", json={"nom": None}, headers=si(2))) == (
        422, [("#/nom", "type_incorrect")],
    )  # fmt: skip
    assert api.patch("/v1/clients/C0012", json={"langue": None}, headers=si(2)).json()["langue"] == "fr"


@pytest.mark.parametrize("methode", ["PATCH", "DELETE"])
def test_api_06_a_change_names_the_version_it_saw(api, creer, methode):
    creer()
    adresse = api.post("/v1/clients/C0012/adresses", json={"libelle": "Cuisine"}).headers["location"]
    for chemin in ("/v1/clients/C0012", adresse):
        corps = {"json": {"nom": "Autre"}} if methode == "PATCH" else {}
        assert api.request(methode, chemin, **corps).status_code == 428
        assert api.request(methode, chemin, headers=si(7), **corps).status_code == 412


@pytest.mark.parametrize(
    ("filtre", "attendus"),
    [
        ("", ["B1", "C10", "C2"]),
        ("?numero=C", ["C10", "C2"]),
        ("?numero=C_", []),
        ("?nom=ETOILE", ["B1", "C10"]),
        ("?nom=é", ["B1", "C10", "C2"]),
        ("?nom=%25", []),
        ("?tarif=REV", ["C2"]),
        ("?tri=nom", ["C10", "B1", "C2"]),
        ("?tri=-numero", ["C2", "C10", "B1"]),
    ],
)
def test_api_04_clients_are_filtered_and_sorted(api, creer, filtre, attendus):
    creer(numero="C10", nom="À l'étoile")
    creer(numero="B1", nom="L'Étoile filante")
    creer(numero="C2", nom="Zébulon", tarif="REV")
    assert [un["numero"] for un in donnees(api.get(f"/v1/clients{filtre}"))] == attendus
    assert erreurs(api.get("/v1/clients?tri=remise"))[0] == 422


def test_cli_03_at_most_one_address_is_the_default(api, creer):
    creer()
    base = "/v1/clients/C0012/adresses"
    premiere, seconde = (
        api.post(base, json={"libelle": nom, "rue": "Rue Haute 2", "par_defaut": True}) for nom in ("Bar", "Cuisine")
    )
    assert seconde.headers["location"] == f"{base}/{seconde.json()['id']}"
    assert [(une["libelle"], une["par_defaut"], une["version"]) for une in api.get(base).json()["data"]] == [
        ("Bar", False, 2),
        ("Cuisine", True, 1),
    ]
    rendue = api.patch(premiere.headers["location"], json={"par_defaut": True}, headers=si(2))
    assert rendue.json() == premiere.json() | {"version": 3}
    assert api.get(seconde.headers["location"]).json()["par_defaut"] is False
    assert api.patch(premiere.headers["location"], json={"rue": "Rue Basse"}, headers=si(3)).json()["par_defaut"]


def test_cli_03_an_address_belongs_to_its_client(api, creer):
    creer()
    creer(numero="C2")
    adresse = api.post("/v1/clients/C0012/adresses", json={"libelle": "Bar", "par_defaut": True}).json()
    ailleurs = f"/v1/clients/C2/adresses/{adresse['id']}"
    assert api.get(ailleurs).status_code == 404
    assert api.patch(ailleurs, json={"libelle": "x"}, headers=si(1)).status_code == 404
    assert api.delete(ailleurs, headers=si(1)).status_code == 404
    assert api.get("/v1/clients/C3/adresses").status_code == 404
    assert api.post("/v1/clients/C3/adresses", json={"libelle": "Bar"}).status_code == 404
    assert api.post("/v1/clients/C2/adresses", json={"libelle": "Bar", "par_defaut": True}).status_code == 201
    assert api.get(f"/v1/clients/C0012/adresses/{adresse['id']}").json()["par_defaut"] is True


def test_sec_04_every_change_writes_its_event(api, creer):
    creer()
    base = "/v1/clients/C0012/adresses"
    premiere = api.post(base, json={"libelle": "Bar", "par_defaut": True}).json()["id"]
    seconde = api.post(base, json={"libelle": "Cuisine", "par_defaut": True}).json()["id"]
    api.patch("/v1/clients/C0012", json={"nom": "Parc"}, headers=si(1))
    assert api.delete("/v1/clients/C0012", headers=si(2)).status_code == 204
    assert api.get("/v1/clients/C0012").status_code == 404
    journal = [
        (un["ressource"], un["action"], un["identifiant"])
        for un in api.get("/v1/evenements").json()["data"]
        if un["ressource"] in {"client", "adresse"}
    ]
    assert journal == [
        ("client", "creation", "C0012"),
        ("adresse", "creation", f"C0012/{premiere}"),
        ("adresse", "modification", f"C0012/{premiere}"),
        ("adresse", "creation", f"C0012/{seconde}"),
        ("client", "modification", "C0012"),
        ("adresse", "suppression", f"C0012/{premiere}"),
        ("adresse", "suppression", f"C0012/{seconde}"),
        ("client", "suppression", "C0012"),
    ]


def test_cli_02_a_document_copies_its_client_in_one_statement(api, creer):
    creer(remise="2.50", textes={"facture": {"fin": "Merci."}})
    bar = api.post("/v1/clients/C0012/adresses", json={"libelle": "Bar"}).json()["id"]
    cuisine = api.post("/v1/clients/C0012/adresses", json={"libelle": "Cuisine", "par_defaut": True}).json()["id"]
    base, requetes = api.app.state.base, []

    async def copier(numero):
        async with await base.session(base.exterieure, "societe_principale") as session:
            cle = CleConnue(1, frozenset(), "principale", "societe_principale", "Europe/Brussels")
            ctx = Contexte(session=session, cle=cle, requete_id="", langue="fr", maintenant=maintenant())
            return await service.pour_document(ctx, numero)

    def noter(_connexion, _curseur, texte, *_):
        requetes.append(texte)

    event.listen(base.engine.sync_engine, "before_cursor_execute", noter)
    copie = api.attendre(copier, "C0012")
    event.remove(base.engine.sync_engine, "before_cursor_execute", noter)
    assert [texte.split()[0] for texte in requetes] == ["SAVEPOINT", "SELECT", "ROLLBACK"]
    assert (copie.nom, str(copie.remise), copie.adresse["localite"]) == ("Hôtel du Parc", "2.50", "Namur")
    assert copie.textes["facture"]["fin"] == "Merci."
    assert [(un, adresse["libelle"]) for un, adresse in copie.adresses] == [(bar, "Bar"), (cuisine, "Cuisine")]
    assert copie.adresse_livraison == dict(copie.adresses)[cuisine]
    assert api.attendre(copier, "C9") is None
