"""Lines of articles that are replaced, retired or not for sale (ART-05, ART-06, ART-08)."""

import pytest
from tests.api.catalogue import champ_refuse, changer, creer
from tests.api.documents import (
    baguettes,
    boulangerie,
    contenu,
    corps,
    document,
    lire,
    modifier_ligne,
    requetes_sql,
    sql,
    transfere,
)
from tests.api.reponses import erreurs

BASE = {"unite": "PCE", "prix_vente": "1.0000", "code_tva_vente": "6"}
ARTICLES = {
    "VIEUX": {"designation": "Pain gris 2023", "remplace_par": "MOYEN"},
    "MOYEN": {"designation": "Pain gris 2024", "remplace_par": "NEUF"},
    "NEUF": {"designation": "Pain gris 2025", "prix_vente": "1.2500", "code_tva_vente": "21"},
}


@pytest.fixture(autouse=True)
def _boulangerie(api):
    """A chain of three articles, each replaced by the next; the first has a carton that the last lacks."""
    boulangerie(api)
    for numero in ("NEUF", "MOYEN", "VIEUX"):
        creer(api, "/v1/articles", BASE | ARTICLES[numero], numero=numero)
    carton = {"abreviation": "CT6", "unite": "CT", "facteur": "6", "operateur": "M", "decimales": 0}
    creer(api, "/v1/articles/VIEUX/unites", carton)


def pain(article="VIEUX", quantite="10", **autres):
    """A line of one of the chain."""
    return {"article": article, "quantite": quantite} | autres


def suivi(article="VIEUX", quantite="10", **autres):
    """The same, following its replacement."""
    return pain(article, quantite, suivre_remplacement=True, **autres)


def averti(document):
    """Code and field of each warning."""
    return [(un["code"], un["pointeur"]) for un in document["avertissements"]]


def test_art_05_un_article_remplace_est_pris_et_le_dernier_successeur_nomme(api):
    cree = document(api, "commande", baguettes(ordre=300), pain(ordre=200), pain("NEUF"), pain("MOYEN", ordre=100))
    assert [une["article"] for une in cree["lignes"]] == ["MOYEN", "VIEUX", "BAG", "NEUF"]
    attendus = [("article_remplace", "#/lignes/1/article"), ("article_remplace", "#/lignes/0/article")]
    assert averti(cree) == attendus
    assert all("NEUF" in un["detail"] for un in cree["avertissements"])
    assert lire(api, cree)["avertissements"] == []


def test_art_05_suivre_prend_le_successeur_et_le_dit(api):
    cree = document(api, "commande", suivi(), suivi("NEUF"), suivi("BAG"))
    ligne = cree["lignes"][0]
    attendu = {"article": "NEUF", "designation": "Pain gris 2025", "prix": "1.2500", "code_tva": "21"}
    assert {nom: ligne[nom] for nom in attendu} == attendu
    assert averti(cree) == [("remplacement_suivi", "#/lignes/0/article")]
    assert ("VIEUX" in cree["avertissements"][0]["detail"], "NEUF" in cree["avertissements"][0]["detail"]) == (
        True,
        True,
    )


def test_art_05_le_successeur_garde_ce_qui_fut_tape(api):
    cree = document(api, "commande", suivi(designation="Gris", prix="2.0000"))["lignes"][0]
    assert (cree["article"], cree["designation"], cree["prix"], cree["code_tva"]) == ("NEUF", "Gris", "2.0000", "21")


def test_art_05_une_unite_que_le_successeur_n_a_pas_est_refusee(api):
    cartons = {"article": "VIEUX", "quantite_unite_commande": "2", "unite_commande": "CT6"}
    assert document(api, "commande", cartons)["lignes"][0]["quantite"] == "12"
    avant = contenu(api)
    refuse = api.post("/v1/documents", json=corps("commande", cartons | {"suivre_remplacement": True}))
    assert erreurs(refuse) == champ_refuse("#/lignes/0/unite_commande", "unite_commande_inconnue")
    assert contenu(api) == avant


def test_art_05_ligne_ajoutee_et_ligne_changee(api):
    cree = document(api, "commande", baguettes())
    ajout = api.post(f"/v1/documents/{cree['id']}/lignes", json=suivi()).json()
    assert (ajout["lignes"][1]["article"], averti(ajout)) == ("NEUF", [("remplacement_suivi", "#/lignes/1/article")])
    change = modifier_ligne(api, cree, 100, article="VIEUX").json()
    assert (change["lignes"][0]["article"], averti(change)) == ("VIEUX", [("article_remplace", "#/lignes/0/article")])
    assert averti(modifier_ligne(api, cree, 100, quantite="3").json()) == []
    assert averti(modifier_ligne(api, cree, 100, suivre_remplacement=True).json()) == []
    suite = modifier_ligne(api, cree, 100, article="VIEUX", suivre_remplacement=True).json()
    ligne = suite["lignes"][0]
    assert (ligne["article"], ligne["designation"], ligne["prix"], ligne["quantite"]) == (
        "NEUF",
        "Pain gris 2025",
        "1.2500",
        "3",
    )
    assert averti(suite) == [("remplacement_suivi", "#/lignes/0/article")]


