"""Images of articles (ART-10): made anew of what comes in, and never anything else."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image, PngImagePlugin
from tests.api.catalogue import BAGUETTE, CARTON, champ_refuse, changer, creer, effacer, evenements
from tests.api.images import bombe, image
from tests.api.reponses import donnees, erreurs, refus, si

from aurore_api.catalogue.service.images import COTE_VIGNETTE, LIMITES, NOMBRE_MAX

ADRESSE = "/v1/articles/BAG/images"
JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"


@pytest.fixture
def baguette(api):
    return creer(api, "/v1/articles", BAGUETTE)


pytestmark = pytest.mark.usefixtures("baguette")


def deposer(api, contenu, media=PNG):
    return api.post(ADRESSE, content=contenu, headers={"content-type": media})


def deposee(api, contenu, media=PNG):
    reponse = deposer(api, contenu, media)
    assert reponse.status_code == 201, reponse.text
    return reponse.json()


def ouvrir(reponse):
    assert reponse.status_code == 200, reponse.text
    return Image.open(io.BytesIO(reponse.content))


def fichier(une, genre, **options):
    sortie = io.BytesIO()
    une.save(sortie, genre, **options)
    return sortie.getvalue()


@pytest.mark.parametrize(("genre", "media"), [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)])
def test_art_10_an_image_is_kept_in_its_format_with_a_small_one(api, genre, media):
    envoye = image(genre, 800, 400)
    reponse = deposer(api, envoye, media)
    une = reponse.json()
    assert (reponse.status_code, reponse.headers["etag"]) == (201, '"1"')
    assert reponse.headers["location"] == f"{ADRESSE}/{une['id']}"
    lue = api.get(reponse.headers["location"])
    with ouvrir(lue) as trouvee:
        assert (trouvee.format, trouvee.size, lue.headers["content-type"]) == (genre, (800, 400), media)
    petite = api.get(f"{reponse.headers['location']}/vignette")
    with ouvrir(petite) as trouvee:
        assert (trouvee.format, trouvee.size, petite.headers["content-type"]) == ("JPEG", (256, 128), JPEG)
    assert COTE_VIGNETTE == 256
    assert donnees(api.get(ADRESSE)) == [une]
    assert une == {
        "article": "BAG",
        "id": une["id"],
        "ordre": 1,
        "legende": None,
        "type": media,
        "largeur": 800,
        "hauteur": 400,
        "taille": len(lue.content),
        "empreinte": une["empreinte"],
        "version": 1,
    }


def test_art_10_a_small_image_is_not_made_larger(api):
    une = deposee(api, image("PNG", 30, 10))
    with ouvrir(api.get(f"{ADRESSE}/{une['id']}/vignette")) as petite:
        assert petite.size == (30, 10)


def test_art_10_a_large_image_is_made_smaller(api):
    une = deposee(api, image("JPEG", 4000, 3000), JPEG)
    assert (une["largeur"], une["hauteur"]) == (LIMITES.cote, LIMITES.cote * 3 // 4)


def deux_couleurs():
    """Red on the left, blue on the right."""
    une = Image.new("RGB", (80, 40), "red")
    une.paste("blue", (40, 0, 80, 40))
    return une


@pytest.mark.parametrize(("genre", "media"), [("JPEG", JPEG), ("PNG", PNG), ("WEBP", WEBP)])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_art_10_a_picture_taken_sideways_is_put_upright(api, genre, media, mode):
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter to the right
    une = deposee(api, fichier(deux_couleurs().convert(mode), genre, exif=exif), media)
    with ouvrir(api.get(f"{ADRESSE}/{une['id']}")) as trouvee:
        assert trouvee.size == (40, 80)
        haut, bas = trouvee.convert("RGB").getpixel((20, 10)), trouvee.convert("RGB").getpixel((20, 70))
    assert haut != bas
    assert haut[0] > bas[0]  # red, the lighter grey of the two, is at the top now


def test_art_10_nothing_that_hides_in_an_image_is_kept(api):
    exif = Image.Exif()
    exif[0x010E] = "secret-exif"
    avec_profil = {"icc_profile": b"secret-profil" * 20}
    for contenu, media in (
        (fichier(deux_couleurs(), "JPEG", exif=exif, comment=b"secret-commentaire", **avec_profil), JPEG),
        (fichier(deux_couleurs(), "PNG", exif=exif, **avec_profil) + b"secret-apres", PNG),
        (fichier(deux_couleurs(), "WEBP", exif=exif, xmp=b"secret-xmp", **avec_profil), WEBP),
    ):
        une = deposee(api, contenu, media)
        for chemin in ("", "/vignette"):
            lue = api.get(f"{ADRESSE}/{une['id']}{chemin}")
            assert b"secret" not in lue.content
            with ouvrir(lue) as trouvee:
                assert not dict(trouvee.getexif())
                assert not {"icc_profile", "comment", "xmp", "exif"} & trouvee.info.keys()


@pytest.mark.parametrize(("genre", "media"), [("PNG", PNG), ("WEBP", WEBP)])
def test_art_10_of_a_moving_picture_the_first_is_kept(api, genre, media):
    rouge, bleue = (Image.new("RGB", (20, 20), couleur) for couleur in ("red", "blue"))
    une = deposee(api, fichier(rouge, genre, save_all=True, append_images=[bleue]), media)
    with ouvrir(api.get(f"{ADRESSE}/{une['id']}")) as trouvee:
        assert getattr(trouvee, "n_frames", 1) == 1
        assert trouvee.convert("RGB").getpixel((5, 5))[0] > 200


def test_art_10_a_telephone_s_picture_with_another_inside_is_a_jpeg(api):
    rouge, bleue = (Image.new("RGB", (20, 20), couleur) for couleur in ("red", "blue"))
    une = deposee(api, fichier(rouge, "MPO", save_all=True, append_images=[bleue]), JPEG)
    assert (une["type"], une["largeur"]) == (JPEG, 20)


@pytest.mark.parametrize(
    ("genre", "mode", "media"),
    [
        ("PNG", "RGBA", PNG),
        ("PNG", "LA", PNG),
        ("PNG", "P", PNG),
        ("PNG", "1", PNG),
        ("PNG", "L", PNG),
        ("PNG", "I;16", PNG),
        ("JPEG", "L", JPEG),
        ("JPEG", "CMYK", JPEG),
        ("WEBP", "RGBA", WEBP),
    ],
)
def test_art_10_every_kind_of_pixel_is_read(api, genre, mode, media):
    une = deposee(api, image(genre, 40, 20, mode), media)
    assert (une["largeur"], une["hauteur"]) == (40, 20)


def test_art_10_transparency_stays_and_is_white_where_it_cannot(api):
    une = deposee(api, fichier(Image.new("RGBA", (20, 20), (255, 0, 0, 0)), "PNG"))
    with ouvrir(api.get(f"{ADRESSE}/{une['id']}")) as trouvee:
        assert (trouvee.mode, trouvee.getpixel((5, 5))[3]) == ("RGBA", 0)
    with ouvrir(api.get(f"{ADRESSE}/{une['id']}/vignette")) as petite:
        assert min(petite.getpixel((5, 5))) > 250


def test_art_10_sixteen_bits_of_grey_are_brought_down_to_eight(api):
    une = deposee(api, fichier(Image.new("I;16", (20, 20), 0x8000), "PNG"))
    with ouvrir(api.get(f"{ADRESSE}/{une['id']}")) as trouvee:
        assert trouvee.convert("L").getpixel((5, 5)) == 0x80


def passes(nombre):
    """A progressive JPEG whose last pass is repeated."""
    sain = fichier(Image.new("RGB", (1600, 1600), "red"), "JPEG", progressive=True)
    derniere = sain.rfind(b"\xff\xda")
    return sain[:-2] + sain[derniere:-2] * nombre + sain[-2:]


MAUVAISES = {
    "empty": (b"", PNG, "image_illisible"),
    "text": (b"pas une image", PNG, "image_illisible"),
    "gif": (image("GIF"), PNG, "image_illisible"),
    "bmp": (image("BMP"), JPEG, "image_illisible"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", PNG, "image_illisible"),
    "pdf": (b"%PDF-1.7", PNG, "image_illisible"),
    "png cut": (image("PNG", 400, 400)[:-30], PNG, "image_illisible"),
    "jpeg cut": (image("JPEG", 400, 400)[:-200], JPEG, "image_illisible"),
    "webp cut": (image("WEBP", 400, 400)[:-20], WEBP, "image_illisible"),
    "png head only": (image("PNG")[:40], PNG, "image_illisible"),
    "jpeg called png": (image("JPEG"), PNG, "image_format_different"),
    "png called webp": (image("PNG"), WEBP, "image_format_different"),
    "webp called jpeg": (image("WEBP"), JPEG, "image_format_different"),
    "25 Mpx": (bombe(5001, 5000), PNG, "image_trop_grande"),
    "bomb": (bombe(20_000, 20_000), PNG, "image_trop_grande"),
    "jpeg of passes": (passes(120), JPEG, "image_trop_grande"),
    "too many bytes": (b"\x00" * (LIMITES.octets + 1), PNG, "image_trop_lourde"),
}


@pytest.mark.parametrize("cas", MAUVAISES)
def test_art_10_what_is_no_plain_image_is_refused_and_nothing_kept(api, cas):
    contenu, media, code = MAUVAISES[cas]
    bonne = deposee(api, image("PNG"))
    assert erreurs(deposer(api, contenu, media)) == champ_refuse("#", code)
    en_place = api.put(f"{ADRESSE}/{bonne['id']}", content=contenu, headers={"content-type": media} | si(1))
    assert erreurs(en_place) == champ_refuse("#", code)
    assert donnees(api.get(ADRESSE)) == [bonne]
    assert evenements(api, "image_article") == [("creation", f"BAG/{bonne['id']}")]


@pytest.mark.parametrize("media", ["image/gif", "image/svg+xml", "application/octet-stream", "application/json"])
def test_art_10_other_files_are_not_even_read(api, media):
    assert refus(deposer(api, image("PNG"), media)) == (415, "type_de_media_refuse")


def test_art_10_what_a_text_unpacks_to_is_bounded_too(api):
    textes = PngImagePlugin.PngInfo()
    textes.add_text("commentaire", "x" * 5_000_000, zip=True)
    contenu = fichier(deux_couleurs(), "PNG", pnginfo=textes)
    assert len(contenu) < 20_000
    assert erreurs(deposer(api, contenu)) == champ_refuse("#", "image_illisible")


def test_art_10_an_image_is_replaced_in_its_place(api):
    une = deposee(api, image("PNG", 40, 20))
    adresse = f"{ADRESSE}/{une['id']}"
    assert changer(api, adresse, legende="Vue de dessus").json()["version"] == 2
    avant = api.get(adresse).content
    remplacee = api.put(adresse, content=image("JPEG", 10, 30), headers={"content-type": JPEG} | si(2))
    assert remplacee.status_code == 200, remplacee.text
    assert remplacee.headers["etag"] == '"3"'
    attendu = une | {
        "legende": "Vue de dessus",
        "type": JPEG,
        "largeur": 10,
        "hauteur": 30,
        "taille": remplacee.json()["taille"],
        "empreinte": remplacee.json()["empreinte"],
        "version": 3,
    }
    assert remplacee.json() == attendu
    assert une["empreinte"] != attendu["empreinte"]
    assert donnees(api.get(ADRESSE)) == [attendu]
    assert api.get(adresse).content != avant
    fausse = api.put(adresse, content=image("PNG"), headers={"content-type": PNG} | si(2))
    assert refus(fausse) == (412, "version_perimee")
    assert refus(api.put(adresse, content=image("PNG"), headers={"content-type": PNG})) == (428, "version_requise")


def test_art_10_images_stand_in_their_order(api):
    premiere, deuxieme, troisieme = (deposee(api, image("PNG", cote, 10))["id"] for cote in (10, 20, 30))
    assert changer(api, f"{ADRESSE}/{troisieme}", ordre=1, legende="Devant").status_code == 200
    assert changer(api, f"{ADRESSE}/{premiere}", ordre=2).status_code == 200
    assert [(une["id"], une["ordre"]) for une in donnees(api.get(ADRESSE))] == [
        (troisieme, 1),
        (premiere, 2),
        (deuxieme, 2),
    ]
    assert erreurs(changer(api, f"{ADRESSE}/{premiere}", ordre=0)) == champ_refuse("#/ordre", "hors_bornes")
    assert erreurs(changer(api, f"{ADRESSE}/{premiere}", empreinte="x")) == champ_refuse("#", "champ_inconnu")


def test_api_10_what_the_caller_has_is_not_sent_again(api):
    une = deposee(api, image("PNG"))
    for chemin in (f"{ADRESSE}/{une['id']}", f"{ADRESSE}/{une['id']}/vignette"):
        etag = api.get(chemin).headers["etag"]
        inchangee = api.get(chemin, headers={"if-none-match": etag})
        assert (inchangee.status_code, inchangee.content, inchangee.headers["etag"]) == (304, b"", etag)
    changee = api.put(
        f"{ADRESSE}/{une['id']}", content=image("PNG", 9, 9), headers={"content-type": PNG, "if-match": etag}
    )
    assert changee.status_code == 200
    assert api.get(chemin, headers={"if-none-match": etag}).status_code == 200


def test_art_10_an_article_has_ten_images_and_no_more(api):
    toutes = [deposee(api, image("PNG", 10 + rang, 10)) for rang in range(NOMBRE_MAX)]
    assert NOMBRE_MAX == 10
    assert [une["ordre"] for une in toutes] == list(range(1, 11))
    refusee = deposer(api, image("PNG"))
    assert refus(refusee) == (409, "trop_d_images")
    assert effacer(api, f"{ADRESSE}/{toutes[3]['id']}").status_code == 204
    assert deposee(api, image("PNG"))["ordre"] == 11


def test_art_10_ten_at_once_are_ten(reelle):
    creer(reelle, "/v1/articles", BAGUETTE)
    for _ in range(NOMBRE_MAX - 2):
        deposee(reelle, image("PNG"))
    with ThreadPoolExecutor(6) as fils:
        reponses = [un.result() for un in [fils.submit(deposer, reelle, image("PNG", 7, 7)) for _ in range(6)]]
    assert sorted(une.status_code for une in reponses) == [201, 201, 409, 409, 409, 409]
    assert len(donnees(reelle.get(ADRESSE))) == NOMBRE_MAX


def test_art_10_an_image_goes_alone_or_with_its_article(api):
    une, autre = deposee(api, image("PNG")), deposee(api, image("PNG"))
    assert une["empreinte"] == autre["empreinte"]
    assert refus(api.delete(f"{ADRESSE}/{une['id']}", headers=si(4))) == (412, "version_perimee")
    assert effacer(api, f"{ADRESSE}/{une['id']}").status_code == 204
    for chemin in ("", "/vignette"):
        assert refus(api.get(f"{ADRESSE}/{une['id']}{chemin}")) == (404, "ressource_absente")
    assert api.get(f"{ADRESSE}/{autre['id']}").status_code == 200
    assert effacer(api, "/v1/articles/BAG").status_code == 204
    assert [action for action, _ in evenements(api, "image_article")] == ["creation"] * 2 + ["suppression"] * 2
    assert refus(api.get(ADRESSE)) == (404, "ressource_absente")
    assert refus(deposer(api, image("PNG"))) == (404, "ressource_absente")


def test_art_10_an_article_s_images_are_its_own(api):
    une = deposee(api, image("PNG"))
    creer(api, "/v1/articles", BAGUETTE | {"numero": "PAIN"})
    creer(api, "/v1/articles/PAIN/unites", CARTON)
    assert refus(api.get(f"/v1/articles/PAIN/images/{une['id']}")) == (404, "ressource_absente")
    assert donnees(api.get("/v1/articles/PAIN/images")) == []


def test_sec_04_events_tell_of_an_image_without_the_picture(api):
    une = deposee(api, image("PNG"))
    (evenement,) = api.get("/v1/evenements", params={"ressource": "image_article"}).json()["data"]
    assert evenement["apres"] == une
    assert len(str(evenement)) < 2000


def test_api_05_an_upload_is_repeated_safely(api):
    cle = {"content-type": PNG, "idempotency-key": "une-photo"}
    premiere = api.post(ADRESSE, content=image("PNG"), headers=cle)
    assert api.post(ADRESSE, content=image("PNG"), headers=cle).json() == premiere.json()
    assert len(donnees(api.get(ADRESSE))) == 1
    autre = api.post(ADRESSE, content=image("PNG", 9, 9), headers=cle)
    assert refus(autre) == (422, "cle_idempotence_reutilisee")
