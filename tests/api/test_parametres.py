"""The société's parameters (TAB-03) and its logo (SEC-05)."""

import io

import pytest
from PIL import Image
from tests.api.images import bombe, image
from tests.api.reponses import erreurs, refus, si

from aurore_api.parametres.service import LIMITES_LOGO

PNG = {"content-type": "image/png"}


def test_tab_03_a_fresh_societe_has_parameters_that_work(api):
    lus = api.get("/v1/parametres")
    assert lus.headers["etag"] == '"1"'
    assert lus.json() == {
        "nom": "Ma société",
        "forme_juridique": None,
        "rpm": None,
        "numero_tva": None,
        "numero_entreprise": None,
        "adresse": {"rue": None, "code_postal": None, "localite": None, "pays": "BE"},
        "telephone": None,
        "courriel": None,
        "site": None,
        "iban": None,
        "bic": None,
        "texte_legal": None,
        "langue": "fr",
        "impression_directe": False,
        "ouverture_automatique": True,
        "tolerance_depassement": "0.00",
        "code_tva_defaut": "6",
        "imputation_defaut": "VENTES",
        "imputation_achat_defaut": "ACHATS",
        "unite_defaut": "PCE",
        "categorie_tva_defaut": "national",
        "depot_defaut": "PRINCIPAL",
        "profil_defaut": "STD",
        "decimales_visibles": 2,
        "prix_tvac_defaut": False,
        "controle_credit": "aucun",
        "devise": "EUR",
        "heure_limite": None,
        "images_sur_offres": False,
        "stock_negatif_interdit": False,
        "logo": None,
        "modeles_numero": {},
        "version": 1,
    }


def test_tab_03_what_is_given_replaces_and_the_rest_stays(api):
    avant = api.get("/v1/parametres").json()
    change = {
        "nom": "Aux Deux Épis",
        "numero_tva": "be 0403.170.701",
        "iban": "BE68 5390 0754 7034",
        "bic": "gebabebb",
        "tolerance_depassement": "2.5",
        "texte_legal": "RPM Namur\nTVA incluse",
        "modeles_numero": {"facture": "{exercice}/{numero}"},
        "decimales_visibles": 3,
        "prix_tvac_defaut": True,
        "controle_credit": "avertir",
        "imputation_defaut": "PAINS",
        "imputation_achat_defaut": None,
        "devise": "CHF",
        "heure_limite": {"jours_avant": 1, "heure": "16:00"},
    }
    apres = api.patch("/v1/parametres", json=change, headers=si(1))
    assert apres.status_code == 200, apres.text
    assert apres.headers["etag"] == '"2"'
    assert apres.json() == api.get("/v1/parametres").json() == avant | change | {
        "numero_tva": "BE0403170701",
        "iban": "BE68539007547034",
        "bic": "GEBABEBB",
        "tolerance_depassement": "2.50",
        "version": 2,
    }  # fmt: skip
    assert refus(api.patch("/v1/parametres", json={"nom": "X"}, headers=si(1))) == (412, "version_perimee")
    assert refus(api.patch("/v1/parametres", json={"nom": "X"})) == (428, "version_requise")


@pytest.mark.parametrize(
    ("change", "attendue"),
    [
        ({"nom": None}, ("#/nom", "type_incorrect")),
        ({"iban": "BE68539007547035"}, ("#/iban", "iban_faux")),
        ({"bic": "GEBA12"}, ("#/bic", "bic_faux")),
        ({"numero_entreprise": "0403170702"}, ("#/numero_entreprise", "numero_entreprise_faux")),
        ({"tolerance_depassement": "100.01"}, ("#/tolerance_depassement", "hors_bornes")),
        ({"adresse": {"pays": "be"}}, ("#/adresse/pays", "format_incorrect")),
        ({"adresse": {"ville": "Namur"}}, ("#/adresse", "champ_inconnu")),
        ({"modeles_numero": {"ticket": "{numero}"}}, ("#/modeles_numero", "champ_inconnu")),
        ({"modeles_numero": {"facture": "{exercice}"}}, ("#/modeles_numero/facture", "modele_sans_numero")),
        ({"modeles_numero": {"facture": "{numero}"}}, ("#/modeles_numero/facture", "modele_sans_exercice")),
        ({"modeles_numero": {"facture": "{numero"}}, ("#/modeles_numero/facture", "modele_illisible")),
        ({"code_tva_defaut": "99"}, ("#/code_tva_defaut", "reference_inconnue")),
        ({"imputation_defaut": "X"}, ("#/imputation_defaut", "reference_inconnue")),
        ({"unite_defaut": "X"}, ("#/unite_defaut", "reference_inconnue")),
        ({"categorie_tva_defaut": "X"}, ("#/categorie_tva_defaut", "reference_inconnue")),
        ({"depot_defaut": "X"}, ("#/depot_defaut", "reference_inconnue")),
        ({"profil_defaut": "X"}, ("#/profil_defaut", "reference_inconnue")),
        ({"imputation_achat_defaut": "X"}, ("#/imputation_achat_defaut", "reference_inconnue")),
        ({"imputation_defaut": "ACHATS"}, ("#/imputation_defaut", "imputation_d_autre_genre")),
        ({"imputation_achat_defaut": "VENTES"}, ("#/imputation_achat_defaut", "imputation_d_autre_genre")),
        ({"devise": "XXX"}, ("#/devise", "reference_inconnue")),
        ({"decimales_visibles": 5}, ("#/decimales_visibles", "hors_bornes")),
        ({"decimales_visibles": "2"}, ("#/decimales_visibles", "type_incorrect")),
        ({"prix_tvac_defaut": 1}, ("#/prix_tvac_defaut", "type_incorrect")),
        ({"controle_credit": "bloquer"}, ("#/controle_credit", "valeur_hors_liste")),
        ({"heure_limite": {"jours_avant": 61, "heure": "16:00"}}, ("#/heure_limite/jours_avant", "hors_bornes")),
        ({"heure_limite": {"jours_avant": 1, "heure": "16h"}}, ("#/heure_limite/heure", "format_incorrect")),
    ],
)
def test_tab_03_a_bad_value_is_refused_by_its_field(api, change, attendue):
    assert erreurs(api.patch("/v1/parametres", json=change, headers=si(1))) == (422, [attendue])
    assert api.get("/v1/parametres").json()["version"] == 1


