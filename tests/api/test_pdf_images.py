"""Offres with pictures of their articles (ART-10), which stay what they were when printed (IMP-18)."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader
from tests.api.catalogue import changer, effacer
from tests.api.documents import baguettes, boulangerie, document, imprimer, modifier, modifier_ligne
from tests.api.images import image
from tests.api.reponses import donnees


@pytest.fixture(autouse=True)
def _boulangerie(api):
    boulangerie(api)


def photographier(api, article, cote, genre="PNG"):
    """Give an article a picture of its own size, by which it is told from others."""
    reponse = api.post(
        f"/v1/articles/{article}/images",
        content=image(genre, cote, cote),
        headers={"content-type": f"image/{genre.lower()}"},
    )
    assert reponse.status_code == 201, reponse.text
    return f"/v1/articles/{article}/images/{reponse.json()['id']}"


def montrer(api, *, oui=True):
    assert changer(api, "/v1/parametres", images_sur_offres=oui).status_code == 200


def pdf(api, document, **params):
    reponse = api.get(f"/v1/documents/{document['id']}/pdf", params=params)
    assert reponse.status_code == 200, reponse.text
    return reponse


def images(api, document, **params):
    """The sizes of the pictures that the PDF shows."""
    return sorted(
        Image.open(BytesIO(une.data)).width
        for page in PdfReader(BytesIO(pdf(api, document, **params).content)).pages
        for une in page.images
    )


def offre(api, genre="offre"):
    return document(api, genre, baguettes(), {"article": "VIN", "quantite": "1"}, {"designation": "Sans gluten"})


@pytest.mark.parametrize("genre", ["offre", "offre_type"])
def test_art_10_an_offre_shows_the_first_image_of_each_article(api, genre):
    derniere, premiere = photographier(api, "BAG", 20), photographier(api, "BAG", 30)
    une = offre(api, genre)
    assert images(api, une) == []
    montrer(api)
    assert images(api, une) == [20]
    changer(api, derniere, ordre=3)
    assert images(api, une) == [30]
    photographier(api, "VIN", 40, "WEBP")
    assert images(api, une) == [30, 40]
    effacer(api, premiere)
    assert images(api, une) == [20, 40]
    montrer(api, oui=False)
    assert images(api, une) == []


@pytest.mark.parametrize("genre", ["commande", "bordereau", "facture"])
def test_art_10_other_documents_show_none(api, genre):
    photographier(api, "BAG", 20)
    montrer(api)
    une = offre(api, genre)
    assert images(api, une) == []
    imprimer(api, une)
    assert images(api, une) == []


def test_imp_18_what_was_printed_keeps_its_images(api):
    adresse = photographier(api, "BAG", 20)
    montrer(api)
    une = offre(api)
    imprimer(api, une)
    premier = pdf(api, une)
    remplacee = api.put(adresse, content=image("PNG", 50, 50), headers={"content-type": "image/png", "if-match": "*"})
    assert remplacee.status_code == 200
    photographier(api, "VIN", 40)
    montrer(api, oui=False)
    assert (pdf(api, une).content, images(api, une)) == (premier.content, [20])
    effacer(api, adresse)
    imprimer(api, une)
    assert pdf(api, une, original=True).content == premier.content
    assert pdf(api, une, original=True).headers["etag"] == premier.headers["etag"]
    # what is drawn up now, shows what there is now
    montrer(api)
    assert images(api, offre(api)) == [40]


def test_api_10_a_new_image_is_a_new_pdf(api):
    adresse = photographier(api, "BAG", 20)
    montrer(api)
    une = offre(api)
    etag = pdf(api, une).headers["etag"]
    inchange = api.get(f"/v1/documents/{une['id']}/pdf", headers={"if-none-match": etag})
    assert (inchange.status_code, inchange.content) == (304, b"")
    api.put(adresse, content=image("PNG", 50, 50), headers={"content-type": "image/png", "if-match": "*"})
    assert pdf(api, une).headers["etag"] != etag


def test_art_10_a_numbered_offre_that_changes_shows_the_articles_it_has_then(api):
    photographier(api, "BAG", 20)
    photographier(api, "VIN", 40)
    montrer(api)
    une = document(api, "offre", baguettes())
    imprimer(api, une)
    assert images(api, une) == [20]
    change = modifier_ligne(api, une, 100, article="VIN")
    assert change.status_code == 200, change.text
    assert images(api, une) == [40]
    assert modifier(api, une, vos_references="BC 1").status_code == 200
    assert images(api, une) == [40]


def test_art_10_an_article_with_a_picture_in_an_offre_may_lose_it(api):
    adresse = photographier(api, "BAG", 20)
    montrer(api)
    imprimer(api, offre(api))
    assert effacer(api, adresse).status_code == 204
    assert donnees(api.get("/v1/articles/BAG/images")) == []