def test_art_05_un_transfert_ne_remplace_rien(api):
    bordereau = transfere(api, "bordereau", document(api, "commande", pain()))
    assert (bordereau["lignes"][0]["article"], averti(bordereau)) == ("VIEUX", [])


def test_art_05_un_cercle_ne_tourne_pas_sans_fin(api):
    """The catalogue refuses circles; one that got in all the same has no end, and is left alone."""
    sql(api, "UPDATE articles SET remplace_par = 'VIEUX' WHERE numero = 'NEUF'")
    cree = document(api, "commande", suivi(), pain("MOYEN"))
    assert [une["article"] for une in cree["lignes"]] == ["VIEUX", "MOYEN"]
    assert averti(cree) == []


def test_art_05_autant_de_requetes_quelle_que_soit_la_chaine(api):
    for rang in range(15):
        suivant = "VIEUX" if rang == 0 else f"P{rang - 1}"
        creer(api, "/v1/articles", BASE, numero=f"P{rang}", designation="Pain", remplace_par=suivant)
    document(api, "commande", suivi("P0"))  # the small tables are in memory from here on
    comptes = []
    for lignes in ([suivi("P0")], [suivi(f"P{rang}") for rang in range(15)]):
        with requetes_sql(api) as envoyees:
            cree = document(api, "commande", *lignes)
        assert {une["article"] for une in cree["lignes"]} == {"NEUF"}
        comptes.append(len(envoyees))
    assert comptes[0] == comptes[1]


@pytest.mark.parametrize(
    ("article", "champs", "nommes"),
    [
        ("BAG", {}, []),
        ("BAG", {"substitut": "VIN"}, ["VIN"]),
        ("VIEUX", {}, ["NEUF"]),
        ("VIEUX", {"substitut": "VIN"}, ["NEUF", "VIN"]),
    ],
)
def test_art_08_un_article_inactif_est_refuse_et_ce_qui_le_remplace_nomme(api, article, champs, nommes):
    """ART-06: the substitute is named too."""
    changer(api, f"/v1/articles/{article}", actif=False, **champs)
    avant = contenu(api)
    refuse = api.post("/v1/documents", json=corps("commande", baguettes() | {"article": "TRU"}, pain(article)))
    assert erreurs(refuse) == champ_refuse("#/lignes/1/article", "article_inactif")
    suite = f" ; à la place : {', '.join(nommes)}" if nommes else ""
    assert refuse.json()["erreurs"][0]["detail"] == f"Cet article n'est plus actif{suite}."
    assert contenu(api) == avant


def test_art_08_suivre_passe_par_un_article_inactif_mais_n_y_finit_pas(api):
    for numero in ("VIEUX", "MOYEN"):
        changer(api, f"/v1/articles/{numero}", actif=False)
    assert document(api, "commande", suivi())["lignes"][0]["article"] == "NEUF"
    changer(api, "/v1/articles/NEUF", actif=False)
    refuse = api.post("/v1/documents", json=corps("commande", suivi()))
    assert erreurs(refuse) == champ_refuse("#/lignes/0/article", "article_inactif")


def test_art_08_ce_qui_existe_continue(api):
    """Lines of a retired article are changed, moved on and credited; only new ones are refused."""
    commande = document(api, "commande", baguettes())
    changer(api, "/v1/articles/BAG", actif=False)
    assert modifier_ligne(api, commande, 100, quantite="20", article="BAG").status_code == 200
    bordereau = transfere(api, "bordereau", commande)
    assert modifier_ligne(api, bordereau, 100, quantite="18").status_code == 200
    transfere(api, "facture", bordereau, recalculer_prix=True)
    ajout = api.post(f"/v1/documents/{commande['id']}/lignes", json=baguettes())
    assert erreurs(ajout) == champ_refuse("#/article", "article_inactif")
    autre = document(api, "commande", {"article": "VIN", "quantite": "1"})
    refuse = modifier_ligne(api, autre, 100, article="BAG")
    assert erreurs(refuse) == champ_refuse("#/article", "article_inactif")


def test_art_08_un_article_statistique_ne_se_vend_pas(api):
    creer(api, "/v1/articles", BASE, numero="STAT", designation="Pains", type_article="statistique")
    avant = contenu(api)
    refuse = api.post("/v1/documents", json=corps("offre", pain("STAT")))
    assert erreurs(refuse) == champ_refuse("#/lignes/0/article", "article_statistique_non_vendable")
    assert contenu(api) == avant
