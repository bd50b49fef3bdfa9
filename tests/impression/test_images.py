"""Articles' pictures beside their lines (ART-10, IMP-18, IMP-19)."""

from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PageObject
from pypdf.generic import ContentStream
from tests.impression.exemples import document, ligne
from tests.impression.lecture import lire, texte

from aurore_api.formats import formats
from aurore_api.impression.colonnes import COTE_IMAGE, GOUTTIERE, colonnes
from aurore_api.impression.libelles import libelles
from aurore_api.impression.modele import Textes
from aurore_api.impression.rendu import rendre
from aurore_api.impression.style import BAS, GAUCHE, HAUTEUR_PAGE

MM = 72 / 25.4


def photo(couleur: str = "orange", taille: tuple[int, int] = (256, 192)) -> bytes:
    sortie = BytesIO()
    Image.new("RGB", taille, couleur).save(sortie, "JPEG")
    return sortie.getvalue()


Cadre = tuple[float, float, float, float]
"""Left, top, width and height in mm."""


def traces(page: PageObject) -> tuple[list[Cadre], list[Cadre]]:
    """Where the pictures of a page stand, and its filled rectangles."""
    contenu = page.get_contents()
    assert contenu is not None
    images: list[Cadre] = []
    aplats: list[Cadre] = []
    matrice: list[float] = []
    for operandes, operateur in ContentStream(contenu, page.pdf).operations:
        nombres = [float(un) / MM for un in operandes] if operateur in {b"cm", b"re"} else []
        if operateur == b"cm":
            matrice = nombres
        if operateur == b"re":
            x, y, largeur, hauteur = nombres
            aplats.append((x, HAUTEUR_PAGE - max(y, y + hauteur), largeur, abs(hauteur)))
        if operateur == b"Do":
            largeur, _, _, hauteur, x, y = matrice
            images.append((x, HAUTEUR_PAGE - y - hauteur, largeur, hauteur))
    return images, aplats


def places(page: PageObject) -> list[Cadre]:
    """Where the pictures of a page stand."""
    return traces(page)[0]


@pytest.mark.parametrize(("taille", "cotes"), [((256, 192), (13, 9.75)), ((64, 256), (3.25, 13)), ((90, 90), (13, 13))])
def test_art_10_a_picture_stands_whole_in_its_square_beside_its_line(
    taille: tuple[int, int], cotes: tuple[float, float]
) -> None:
    lu = lire(rendre(document(lignes=(ligne(0, image=photo(taille=taille)),))))
    ((x, _, largeur, hauteur),) = places(lu.pages[0])
    assert (largeur, hauteur) == pytest.approx(cotes, abs=0.02)
    assert x + largeur / 2 == pytest.approx(GAUCHE + 1.5 + COTE_IMAGE / 2, abs=0.02)
    assert "Baguette tradition" in lu.pages[0].extract_text()


def test_art_10_lines_without_a_picture_stand_among_those_with_one() -> None:
    lignes = tuple(ligne(rang, image=photo() if rang % 2 else None) for rang in range(4))
    page = lire(rendre(document(lignes=lignes))).pages[0]
    (_, haut_1, _, hauteur), (_, haut_3, _, _) = places(page)
    # a line with a picture is as high as that, one without as high as its text
    assert hauteur + 5 < haut_3 - haut_1 < hauteur + 8
    sans = document(lignes=tuple(ligne(rang) for rang in range(4)))
    assert places(lire(rendre(sans)).pages[0]) == []
    # beside the pictures texts are broken elsewhere, and are the same
    assert sorted(texte(document(lignes=lignes)).split()) == sorted(texte(sans).split())


def test_art_10_forty_lines_with_pictures_stay_on_their_pages() -> None:
    lignes = tuple(
        ligne(
            rang,
            image=None if rang % 3 == 1 else photo(taille=((256, 192), (192, 256), (256, 256))[rang % 3]),
            memo="Note " * 60 if rang % 7 == 3 else None,
            sous_total=Decimal("9.99") if rang % 5 == 4 else None,
        )
        for rang in range(40)
    )
    lu = lire(rendre(document(type="offre", lignes=lignes)))
    posees = [places(page) for page in lu.pages]
    assert sum(map(len, posees)) == sum(une.image is not None for une in lignes)
    assert len(posees) > 2
    for page in posees:
        bas_precedent = 0.0
        for _, haut, _, hauteur in page:
            assert bas_precedent < haut
            bas_precedent = haut + hauteur
        assert bas_precedent < BAS


def test_art_10_texts_stand_beside_the_pictures() -> None:
    avec, sans = (
        colonnes(document(lignes=(ligne(0, image=une),)), formats("fr"), libelles("fr")) for une in (photo(), None)
    )
    assert avec["article"].gauche == pytest.approx(sans["article"].gauche + COTE_IMAGE + GOUTTIERE)
    assert avec["montant"].droite == pytest.approx(sans["montant"].droite)


@pytest.mark.parametrize("nombre", range(1, 31))
def test_art_10_the_last_picture_stands_above_the_totals(nombre: int) -> None:
    """However many lines there are, none is drawn into the foot, and totals are never alone on a page."""
    lignes = tuple(ligne(rang, image=photo()) for rang in range(nombre))
    lu = lire(rendre(document(lignes=lignes, textes=Textes())))
    posees = [places(page) for page in lu.pages]
    assert all(page and page[-1][1] + page[-1][3] < BAS for page in posees)
    assert "Total TVAC" in lu.pages[-1].extract_text()


@pytest.mark.parametrize("avant", range(12, 24))
def test_art_10_a_line_longer_than_a_page_begins_where_its_picture_has_room(avant: int) -> None:
    lignes = (*(ligne(rang) for rang in range(avant)), ligne(0, image=photo(taille=(64, 64)), memo="Note " * 3000))
    posees = [une for page in lire(rendre(document(lignes=lignes))).pages for une in places(page)]
    assert [haut + hauteur < BAS for _, haut, _, hauteur in posees] == [True]


def test_cal_11_a_subtotal_stands_below_its_line_s_picture() -> None:
    page = lire(rendre(document(lignes=(ligne(0, image=photo(), sous_total=Decimal("9.99")), ligne(1))))).pages[0]
    ((_, haut, _, hauteur),), aplats = traces(page)
    assert len(aplats) > 2
    assert [un for un in aplats if un[1] < haut + hauteur and haut < un[1] + un[3]] == []


def test_imp_18_one_picture_is_in_the_file_once() -> None:
    une = document(lignes=tuple(ligne(rang, image=photo()) for rang in range(12)))
    deux = document(lignes=tuple(ligne(rang, image=photo("red" if rang % 2 else "blue")) for rang in range(12)))
    noms = [{objet.name for objet in page.images} for modele in (une, deux) for page in lire(rendre(modele)).pages[:1]]
    assert [len(un) for un in noms] == [1, 2]
    assert rendre(deux) == rendre(deux)
    assert photo() in rendre(une)  # as it is: nothing decodes and encodes it again


@pytest.mark.parametrize("contenu", [b"", b"pas une image", photo()[:100], b"\x89PNG\r\n\x1a\n"])
def test_imp_19_a_picture_that_cannot_be_read_is_left_out(contenu: bytes) -> None:
    lignes = (ligne(0, image=contenu), ligne(1, image=photo()))
    page = lire(rendre(document(lignes=lignes))).pages[0]
    assert len(places(page)) == 1
    assert "Baguette tradition" in page.extract_text()
