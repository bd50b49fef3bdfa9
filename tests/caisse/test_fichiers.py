"""MAG-30: what a shop's files may look like, and what the till says of those that it cannot take."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aurore_magasin.fichiers import FichierRefuse, lire
from aurore_magasin.fichiers.decodage import plier, texte_de
from aurore_magasin.genres import CLIENTS, COMMANDES, FACTURES, GENRES, RESTES, Genre
from aurore_magasin.valeurs import ValeurRefusee, booleen, decimal, entier, heure, jour, paiements, texte

UNE = {
    "reference": "T1-000123",
    "date": "2026-11-22",
    "date_livraison": "2026-11-24",
    "heure_livraison": "08:30",
    "client": {"numero": "M0007", "nom": "Mme Dupont", "adresse": {"rue": "Rue de Fer 1", "pays": "BE"}},
    "paye": "10",
    "lignes": [
        {"article": "BAG", "quantite": "3", "prix_tvac": "0.9", "memo": "bien cuite"},
        {"code_barres": "21", "quantite": "1.5"},
    ],
}
CSV = (
    "Référence;DATE;Date livraison;heure-livraison;client;client_nom;client_rue;client_pays;Payé;Article;code_barres;"
    "Quantité;prix_tvac;Mémo\r\n"
    "T1-000123;22/11/2026;24/11/2026;8h30;M0007;Mme Dupont;Rue de Fer 1;BE;10,00;BAG;;3;0,90;bien cuite\r\n"
    "T1-000123;;;;;;;;;;21;1,5;;\r\n"
    ";;;;;;;;;;;;;\r\n"
)


def lu(dossier: Path, contenu: str | bytes, genre: Genre = COMMANDES) -> list[dict[str, Any]]:
    """The items of a file."""
    chemin = dossier / "fichier"
    chemin.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
    return [{genre.cle: un.reference, **un.contenu} for un in lire(chemin, genre).elements]


def refus(dossier: Path, contenu: str | bytes, genre: Genre = COMMANDES) -> list[str]:
    """Why a file is not taken."""
    with pytest.raises(FichierRefuse) as refus:
        lu(dossier, contenu, genre)
    assert str(refus.value).startswith(str(dossier / "fichier"))
    return refus.value.raisons


@pytest.mark.parametrize(
    "contenu",
    [
        CSV,
        CSV.encode("utf-8-sig"),
        CSV.encode("cp1252"),
        CSV.encode("utf-16"),
        CSV.replace("\r\n", "\n"),
        CSV.replace(",", ".").replace(";", ","),
        CSV.replace(";", "\t"),
        CSV.replace("bien cuite", '"bien cuite"'),
        "\r\n" + CSV,
    ],
)
def test_mag_30_a_csv_file_of_any_spreadsheet_is_the_order_of_the_contract(tmp_path, contenu):
    assert lu(tmp_path, contenu) == [UNE]


@pytest.mark.parametrize(
    "enveloppe",
    [lambda une: [une], lambda une: {"commandes": [une]}, lambda une: {"date_fin": "2026-11-23", "commandes": [une]}],
)
def test_mag_30_a_json_file_is_the_contract_s_own(tmp_path, enveloppe):
    assert lu(tmp_path, json.dumps(enveloppe(UNE))) == [UNE]


def test_mag_30_numbers_of_json_keep_their_digits(tmp_path):
    ecrit = (
        '[{"reference": 123, "date": "2026-11-22", "client": {"numero": 7},'
        ' "lignes": [{"article": 1, "quantite": 0.30, "prix_tvac": 1e1}]}]'
    )
    (une,) = lu(tmp_path, ecrit)
    assert une["lignes"] == [{"article": "1", "quantite": "0.3", "prix_tvac": "10"}]
    assert (une["reference"], une["client"]) == ("123", {"numero": "7"})


def test_mag_30_the_other_kinds(tmp_path):
    clients = "numero;nom;livraison_localite;particulier\nM1;Mme Petit;Namur;oui\nM2;SA Grand;;non\n"
    assert lu(tmp_path, clients, CLIENTS) == [
        {"numero": "M1", "nom": "Mme Petit", "adresse_livraison": {"localite": "Namur"}, "particulier": True},
        {"numero": "M2", "nom": "SA Grand", "particulier": False},
    ]
    restes = "date;article;quantite\n25/11/2026;ECL;4\n25/11/2026;BAG;2,5\n26/11/2026;ECL;1\n"
    assert lu(tmp_path, restes, RESTES) == [
        {"date": "2026-11-25", "lignes": [{"article": "ECL", "quantite": "4"}, {"article": "BAG", "quantite": "2.5"}]},
        {"date": "2026-11-26", "lignes": [{"article": "ECL", "quantite": "1"}]},
    ]
    factures = (
        "reference;reference_commande;date;client;mode_fin;article;quantite\n"
        "V2-45;T1-1;2026-11-20;M1;facture_a_etablir;BAG;2\n"
    )
    assert lu(tmp_path, factures, FACTURES)[0]["reference_commande"] == "T1-1"


def test_mag_30_a_cancelled_order_needs_no_lines(tmp_path):
    assert lu(tmp_path, "reference;version;date;client;annulee\nT1;2;2026-11-22;M7;oui\n")[0]["lignes"] == []


@pytest.mark.parametrize(
    ("contenu", "raisons"),
    [
        ("", ["il est vide"]),
        ("reference;date;client;article;quantite\n", ["il est vide"]),
        ("reference;date;date\n", ["ligne 1 : la colonne date est là deux fois"]),
        (
            "reference;date;client;article;quantite\nT1;2026-11-22;M7;BAG\n",
            ["ligne 2 : 4 colonnes au lieu de 5 : le fichier est-il complet ?"],
        ),
        (
            "reference;date\nT1;2026-11-22;M7\n",
            ["ligne 2 : 3 colonnes au lieu de 2 ; un texte contient-il le séparateur ?"],
        ),
        (
            'reference;date\nT1;"2026-11-22\n',
            ["ligne 2 : un guillemet n'est pas fermé, ou une cellule est trop longue"],
        ),
        (
            "reference;date;client;article;quantite\nT1;32/11/2026;M7;BAG;trois\n;2026-11-22;M7;BAG;1\nT2;;M7;BAG;1\nT1;;M8;BAG;1\n",
            [
                "ligne 3, colonne reference : manque",
                "ligne 5, colonne client : dit autre chose qu'à la ligne 2",
                "ligne 2, colonne date : « 32/11/2026 » n'existe pas au calendrier",
                "ligne 2, colonne quantite : « trois » n'est pas un nombre ; écrivez par exemple 12,50",
                "ligne 4, colonne date : manque",
            ],
        ),
        ("reference;date;client\nT1;2026-11-22;M7\n", ["ligne 2 : il n'y a pas de ligne"]),
        ('[{"reference": "T1"', ["ligne 1 : ce n'est pas du JSON complet (colonne 20)"]),
        ('{"autres": []}', ['une liste est attendue, ou un objet {"commandes": [...]}']),
        ("[NaN]", ["ce n'est pas du JSON que l'on puisse lire"]),
        ("[" * 100_000, ["ce n'est pas du JSON que l'on puisse lire"]),
        ("[3]", ["élément 1 : un objet {…} est attendu"]),
        (
            json.dumps(
                [UNE | {"qte": 3, "lignes": [{"article": "BAG", "quantite": True, "a": {"b": {"c": {"d": 1}}}}]}]
            ),
            [
                "élément 1, lignes[0], champ a.b.c.d : inconnu",
                "élément 1, champ qte : inconnu",
                "élément 1, lignes[0], champ quantite : un nombre est attendu",
            ],
        ),
        (
            json.dumps([UNE | {"lignes": "BAG"}]),
            ["élément 1, champ lignes : une liste [{…}] est attendue", "élément 1 : il n'y a pas de ligne"],
        ),
        (json.dumps([UNE, UNE]), ["élément 2 : T1-000123 est déjà là (élément 1)"]),
        (
            json.dumps([UNE | {"paye": "\ud800"}]),
            ["élément 1, champ paye : « \ud800 » n'est pas un nombre ; écrivez par exemple 12,50"],
        ),
        (b"\xff\xfea", ["les caractères ne sont ni de l'UTF-8 ni du Windows-1252"]),
    ],
)
def test_mag_30_a_file_is_refused_whole_with_every_place(tmp_path, contenu, raisons):
    assert refus(tmp_path, contenu) == raisons


def test_mag_30_a_client_or_a_day_stands_once(tmp_path):
    assert refus(tmp_path, "numero;nom\nM1;A\nM1;A\n", CLIENTS) == ["ligne 3 : M1 est déjà là (ligne 2)"]
    deux = "date;article;quantite\n2026-11-25;ECL;4\n25/11/2026;BAG;2\n"
    assert refus(tmp_path, deux, RESTES) == ["ligne 3 : 2026-11-25 est déjà là (ligne 2)"]


def test_mag_30_a_file_that_is_not_there_or_not_a_file(tmp_path):
    for chemin in (tmp_path / "rien", tmp_path):
        with pytest.raises(FichierRefuse, match="il ne peut être lu"):
            lire(chemin, COMMANDES)


def test_mag_30_long_lists_of_errors_are_cut(tmp_path):
    rangees = "".join(f"T{rang};jamais;M7;BAG;1\n" for rang in range(30))
    with pytest.raises(FichierRefuse, match="… et 10 autres"):
        lu(tmp_path, f"reference;date;client;article;quantite\n{rangees}")


@pytest.mark.parametrize(
    ("lire_une", "bons", "mauvais"),
    [
        (
            decimal(2),
            {"12,50": "12.5", "-3": "-3", " 007.10 ": "7.1", "0,00": "0", 3: "3"},
            ["1.234,5", "1 2", "", "1e3", "\uff11", "0,001", True, None, ","],
        ),
        (entier, {"3": 3, 4: 4, str(2**53): 2**53}, ["0", "-1", "1,0", True, "x", str(2**53 + 1), None]),
        (
            jour,
            {"2026-11-23": "2026-11-23", "3/1/2026": "2026-01-03", "03-01-2026": "2026-01-03"},
            ["2026-02-30", "23/11/26", "hier", 20261123],
        ),
        (heure, {"8:30": "08:30", "08h05": "08:05", "23:59:59": "23:59"}, ["24:00", "8", "8:60", "matin"]),
        (booleen, {"OUI": True, "x": True, "non": False, "0": False, True: True}, ["peut-être", ""]),
        (
            texte(5),
            {" abc ": "abc", "a\u00a0b": "a\u00a0b", 12: "12"},
            ["abcdef", "a\nb", "a\x00", "\ud800", True, None, []],
        ),
        (
            paiements,
            {
                "carte 20/11/2026 12,50 + especes 2026-11-21 3": [
                    {"mode": "carte", "date": "2026-11-20", "montant": "12.5"},
                    {"mode": "especes", "date": "2026-11-21", "montant": "3"},
                ]
            },
            ["carte 12,50", "", [3], [{"mode": "carte"}], {}, None],
        ),
        (texte(9, lignes=True), {"a\nb": "a\nb"}, ["a\x00"]),
    ],
)
def test_mag_30_values(lire_une, bons, mauvais):
    assert {brut: lire_une(brut) for brut in bons} == bons
    for brut in mauvais:
        with pytest.raises(ValeurRefusee):
            lire_une(brut)


def test_mag_30_headers_fold():
    assert {plier(un) for un in ("Quantité", " QUANTITE ", "quantite")} == {"quantite"}
    assert plier("Prix TVAC") == "prix_tvac"


@given(st.binary(max_size=200))
def test_mag_30_any_bytes_are_read_or_refused(tmp_path_factory, octets):
    chemin = tmp_path_factory.mktemp("octets") / "fichier"
    chemin.write_bytes(octets)
    for genre in GENRES.values():
        with suppress(FichierRefuse):
            assert lire(chemin, genre).elements


@given(st.text())
def test_mag_30_any_text_comes_back(ecrit):
    assert texte_de(ecrit.encode("utf-8-sig")) == ecrit
