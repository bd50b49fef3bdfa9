"""The sample bakery of the demo: its files agree with one another and with what the law and the API ask."""

from decimal import Decimal
from typing import Any

import pytest
from PIL import Image
from stdnum import bic, ean
from stdnum.be import iban
from stdnum.be import vat as tva_be
from stdnum.lu import vat as tva_lu
from stdnum.nl import btw as tva_nl

from aurore_api.demo.chargement import ANNEXES, DONNEES, cle, lire_csv, lire_toml
from aurore_api.tables.plan_comptable import comptes_et_imputations
from aurore_api.tables.tables import Imputation

VERIFIER_TVA = {"BE": tva_be.is_valid, "LU": tva_lu.is_valid, "NL": tva_nl.is_valid}
UNITES_PAR_DEFAUT = {"PCE", "KG", "CT"}
IMPUTATIONS = {une.code: une.genre for une in comptes_et_imputations() if isinstance(une, Imputation)}

ARTICLES = {article["numero"]: article for article in lire_csv("articles")}
CLIENTS = {client["numero"]: client for client in lire_csv("clients")}
FOURNISSEURS = {fournisseur["numero"]: fournisseur for fournisseur in lire_csv("fournisseurs")}
COMMANDES_TYPES = lire_toml("commandes_types")["commandes_types"]
UNITES = {(unite["article"], unite["abreviation"]): unite for unite in lire_csv("unites")}
SAISIES = {saisie["nom"]: saisie for fichier in ("offres", "commandes") for saisie in lire_toml(fichier)["documents"]}
LIGNES = [ligne for saisie in SAISIES.values() for ligne in saisie["lignes"]]
EN_DEUX_UNITES = [ligne for ligne in LIGNES if {"quantite", "unite_commande"} <= set(ligne)]


def codes(table: str) -> set[str]:
    return {ligne["code"] for ligne in lire_csv(table)}


def imputations(genre: str) -> set[str]:
    return {code for code, le_sien in IMPUTATIONS.items() if le_sien == genre}


def en_unite_de_base(ligne: dict[str, Any]) -> Decimal:
    """CAL-01: the quantity of a typed line in its base unit."""
    if "quantite" in ligne:
        return Decimal(ligne["quantite"])
    unite = UNITES[ligne["article"], ligne["unite_commande"]]
    facteur = Decimal(unite["facteur"])
    quantite = Decimal(ligne["quantite_unite_commande"])
    return quantite * facteur if unite["operateur"] == "M" else quantite / facteur


def test_counts() -> None:
    assert 55 <= len(ARTICLES) == len(lire_csv("articles"))
    assert len(CLIENTS) == len(lire_csv("clients")) == 28
    assert len(FOURNISSEURS) == len(lire_csv("fournisseurs")) == 5
    assert sum(nom.startswith("offre-") for nom in SAISIES) == 6
    commandes = {nom for nom in SAISIES if nom.startswith("commande-")}
    transferees = {ligne["nom"] for ligne in lire_csv("transferts") if ligne["type"] == "commande"}
    assert len(commandes | transferees) == 25


def test_cli_01_every_vat_number_passes_its_check_digits() -> None:
    for client in CLIENTS.values():
        if numero := client.get("numero_tva"):
            assert numero.startswith(client["pays"])
            assert VERIFIER_TVA[client["pays"]](numero), numero
    numeros = [client["numero_tva"] for client in CLIENTS.values() if "numero_tva" in client]
    assert len(numeros) == len(set(numeros)) == 23


def test_fou_01_every_supplier_passes_its_check_digits() -> None:
    clients = {client.get("numero_tva") for client in CLIENTS.values()}
    for fournisseur in FOURNISSEURS.values():
        assert tva_be.is_valid(fournisseur["numero_tva"])
        assert fournisseur["numero_tva"] not in clients
        assert iban.is_valid(fournisseur["iban"])


def test_art_15_bar_codes_are_valid_and_each_is_of_one_thing() -> None:
    codes_barres = [code for article in ARTICLES.values() for code in article.get("codes_barres", [])]
    codes_barres += [unite["code_barres"] for unite in UNITES.values() if "code_barres" in unite]
    assert len(codes_barres) == len(set(codes_barres)) > len(ARTICLES)
    assert all(ean.is_valid(code) and code.startswith("2") for code in codes_barres), "2: of no one's, by GS1"


def test_cal_09_a_client_of_another_country_has_its_vat_number_and_category() -> None:
    for client in CLIENTS.values():
        assert (client["pays"] != "BE") == (client["categorie_tva"] == "intracommunautaire")
        assert client["categorie_tva"] == "national" or "numero_tva" in client
    assert {client["categorie_tva"] for client in CLIENTS.values()} == {
        "national",
        "intracommunautaire",
        "cocontractant",
    }


