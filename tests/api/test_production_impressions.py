"""MAG-24: printed production lists, what changed since, and commandes that come after."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from tests.api.catalogue import changer
from tests.api.commandes_types import commande_type, exception
from tests.api.documents import corps, document, modifier_ligne, supprimer, transfere
from tests.api.production import MARDI, MERCREDI, du_magasin, fournil, imprimer_liste, lignes, production, restes
from tests.api.reponses import donnees, refus
from tests.impression.lecture import lire as lire_pdf


@pytest.fixture(autouse=True)
def _fournil(request):
    if "api" in request.fixturenames:
        fournil(request.getfixturevalue("api"))


def ligne(article: str = "BAG", quantite: str = "10", **champs: Any) -> dict[str, Any]:
    return {"article": article, "quantite": quantite} | champs


def commande(api, *toutes: dict[str, Any], **champs: Any) -> dict[str, Any]:
    return document(api, "commande", *(toutes or [ligne()]), **{"date_livraison_prevue": MARDI} | champs)


def imprimee(api, statut: int = 201, **champs: Any) -> dict[str, Any]:
    reponse = imprimer_liste(api, **champs)
    assert reponse.status_code == statut, reponse.text
    return reponse.json()  # type: ignore[no-any-return]


def differences(api, impression: dict[str, Any]) -> dict[str, Any]:
    reponse = api.get(f"/v1/production/impressions/{impression['id']}/differences")
    assert reponse.status_code == 200, reponse.text
    return reponse.json()  # type: ignore[no-any-return]


def ecarts(api, impression: dict[str, Any]) -> list[str]:
    """Per article `BAG 10 -> 12 (2)`, then the documents by status."""
    lus = differences(api, impression)
    articles = [
        f"{une['article']} {une['avant']['a_produire']} -> {une['maintenant']['a_produire']} ({une['difference']})"
        for une in lus["lignes"]
    ]
    return articles + [f"{une['statut']} {une['client']}" for une in lus["commandes"]]


def texte(reponse: Any) -> str:
    assert reponse.status_code == 200, reponse.text
    assert reponse.headers["content-type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text().split()) for page in lire_pdf(reponse.content).pages)


def test_mag_24_each_printed_list_is_kept_under_its_version(api):
    commande(api)
    assert (production(api)["version"], production(api)["a_jour"]) == (0, False)
    une = imprimee(api)
    assert (une["version"], une["familles"], une["nouvelle"]) == (1, [], True)
    assert lignes(une) == ["BAG 0+10+0-0 = 10"]
    assert (production(api)["version"], production(api)["a_jour"]) == (1, True)
    commande(api, ligne(quantite="5"))
    assert (production(api)["version"], production(api)["a_jour"]) == (1, False)
    deux = imprimee(api)
    assert (deux["version"], lignes(deux)) == (2, ["BAG 0+15+0-0 = 15"])
    relue = api.get(f"/v1/production/impressions/{une['id']}").json()
    assert relue == une | {"nouvelle": False}
    assert [un["version"] for un in donnees(api.get("/v1/production/impressions", params={"date": MARDI}))] == [2, 1]
    assert donnees(api.get("/v1/production/impressions", params={"date": MERCREDI})) == []


def test_mag_24_printed_again_unchanged_it_is_the_same_version(api):
    """Families, whatever their order, and days have versions of their own."""
    commande(api, ligne(), ligne("ECL"))
    une = imprimee(api, familles=["8", "3"])
    assert imprimee(api, 200, familles=["3", "8", "3"]) == une | {"nouvelle": False}
    assert imprimee(api, familles=["3"])["version"] == imprimee(api)["version"] == 1
    assert imprimee(api, jour=MERCREDI)["lignes"] == []


def test_mag_24_a_change_of_hands_is_a_new_version_though_the_sums_are_the_same(api):
    une = commande(api)
    premiere = imprimee(api)
    supprimer(api, une)
    commande(api, client="HOTEL")
    assert ecarts(api, premiere) == ["nouvelle HOTEL", "retiree None"]
    assert imprimee(api)["version"] == 2


def test_mag_24_what_changed_since_it_was_printed(api):
    modele = commande_type(api, {"article": "VIN", "jours": {"2": "6"}})
    une, autre = commande(api), commande(api, ligne("ECL"), client="HOTEL")
    commande(api, client="EXPORT")
    premiere = imprimee(api)
    assert ecarts(api, premiere) == []
    modifier_ligne(api, une, 100, quantite="12")
    supprimer(api, autre)
    du_magasin(api, commande(api, ligne("DON", "3"), client="EXONERE"))
    exception(api, modele, MARDI, "VIN", "2")
    restes(api, ("VIN", "1"))
    assert ecarts(api, premiere) == [
        "BAG 20 -> 22 (2)",
        "DON 0 -> 3 (3)",
        "ECL 10 -> 0 (-10)",
        "VIN 6 -> 1 (-5)",
        "nouvelle EXONERE",
        "modifiee NATIONAL",
        "retiree None",
    ]
    lus = differences(api, premiere)
    assert [une["designation"] for une in lus["lignes"]] == ["Baguette", "Échantillon", "Éclair", "Vin rouge"]
    assert lus["commandes"][0]["magasin"] == "NAM"
    assert ecarts(api, imprimee(api)) == []


def test_mag_24_a_transfer_changes_nothing(api):
    premiere = (commande(api), imprimee(api))
    transfere(api, "bordereau", premiere[0])
    assert ecarts(api, premiere[1]) == []
    assert imprimee(api, 200)["version"] == 1


def test_mag_24_a_new_version_says_what_the_one_before_had(api):
    une = commande(api, ligne(), ligne("ECL"), ligne("VIN"))
    premiere = imprimee(api)
    assert {une["precedent"] for une in premiere["lignes"]} == {None}
    modifier_ligne(api, une, 100, quantite="12")
    api.delete(f"/v1/documents/{une['id']}/lignes/200", headers={"if-match": "*"})
    commande(api, ligne("DON", "1"))
    deux = imprimee(api)
    assert {une["article"]: (une["a_produire"], une["precedent"]) for une in deux["lignes"]} == {
        "ECL": ("0", "10"),
        "BAG": ("12", "10"),
        "DON": ("1", "0"),
        "VIN": ("10", None),
    }
    lu = texte(api.get(f"/v1/production/impressions/{deux['id']}/pdf"))
    assert "avant : 10" in lu
    assert "avant : 0" in lu
    commande(api, ligne("VIN", "1"))
    assert [une["article"] for une in imprimee(api)["lignes"]] == ["BAG", "DON", "VIN"]


def avertis(reponse: Any) -> list[str]:
    assert reponse.is_success, reponse.text
    return [un["detail"] for un in reponse.json()["avertissements"] if un["code"] == "production_imprimee"]


def test_mag_24_a_commande_that_comes_after_printing_is_announced(api):
    une = commande(api)
    imprimee(api)
    imprimee(api, jour=MERCREDI, familles=["3"])
    envoi = corps("commande", ligne(), date_livraison_prevue=MARDI)
    (dit,) = avertis(api.post("/v1/documents", json=envoi))
    assert "2025-06-17" in dit
    assert "version 1" in dit
    assert len(avertis(modifier_ligne(api, une, 100, quantite="11"))) == 1
    assert len(avertis(api.post("/v1/documents", params={"simulation": "true"}, json=envoi))) == 1
    for autre, combien in (
        (corps("commande", ligne(), date_livraison_prevue=MERCREDI), 0),
        (corps("commande", ligne("ECL"), date_livraison_prevue=MERCREDI), 1),
        (corps("commande", ligne("ECL", date_livraison=MARDI), ligne("ECL"), date_livraison_prevue=MERCREDI), 2),
        (corps("commande", ligne(), date_livraison_prevue="2025-06-19"), 0),
        (corps("bordereau", ligne(), date=MARDI), 1),
        (corps("offre", ligne(), date_livraison_prevue=MARDI), 0),
        (corps("facture", ligne(), date=MARDI), 0),
    ):
        assert len(avertis(api.post("/v1/documents", json=autre))) == combien, autre
    livre = {"cible": {"type": "bordereau", "date": MARDI}, "sources": [{"document": une["id"]}]}
    assert avertis(api.post("/v1/transferts", json=livre)) == []


def test_mag_24_imp_18_the_printed_pdf_is_the_same_for_ever_and_the_preview_says_it_is_none(api):
    commande(api)
    une = imprimee(api)
    adresse = f"/v1/production/impressions/{une['id']}/pdf"
    premier = api.get(adresse)
    lu = texte(premier)
    assert "Mardi 17 juin 2025" in lu
    assert "Version 1 imprimée le" in lu
    assert "Page 1/1" in lu
    commande(api, ligne(quantite="7"))
    changer(api, "/v1/articles/BAG", designation="Baguette tradition")
    changer(api, "/v1/parametres", langue="nl", nom="Ailleurs")
    assert api.get(adresse).content == premier.content
    connue = api.get(adresse, headers={"if-none-match": premier.headers["etag"]})
    assert (connue.status_code, connue.content) == (304, b"")
    apercu = api.get("/v1/production/pdf", params={"date": MARDI})
    lu = texte(apercu)
    assert "Dinsdag 17 juni 2025" in lu
    assert "niet afgedrukt" in lu
    assert "Baguette tradition" in lu
    assert "Versie" not in lu
    connue = api.get("/v1/production/pdf", params={"date": MARDI}, headers={"if-none-match": apercu.headers["etag"]})
    assert connue.status_code == 304
    assert api.get("/v1/production/impressions", params={"date": MARDI}).json()["data"] == [
        {nom: une[nom] for nom in ("id", "date", "familles", "version", "imprime_le", "cle")}
    ]


def test_api_01_lists_that_were_never_printed(api):
    inconnue = "/v1/production/impressions/0199a3d2-7c51-7f0e-9a61-3b1f0c6d2e85"
    for adresse in (inconnue, f"{inconnue}/pdf", f"{inconnue}/differences"):
        assert refus(api.get(adresse)) == (404, "ressource_absente")
    assert refus(imprimer_liste(api, familles=["Z"])) == (422, "reference_inconnue")
    assert refus(imprimer_liste(api, magasin="Z")) == (422, "reference_inconnue")


def test_sec_01_any_shop_may_read_and_print_the_list(api, cle_de):
    cle = cle_de("magasin:HUY")
    assert api.post("/v1/production/impressions", json={"date": MARDI}, headers=cle).status_code == 201
    assert api.get("/v1/production", params={"date": MARDI}, headers=cle).status_code == 200
    assert api.get("/v1/production", params={"date": MARDI}, headers=cle_de("saisie")).status_code == 403


def test_mag_24_printed_and_entered_at_once_there_is_one_version_and_one_leftover(reelle):
    """MAG-21, MAG-24: five shops' screens at once: one prints, the others are given what it printed."""
    fournil(reelle)
    commande(reelle)
    with ThreadPoolExecutor(10) as fils:
        laissees = [fils.submit(restes, reelle, ("ECL", "4"), ("BAG", "1")) for _ in range(5)]
        assert {un.result().status_code for un in laissees} == {200}
        reponses = [un.result() for un in [fils.submit(imprimer_liste, reelle) for _ in range(10)]]
    assert sorted(un.status_code for un in reponses) == [200] * 9 + [201]
    assert {un.json()["id"] for un in reponses} == {reponses[0].json()["id"]}
    assert lignes(reponses[0].json()) == ["ECL 0+0+0-4 = 0 (4)", "BAG 0+10+0-1 = 9"]
    saisies = donnees(reelle.get("/v1/evenements", params={"limite": 200}))
    assert len([un for un in saisies if un["ressource"] == "restes"]) == 1