def deposer(api, contenu, version=1, media="image/png"):
    return api.put("/v1/parametres/logo", content=contenu, headers=si(version) | {"content-type": media})


@pytest.mark.parametrize("genre", ["PNG", "JPEG", "WEBP"])
def test_sec_05_a_logo_is_stored_as_a_png_of_our_own_making(api, genre):
    envoye = image(genre)
    depose = deposer(api, envoye, media=f"image/{genre.lower()}")
    assert (depose.status_code, depose.headers["etag"]) == (204, '"2"')
    lu = api.get("/v1/parametres/logo")
    assert (lu.status_code, lu.headers["content-type"]) == (200, "image/png")
    assert lu.content != envoye
    with Image.open(io.BytesIO(lu.content)) as logo:
        assert (logo.format, logo.size) == ("PNG", (40, 20))


def test_sec_05_nothing_that_hides_in_an_image_is_kept(api):
    deposer(api, image("PNG") + b"<script>alert(1)</script>")
    assert b"script" not in api.get("/v1/parametres/logo").content


def test_sec_05_a_large_logo_is_made_smaller(api):
    deposer(api, image("PNG", 3000, 1500))
    with Image.open(io.BytesIO(api.get("/v1/parametres/logo").content)) as logo:
        assert logo.size == (LIMITES_LOGO.cote, LIMITES_LOGO.cote // 2)


@pytest.mark.parametrize(
    ("contenu", "code"),
    [
        (b"", "image_illisible"),
        (b"pas une image", "image_illisible"),
        (image("GIF"), "image_illisible"),
        (image("BMP"), "image_illisible"),
        (image("TIFF"), "image_illisible"),
        (image("PNG")[:60], "image_illisible"),
        (b"%PDF-1.7", "image_illisible"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image_illisible"),
        (image("JPEG"), "image_format_different"),
        (bombe(4001, 4000), "image_trop_grande"),
        (bombe(20_000, 20_000), "image_trop_grande"),
        (b"\x00" * (LIMITES_LOGO.octets + 1), "image_trop_lourde"),
    ],
    ids=["empty", "text", "gif", "bmp", "tiff", "cut", "pdf", "svg", "jpeg", "16 Mpx", "bomb", "too many bytes"],
)
def test_sec_05_what_is_no_plain_image_is_refused(api, contenu, code):
    assert erreurs(deposer(api, contenu)) == (422, [("#", code)])
    assert api.get("/v1/parametres/logo").status_code == 404


def test_sec_05_other_files_are_not_even_read(api):
    assert refus(deposer(api, image("PNG"), media="image/gif")) == (415, "type_de_media_refuse")
    assert refus(deposer(api, image("PNG"), media="application/json")) == (415, "type_de_media_refuse")


def test_tab_03_a_logo_is_replaced_and_taken_away(api):
    assert refus(api.get("/v1/parametres/logo")) == (404, "ressource_absente")
    deposer(api, image("PNG"))
    assert refus(deposer(api, image("PNG"), 1)) == (412, "version_perimee")
    premier = api.get("/v1/parametres/logo").content
    deposer(api, image("PNG", 10, 10), 2)
    assert api.get("/v1/parametres/logo").content != premier
    assert refus(api.delete("/v1/parametres/logo")) == (428, "version_requise")
    assert api.delete("/v1/parametres/logo", headers=si(3)).status_code == 204
    assert api.get("/v1/parametres/logo").status_code == 404