def test_imp_20_the_seller_can_be_named_as_the_law_asks() -> None:
    societe = lire_toml("societe")
    assert tva_be.is_valid(societe["numero_tva"])
    assert iban.is_valid(societe["iban"])
    assert bic.is_valid(societe["bic"])
    assert societe["forme_juridique"]
    assert societe["rpm"]
    assert set(societe["adresse"]) == {"rue", "code_postal", "localite", "pays"}


def test_art_02_three_languages() -> None:
    assert {client["langue"] for client in CLIENTS.values()} == {"fr", "nl", "de"}
    libelles = lire_csv("libelles")
    assert {libelle["code_libelle"] for libelle in libelles} == {"nl", "de", "en"}
    assert len({libelle["article"] for libelle in libelles}) > len(ARTICLES) // 2


def test_every_vat_rate_is_used_and_sold() -> None:
    assert {article["code_tva_vente"] for article in ARTICLES.values()} == {"0", "6", "12", "21"}  # deposits bear none
    assert {ARTICLES[ligne["article"]]["code_tva_vente"] for ligne in LIGNES if "article" in ligne} == {"6", "12", "21"}


@pytest.mark.parametrize(
    ("fichier", "champ", "connus"),
    [
        ("familles", "departement", codes("departements")),
        ("articles", "famille", codes("familles")),
        ("articles", "unite", UNITES_PAR_DEFAUT),
        ("articles", "structure", codes("structures")),
        ("articles", "code_intrastat", codes("codes_intrastat")),
        ("articles", "fournisseur_habituel", set(FOURNISSEURS)),
        ("articles", "imputation_vente", imputations("vente")),
        ("articles", "imputation_achat", imputations("achat")),
        ("achats", "article", set(ARTICLES)),
        ("achats", "fournisseur", set(FOURNISSEURS)),
        ("taxes_articles", "article", {numero for numero, un in ARTICLES.items() if un.get("appliquer_taxe")}),
        ("taxes_articles", "code_taxe", codes("taxes")),
        ("composants", "article", {numero for numero, un in ARTICLES.items() if un.get("assemble")}),
        ("composants", "composant", set(ARTICLES)),
        ("images", "article", set(ARTICLES)),
        ("prix_clients", "client", set(CLIENTS)),
        ("prix_clients", "article", set(ARTICLES)),
        ("prix_clients", "famille", codes("familles")),
        ("unites_preferees", "client", set(CLIENTS)),
        ("clients", "tarif", codes("tarifs")),
        ("clients", "code_libelle", {"nl", "de", "en"}),
        ("unites", "article", set(ARTICLES)),
        ("unites", "unite", codes("unites_mesure")),
        ("libelles", "article", set(ARTICLES)),
        ("tarifs_articles", "article", set(ARTICLES)),
        ("tarifs_articles", "tarif", codes("tarifs")),
        ("adresses", "client", set(CLIENTS)),
    ],
)
def test_files_refer_to_what_exists(fichier: str, champ: str, connus: set[str]) -> None:
    assert {ligne[champ] for ligne in lire_csv(fichier) if champ in ligne} <= connus


def test_art_03_the_pastry_families_are_in_the_pastry_department() -> None:
    patisserie = {famille["code"] for famille in lire_csv("familles") if famille["departement"] == "PATI"}
    assert patisserie == {"3", "8", "9"}


@pytest.mark.parametrize(("fichier", "parent", "champs"), [(annexe[0], annexe[1], annexe[3]) for annexe in ANNEXES])
def test_rows_of_one_parent_differ_by_their_key(fichier: str, parent: str, champs: tuple[str, ...]) -> None:
    cles = [cle(ligne, (parent, *champs)) for ligne in lire_csv(fichier)]
    assert len(cles) == len(set(cles))


@pytest.mark.parametrize(
    ("fichier", "champ"), [("articles", "remplace_par"), ("articles", "substitut"), ("clients", "facturer_a")]
)
def test_a_row_refers_to_rows_above_it(fichier: str, champ: str) -> None:
    connus: set[str] = set()
    references = 0
    for ligne in lire_csv(fichier):
        if champ in ligne:
            references += 1
            assert ligne[champ] in connus
        connus.add(ligne["numero"])
    assert references


@pytest.mark.parametrize(
    ("fichier", "champ"), [("achats", "unite_achat"), ("unites_preferees", "unite"), ("composants", "unite")]
)
def test_art_13_a_unit_is_one_of_the_article_s_own(fichier: str, champ: str) -> None:
    article = "composant" if fichier == "composants" else "article"
    assert {(ligne[article], ligne[champ]) for ligne in lire_csv(fichier) if champ in ligne} <= set(UNITES)


def test_every_kind_of_article_and_client_is_there() -> None:
    assert {
        champ: [un["numero"] for un in ARTICLES.values() if un.get(champ) is valeur]
        for champ, valeur in {"actif": False, "gere_stock": False, "assemble": True}.items()
    } == {"actif": ["BUCH"], "gere_stock": ["REPAS", "BUFF", "VAIS"], "assemble": ["COFF", "PANI"]}
    assert [un["numero"] for un in CLIENTS.values() if un.get("particulier")] == ["C0026"]
    assert [un["numero"] for un in CLIENTS.values() if un.get("facturable") is False] == ["C0028"]


