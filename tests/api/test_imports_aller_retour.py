"""What was exported imports again to the same state (ART-19), and what was edited in between is what changes."""

import time
from decimal import Decimal
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.api.catalogue import BAGUETTE, creer
from tests.api.fichiers import colonnes, compte, en_csv, en_xlsx, exporter, importer, lire_csv, lire_xlsx

from aurore_api.echanges.marques import demarquer
from aurore_api.socle.types import MOTIF_CLE

RANGS = count(1)
REGLAGES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
PIEGES = st.sampled_from(
    [
        *("=1+1", "+32 81", "-1", "@x", "'t Hof", "'=1", "''", "007", "1E5", "1-2", "12/5", "5412345678901", "VRAI"),
        *("mars 1", "a;b,c", 'dit "oui"', "_x0041_x0042_", "<r>x</r>", "&amp;", "Crème brûlée", "🥐", "\ufeffx"),
        *("\uffff", "[1]", "{}"),
    ]
)
COMMANDES = [chr(un) for un in (*range(32), 127)]
LIGNE = st.characters(exclude_categories=["Cs"], exclude_characters=COMMANDES)
TEXTE = st.characters(exclude_categories=["Cs"], exclude_characters=set(COMMANDES) - set("\t\n\r"))


def textes(caracteres, maximum):
    """Texts as people and machines type them, snares among them."""
    libres = st.text(caracteres, min_size=1, max_size=20)
    return st.one_of(PIEGES, libres, st.builds(str.__add__, PIEGES, libres)).map(lambda un: un[:maximum])


libelles, longs = textes(LIGNE, 200), st.one_of(st.just(""), textes(TEXTE, 4000))
codes = st.one_of(st.sampled_from(["007", "1E5", "1-2", "É t", "a (b)+"]), st.from_regex(MOTIF_CLE, fullmatch=True))
numeros = codes.filter(lambda un: len(un) <= 11)
decimaux = st.decimals(Decimal(0), Decimal("999999999.999999"), places=6).map(str)
ARTICLES = st.fixed_dictionaries(
    {"designation": libelles, "prix_vente": st.decimals(0, Decimal("9999999999.9999"), places=4).map(str)},
    optional={
        "description": longs,
        "poids_kg": decimaux,
        "tolerance_depassement": st.decimals(0, 100, places=2).map(str),
        "actif": st.booleans(),
        "type_article": st.sampled_from(["normal", "statistique"]),
        "imputation_achat": st.sampled_from(["ACHATS", None]),
    },
)
CLIENTS = st.fixed_dictionaries(
    {"nom": libelles},
    optional={
        "nom_suite": libelles,
        "telephone": textes(LIGNE, 60),
        "adresse": st.fixed_dictionaries({}, optional={"rue": libelles, "localite": libelles, "pays": st.just("FR")}),
        "contacts": st.lists(
            st.fixed_dictionaries({"nom": libelles}, optional={"fonction": textes(LIGNE, 60)}), max_size=2
        ),
        "textes": st.dictionaries(st.sampled_from(["offre", "facture"]), st.fixed_dictionaries({"debut": longs})),
        "mandat_sepa": st.sampled_from([None, {"reference": "0'1", "date": "2999-12-31", "iban": "BE68539007547034"}]),
        "limite_credit": st.decimals(0, Decimal("999999999999.99"), places=2).map(str),
        "note_envoi": st.fixed_dictionaries({}, optional={"imprimer": st.booleans(), "copies": st.integers(1, 10)}),
        "heure_limite": st.sampled_from([None, {"jours_avant": 0, "heure": "00:00"}]),
    },
)


def aller_retour(api, genre, **parametres):
    """Export all rows and import them again: nothing changes."""
    avant = api.get(f"/v1/{genre}?limite=200").json()
    contenu = exporter(api, genre, **parametres)
    rapport = importer(api, genre, contenu)
    assert compte(rapport) == (0, 0, rapport["lignes"])
    assert rapport["lignes"] > 0
    assert api.get(f"/v1/{genre}?limite=200").json() == avant
    return contenu


@given(st.lists(st.tuples(numeros, ARTICLES), min_size=1, max_size=3))
@REGLAGES
def test_art_19_articles_come_back_as_they_went(api, articles):
    for numero, champs in articles:
        rang = next(RANGS)
        autres = {"numero": f"{numero}{rang:04}", "codes_barres": [f"00{rang}", f"54{rang:011}"][: rang % 3]}
        creer(api, "/v1/articles", BAGUETTE | champs, **autres)
    for parametres in ({}, {"format": "xlsx"}, {"separateur": "virgule"}, {"separateur": "tabulation"}):
        aller_retour(api, "articles", **parametres)


@given(st.lists(st.tuples(numeros, CLIENTS), min_size=1, max_size=3))
@REGLAGES
def test_art_19_clients_come_back_as_they_went(api, clients):
    for numero, champs in clients:
        creer(api, "/v1/clients", champs, numero=f"{numero}{next(RANGS):04}")
    for parametres in ({}, {"format": "xlsx"}):
        aller_retour(api, "clients", **parametres)


