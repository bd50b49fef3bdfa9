"""What documents take from articles, and in how many statements (ART-02, ART-13, ART-14)."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession
from tests.api.catalogue import BAGUETTE, CARTON, creer
from tests.api.documents import sql, taxer

from aurore_api.catalogue.service import LigneTarifArticle, TaxeDArticle, pour_documents, successeurs
from aurore_api.socle.cles import CleConnue
from aurore_api.socle.contexte import Contexte
from aurore_api.socle.horloge import maintenant
from aurore_domain.unites import Conversion


@pytest.fixture
def lire(api):
    """`pour_documents` on the test's own connection."""
    base = api.app.state.base

    async def executer(numeros, **choix):
        session = await base.session(base.exterieure, "societe_principale")
        async with session:
            return await pour_documents(_contexte(session), numeros, **choix)

    def appeler(*numeros, tarif=None, code_libelle=None, **autres):
        return api.attendre(executer, numeros, tarif=tarif, code_libelle=code_libelle, **autres)

    return appeler


@pytest.fixture
def finir(api):
    """`successeurs` on the test's own connection."""
    base = api.app.state.base

    async def executer(numeros):
        session = await base.session(base.exterieure, "societe_principale")
        async with session:
            return await successeurs(_contexte(session), numeros)

    return lambda *numeros: api.attendre(executer, numeros)


def _contexte(session: AsyncSession) -> Contexte:
    cle = CleConnue(id=1, societe="principale", schema="societe_principale", fuseau="UTC", portees=frozenset())
    return Contexte(session=session, cle=cle, requete_id="", langue="fr", maintenant=maintenant())


@contextmanager
def compter(api):
    """The SQL statements sent meanwhile."""
    envoyees: list[str] = []
    moteur = api.app.state.base.engine.sync_engine

    def noter(_connexion, _curseur, requete, *_):
        if "SAVEPOINT" not in requete:
            envoyees.append(requete)

    event.listen(moteur, "before_cursor_execute", noter)
    try:
        yield envoyees
    finally:
        event.remove(moteur, "before_cursor_execute", noter)


def test_art_13_un_article_complet(api, lire):
    creer(
        api, "/v1/articles", BAGUETTE, numero="TRU", unite="KG", poids_kg="1.5", description="Saumon", prix_vente="21"
    )
    piece = {"facteur": "0.35", "decimales": 0, "flou": True, "tolerance": "5"}
    creer(api, "/v1/articles/TRU/unites", CARTON, abreviation="PC", unite="PCE", **piece)
    creer(api, "/v1/articles/TRU/unites", CARTON, operateur="D")
    article = lire("TRU")["TRU"]
    assert (article.numero, article.designation, article.description) == ("TRU", "Baguette", "Saumon")
    assert (article.unite, article.unite_decimales, article.poids_kg) == ("KG", 3, Decimal("1.5"))
    assert (article.prix_vente, article.code_tva_vente, article.imputation_vente) == (Decimal(21), "6", "VENTES")
    assert (article.tolerance_depassement, article.unite_par_defaut, article.tarifs) == (None, None, ())
    assert article.unites == {
        "PC": Conversion(
            facteur=Decimal("0.35"), operateur="M", decimales=0, decimales_base=3, flou=True, tolerance=Decimal(5)
        ),
        "CT6": Conversion(facteur=Decimal(6), operateur="D", decimales=0, decimales_base=3),
    }


def test_cal_02_les_decimales_de_base_sont_celles_de_l_unite(api, lire):
    creer(api, "/v1/articles", BAGUETTE, unite="G")
    creer(api, "/v1/articles/BAG/unites", CARTON)
    article = lire("BAG")["BAG"]
    assert (article.unite_decimales, article.unites["CT6"].decimales_base) == (0, 0)


def test_art_02_le_libelle_remplace_la_designation(api, lire):
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/articles", BAGUETTE, numero="PIS", designation="Pistolet")
    creer(api, "/v1/articles/BAG/libelles", {"code_libelle": "nl", "libelle": "Stokbrood"})
    assert {un.designation for un in lire("BAG", "PIS", code_libelle="nl").values()} == {"Stokbrood", "Pistolet"}
    assert lire("BAG", code_libelle="de")["BAG"].designation == "Baguette"
    assert lire("BAG")["BAG"].designation == "Baguette"