def test_cli_09_a_client_s_own_price_is_for_one_thing_and_of_one_kind() -> None:
    for ligne in lire_csv("prix_clients"):
        assert ("article" in ligne) != ("famille" in ligne)
        assert ("valeur" in ligne) != ("remise" in ligne)


@pytest.mark.parametrize("commande_type", COMMANDES_TYPES, ids=lambda une: une["client"])
def test_cli_07_a_standing_order_is_of_known_things(commande_type: dict[str, Any]) -> None:
    assert commande_type["client"] in CLIENTS
    for ligne in [*commande_type["lignes"], *commande_type.get("exceptions", [])]:
        assert ligne["article"] in ARTICLES
        assert "unite_commande" not in ligne or (ligne["article"], ligne["unite_commande"]) in UNITES


def test_cli_06_calendars_are_of_known_clients_once() -> None:
    clients = [calendrier["client"] for calendrier in lire_toml("calendriers")["calendriers"]]
    assert len(clients) == len(set(clients))
    assert {*clients, lire_toml("commandes_types")["livraison_pour"]} <= set(CLIENTS)


def test_art_13_supplementary_units_are_well_formed() -> None:
    for unite in UNITES.values():
        assert Decimal(unite["facteur"]) > 0
        assert unite["operateur"] in {"M", "D"}
        assert unite.get("flou", False) == ("tolerance" in unite)
    assert {unite["operateur"] for unite in UNITES.values()} == {"M", "D"}
    assert sum(unite.get("flou", False) for unite in UNITES.values()) >= 2


def test_art_14_a_tariff_row_has_a_price_or_a_discount_but_not_both() -> None:
    for ligne in lire_csv("tarifs_articles"):
        assert ("valeur" in ligne) != ("remise" in ligne)


@pytest.mark.parametrize("ligne", LIGNES)
def test_doc_12_every_typed_line_is_of_one_kind(ligne: dict[str, Any]) -> None:
    if "article" in ligne:
        assert ligne["article"] in ARTICLES
        assert en_unite_de_base(ligne) > 0
    elif "quantite" in ligne:
        assert set(ligne) == {"designation", "quantite", "prix", "code_tva"}
    else:
        assert set(ligne) == {"designation"}


@pytest.mark.parametrize("ligne", EN_DEUX_UNITES)
def test_cal_03_quantities_given_in_both_units_are_within_the_tolerance(ligne: dict[str, Any]) -> None:
    unite = UNITES[ligne["article"], ligne["unite_commande"]]
    attendue = Decimal(ligne["quantite_unite_commande"]) * Decimal(unite["facteur"])
    ecart = abs(Decimal(ligne["quantite"]) - attendue)
    assert unite["flou"]
    assert 0 < ecart <= attendue * Decimal(unite["tolerance"]) / 100


def test_every_typed_document_is_of_a_known_client() -> None:
    assert {saisie["client"] for saisie in SAISIES.values()} <= set(CLIENTS)


def test_trf_03_transfers_take_no_more_than_was_ordered() -> None:
    restes = {
        (nom, 100 * rang): en_unite_de_base(ligne)
        for nom, saisie in SAISIES.items()
        for rang, ligne in enumerate(saisie["lignes"], start=1)
        if "article" in ligne
    }
    for transfert in lire_csv("transferts"):
        if transfert["source"] in SAISIES and "ordre" in transfert:
            restes[transfert["source"], transfert["ordre"]] -= Decimal(transfert["quantite"])
    assert min(restes.values()) >= 0


def test_trf_04_sources_are_made_before_and_are_of_one_client() -> None:
    client_de = {nom: saisie["client"] for nom, saisie in SAISIES.items()}
    for transfert in lire_csv("transferts"):
        client = client_de[transfert["source"]]
        assert client_de.setdefault(transfert["nom"], client) == client


def test_doc_06_every_facture_is_of_today_so_that_the_story_can_be_played_again() -> None:
    assert {ligne["jours"] for ligne in lire_csv("transferts") if ligne["type"] == "facture"} == {0}


def test_the_logo_is_a_small_png() -> None:
    fichier = DONNEES / "logo.png"
    assert fichier.stat().st_size <= 40 * 1024
    with Image.open(fichier) as logo:
        assert logo.format == "PNG"


@pytest.mark.parametrize("image", lire_csv("images"), ids=lambda une: une["fichier"])
def test_art_10_images_are_small_jpegs(image: dict[str, str]) -> None:
    fichier = DONNEES / "images" / image["fichier"]
    assert fichier.stat().st_size <= 30 * 1024
    with Image.open(fichier) as ouverte:
        assert ouverte.format == "JPEG"