@pytest.mark.parametrize("parametres", [{}, {"format": "xlsx"}])
def test_art_19_an_export_makes_the_same_rows_elsewhere(api, parametres):
    """Deleted and imported again, articles, units and tariffs are what they were."""
    creer(api, "/v1/articles", BAGUETTE, designation="=1+1", description="'=\n\"", codes_barres=["007"], poids_kg="0.1")
    creer(
        api,
        "/v1/articles/BAG/unites",
        {"abreviation": "1-2", "unite": "CT", "facteur": "0.333333", "operateur": "D", "decimales": 6, "memo": "\t-1"},
    )
    creer(
        api, "/v1/articles/BAG/tarifs", {"tarif": "REV", "quantite_minimum": "0.5", "remise": "5", "au": "2999-12-31"}
    )
    genres = ("articles", "unites", "tarifs")
    fichiers = {genre: exporter(api, genre, **parametres) for genre in genres}
    assert api.delete("/v1/articles/BAG", headers={"if-match": "*"}).status_code == 204
    for genre, contenu in fichiers.items():
        assert compte(importer(api, genre, contenu)) == (1, 0, 0)
    assert {genre: lire(exporter(api, genre, **parametres)) for genre in genres} == {
        genre: lire(contenu) for genre, contenu in fichiers.items()
    }


def lire(contenu):
    """The cells of a file of either kind."""
    return lire_xlsx(contenu) if contenu.startswith(b"PK") else lire_csv(contenu)


NOMBRE = 5000


@pytest.fixture
def cinq_mille(api):
    """So many articles, each with a price in a tariff."""
    titres = (
        "numero",
        "designation",
        "description",
        "unite",
        "prix_vente",
        "code_tva_vente",
        "codes_barres",
        "poids_kg",
    )
    articles = [
        (
            f"{rang:05}",
            f"Crème {rang}",
            f'Dite "n° {rang}"\n;',
            "PCE",
            f"{rang}.0{rang % 10}",
            "6",
            f"54{rang:011}",
            "0.25",
        )
        for rang in range(NOMBRE)
    ]
    assert compte(importer(api, "articles", en_csv(titres, *articles))) == (NOMBRE, 0, 0)
    tarifs = [(f"{rang:05}", "REV", "12", "01/02/2026", "1.25") for rang in range(NOMBRE)]
    titres_des_tarifs = ("article", "tarif", "quantite_minimum", "du", "valeur")
    assert compte(importer(api, "tarifs", en_csv(titres_des_tarifs, *tarifs))) == (NOMBRE, 0, 0)
    return api


def reenregistrer_csv(lignes):
    """A CSV file as Belgian settings save it: Windows-1252, days the day first, truth in capitals, no last zeros."""

    def cellule(texte):
        if texte.count("-") == 2 and texte.replace("-", "").isdigit():
            return "/".join(reversed(texte.split("-")))
        entier, virgule, decimales = texte.partition(",")
        if virgule and entier.isdigit() and decimales.isdigit():
            return f"{entier},{decimales.rstrip('0')}".rstrip(",")
        return {"oui": "VRAI", "non": "FAUX"}.get(texte, texte)

    return en_csv(*([cellule(une) for une in ligne] for ligne in lignes), encodage="cp1252")


def augmenter(prix):
    """A price raised by a tenth, as people type the formula: to the cent."""
    return round(prix * 1.1, 2)


def test_art_19_five_thousand_articles_are_edited_in_a_spreadsheet(cinq_mille):
    """Prices are raised in the workbook and in the CSV; only they change, in a few seconds."""
    api = cinq_mille
    avant = {un["numero"]: un for un in colonnes(lire_csv(exporter(api, "articles")))}
    titres, *lignes = lire_xlsx(exporter(api, "articles", format="xlsx"))
    place = titres.index("prix_vente")
    for ligne in lignes:
        ligne[place] = augmenter(ligne[place])
    debut = time.process_time()
    assert compte(importer(api, "articles", en_xlsx(titres, *lignes))) == (0, NOMBRE - 1, 1)
    assert time.process_time() - debut < 20
    apres = {un["numero"]: un for un in colonnes(lire_csv(exporter(api, "articles")))}
    for numero, un in avant.items():
        attendu = augmenter(float(un["prix_vente"].replace(",", ".")))
        assert apres[numero] == un | {"prix_vente": f"{attendu:.4f}".replace(".", ",")}
    assert demarquer("'00042") in {demarquer(numero) for numero in apres}

    titres, *lignes = lire_csv(exporter(api, "tarifs"))
    place = titres.index("valeur")
    revenues = reenregistrer_csv([titres, *([*un[:place], "1,5", *un[place + 1 :]] for un in lignes)])
    assert b";12;01/02/2026;1,5;" in revenues
    assert compte(importer(api, "tarifs", revenues)) == (0, NOMBRE, 0)
    assert {un["valeur"] for un in colonnes(lire_csv(exporter(api, "tarifs")))} == {"1,5000"}
    assert compte(importer(api, "articles", reenregistrer_csv(lire_csv(exporter(api, "articles"))))) == (0, 0, NOMBRE)
