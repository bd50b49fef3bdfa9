"""The PDF as a file: drafts, duplicates, fonts, odd input, and the same bytes for the same model (IMP-18, IMP-19)."""

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from tests.impression.exemples import CLIENT, PRODUITS, SOCIETE, document, ligne
from tests.impression.lecture import lire, pages, texte

from aurore_api.impression.modele import Adresse, Textes
from aurore_api.impression.rendu import MOTEUR, rendre


def logo(*, taille: tuple[int, int] = (900, 360), mode: str = "RGBA", fichier: str = "PNG") -> bytes:
    sortie = BytesIO()
    Image.new(mode, taille, "orange").save(sortie, fichier)
    return sortie.getvalue()


def test_imp_10_an_unnumbered_document_is_marked_as_a_draft_on_every_page():
    brouillon = pages(document(60, numero_affiche=None))
    assert len(brouillon) > 1
    assert all("BROUILLON" in page for page in brouillon)
    assert "BROUILLON" not in texte(document(60))


def test_imp_10_a_reprint_is_marked_as_a_duplicata():
    assert "Duplicata" in texte(document(1, duplicata=True))
    assert "Duplicata" not in texte(document(1))


def test_imp_10_the_file_names_its_document_and_language():
    lu = lire(rendre(document(1, langue="de")))
    assert lu.metadata is not None
    assert lu.metadata.title == "Rechnung 2026-0042"
    assert lu.metadata.author == "Boulangerie de l'Aurore"
    assert str(lu.root_object["/Lang"]) == "de-BE"


def test_imp_10_pages_are_a4():
    assert [round(float(cote)) for cote in lire(rendre(document(1))).pages[0].mediabox[2:]] == [595, 842]


def test_imp_18_the_same_model_gives_the_same_bytes():
    premier = rendre(document(40))
    rendre(document(3, client=replace(CLIENT, nom="Αθήνα Łódź"), langue="de"))
    assert rendre(document(40)) == premier


def test_imp_18_the_only_date_is_the_model_s():
    instant = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    contenu = rendre(document(1, emis_le=instant))
    lu = lire(contenu)
    assert lu.metadata is not None
    assert lu.metadata.creation_date == instant
    assert lu.metadata.modification_date is None
    assert rendre(document(1, emis_le=instant + timedelta(seconds=1))) != contenu
    assert rendre(document(1, emis_le=instant.replace(tzinfo=None))) == contenu


def test_imp_18_threads_do_not_disturb_each_other():
    modeles = [document(nombre, numero_affiche=f"2026-{nombre:04}") for nombre in range(1, 13)]
    seuls = [rendre(modele) for modele in modeles]
    with ThreadPoolExecutor(6) as fils:
        assert list(fils.map(rendre, modeles * 2)) == seuls * 2


def test_imp_18_processes_agree():
    """The order of sets of characters differs from one process to another; the bytes do not."""
    programme = (
        "import hashlib; from tests.impression.exemples import document;"
        "from aurore_api.impression.rendu import rendre; print(hashlib.sha256(rendre(document(40))).hexdigest())"
    )
    empreintes = {
        subprocess.run(
            [sys.executable, "-c", programme],
            env={**os.environ, "PYTHONHASHSEED": graine, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for graine in ("1", "2", "3", "4")
    }
    assert empreintes == {hashlib.sha256(rendre(document(40))).hexdigest()}


def test_imp_18_the_engine_names_what_the_bytes_depend_on():
    assert [partie.split("/")[0] for partie in MOTEUR.split()] == ["aurore", "fpdf2", "harfbuzz"]


def test_imp_19_fonts_are_embedded_as_subsets():
    ressources: Any = lire(rendre(document(1))).pages[0]["/Resources"]
    polices = [police.get_object() for police in ressources["/Font"].values()]
    assert {police["/BaseFont"].partition("+")[2] for police in polices} == {
        "IBMPlexSans-Regular",
        "IBMPlexSans-SemiBold",
    }
    for police in polices:
        descendante = police["/DescendantFonts"][0].get_object()
        fichier = descendante["/FontDescriptor"]["/FontFile2"].get_data()
        assert 1_000 < len(fichier) < 40_000


def test_imp_19_two_subsets_never_share_a_name():
    """Readers and merged files take one name for one set of glyphs."""

    def noms(texte: str) -> set[str]:
        ressources: Any = lire(rendre(document(1, vos_references=texte))).pages[0]["/Resources"]
        return {police.get_object()["/BaseFont"] for police in ressources["/Font"].values()}

    assert noms("BC") == noms("CB")
    assert len(noms("BC") | noms("Ω")) == 3


@pytest.mark.parametrize(
    "nom",
    ["Łukasz Wójcik", "Şişli Ekmek", "Győri Pékség Kft", "Καφενείο Αλέξανδρος", "Київський хліб", "Œuvre & Cœur €"],
)
def test_imp_19_names_from_everywhere_are_read_back(nom: str):
    assert nom in texte(document(1, client=replace(CLIENT, nom=nom), lignes=(ligne(0, designation=nom),)))


def test_imp_19_what_the_font_lacks_is_replaced_and_controls_are_dropped():
    lu = texte(document(lignes=(ligne(0, designation="Pain\x00 漢字\x07 \N{RIGHT-TO-LEFT OVERRIDE}fin (a\\b)"),)))
    assert "Pain \N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} fin (a\\b)" in lu


def test_imp_19_absurdly_long_texts_break_nothing():
    mot = "Donaudampfschifffahrtsgesellschaft" * 60
    long = document(
        lignes=(ligne(0, designation=mot, memo="note " * 4000, article="A" * 15, unite="U" * 60),),
        client=replace(CLIENT, nom=mot, adresse=Adresse(rue=mot, localite=mot)),
        societe=replace(SOCIETE, nom=mot, texte_legal=mot * 10),
        textes=Textes(debut=mot * 10, fin="F " * 5000),
        vos_references=mot,
    )
    lu = texte(long)
    assert lu.count("note") == 4000
    assert mot in lu.replace(" ", "")
    assert "IBAN BE68 5390 0754 7034" in lu


def test_imp_19_a_document_of_nothing_is_printed():
    assert "Facture" in texte(document(lignes=(), groupes_tva=()))


@pytest.mark.parametrize("fichier", ["PNG", "JPEG", "WEBP"])
def test_imp_10_the_logo_is_shown(fichier: str):
    contenu = logo(mode="RGB", fichier=fichier)
    (image,) = lire(rendre(document(1, societe=replace(SOCIETE, logo=contenu)))).pages[0].images
    assert image.image is not None
    assert image.image.size == (800, 320)
    assert rendre(document(1, societe=replace(SOCIETE, logo=contenu))) == rendre(
        document(1, societe=replace(SOCIETE, logo=contenu))
    )


@pytest.mark.parametrize(
    "contenu", [b"", b"pas une image", logo()[:200], logo(taille=(6000, 5000), mode="1"), b"<svg/>"]
)
def test_imp_19_a_logo_that_cannot_be_read_is_left_out(contenu: bytes):
    page = lire(rendre(document(1, societe=replace(SOCIETE, logo=contenu)))).pages[0]
    assert len(page.images) == 0
    assert PRODUITS[0][1] in page.extract_text()