def test_art_14_les_lignes_du_tarif_demande(api, lire):
    creer(api, "/v1/articles", BAGUETTE)
    identifiants = []
    creer(api, "/v1/tarifs", {"code": "HOR", "libelle": "Horeca"})
    for tarif in ("REV", "HOR"):
        corps = {"tarif": tarif, "quantite_minimum": "0.5", "remise": "5", "du": "2026-01-01", "au": "2026-12-31"}
        identifiants.append(creer(api, "/v1/articles/BAG/tarifs", corps)["id"])
    jours = date(2026, 1, 1), date(2026, 12, 31)
    rev, hor = (
        LigneTarifArticle(identifiant, tarif, Decimal("0.5"), None, Decimal(5), *jours)
        for identifiant, tarif in zip(identifiants, ("REV", "HOR"), strict=True)
    )
    assert lire("BAG", tarif="REV")["BAG"].tarifs == (rev,)
    assert lire("BAG", tarif="ABSENT")["BAG"].tarifs == ()
    assert lire("BAG")["BAG"].tarifs == ()
    assert set(lire("BAG", tous_tarifs=True)["BAG"].tarifs) == {rev, hor}


def test_art_07_les_taxes_de_toutes_les_categories(api, lire):
    """In the order they were entered, whatever their category; amounts to the last decimal."""
    creer(api, "/v1/articles", BAGUETTE, appliquer_taxe=True)
    taxer(api, "BAG", "BAC", "national", code_tva="0", montant="0.2500")
    taxer(api, "BAG", "ECO", "export", code_tva="21", pourcentage="1.50")
    taxer(api, "BAG", "BAC", "export", code_tva="6", montant="123456789.1234")
    article = lire("BAG")["BAG"]
    assert (article.appliquer_taxe, article.actif, article.type_article) == (True, True, "normal")
    assert article.taxes == (
        TaxeDArticle("BAC", "national", "0", Decimal("0.2500"), None),
        TaxeDArticle("ECO", "export", "21", None, Decimal("1.50")),
        TaxeDArticle("BAC", "export", "6", Decimal("123456789.1234"), None),
    )


def test_art_05_la_fin_de_la_chaine(api, finir):
    for rang in range(6):
        suivant = {"remplace_par": f"A{rang - 1}"} if rang else {}
        creer(api, "/v1/articles", BAGUETTE, numero=f"A{rang}", **suivant)
    assert finir("A5", "A1", "A0", "ABSENT") == {"A5": "A0", "A1": "A0"}
    assert finir() == {}
    sql(api, "UPDATE articles SET remplace_par = 'A3' WHERE numero = 'A1'")
    assert finir("A5", "A3", "A2", "A1") == {}


def test_art_06_le_substitut(api, lire):
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/articles", BAGUETTE, numero="PIS", substitut="BAG")
    assert [lire("PIS", "BAG")[numero].substitut for numero in ("PIS", "BAG")] == ["BAG", None]


def test_art_01_un_numero_inconnu_est_absent(api, lire):
    creer(api, "/v1/articles", BAGUETTE)
    assert set(lire("BAG", "ABSENT")) == {"BAG"}
    assert lire("ABSENT") == {}
    assert lire() == {}


def test_api_04_deux_requetes_quel_que_soit_le_nombre(api, lire):
    """A document of 20 lines costs as many statements as one of 2."""
    for rang in range(20):
        creer(api, "/v1/articles", BAGUETTE, numero=f"A{rang}")
        creer(api, f"/v1/articles/A{rang}/unites", CARTON)
    for nombre in (2, 20):
        with compter(api) as envoyees:
            assert len(lire(*(f"A{rang}" for rang in range(nombre)))) == nombre
        assert len(envoyees) == 2, envoyees


@pytest.mark.parametrize(
    "changement",
    [
        "UPDATE unites_supplementaires SET facteur = 0",
        "UPDATE unites_supplementaires SET operateur = 'X'",
        "UPDATE tarifs_articles SET remise = 5",
        "UPDATE tarifs_articles SET valeur = NULL",
        "UPDATE tarifs_articles SET du = '2026-02-02', au = '2026-02-01'",
        "UPDATE articles SET prix_vente = -1",
    ],
)
def test_art_13_la_base_garde_les_memes_regles(api, changement):
    """ART-13, ART-14: what the schemas refuse cannot be stored by another way either."""
    creer(api, "/v1/articles", BAGUETTE)
    creer(api, "/v1/articles/BAG/unites", CARTON)
    creer(api, "/v1/articles/BAG/tarifs", {"tarif": "REV", "valeur": "1.0000"})

    async def executer():
        connexion = api.app.state.base.exterieure
        await connexion.execute(text("SET LOCAL search_path TO societe_principale"))
        async with connexion.begin_nested():
            await connexion.execute(text(changement))

    with pytest.raises(Exception, match="violates check constraint"):
        api.attendre(executer)
