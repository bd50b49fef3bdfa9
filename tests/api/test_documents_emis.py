"""What is issued stays as it is, whoever writes: EFF-02, CPT-03, DOC-09, by SQL as the application's own role."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.api.documents import baguettes, boulangerie, document, etat, imprimer, lire, part, sql, transfere

EMIS = "id = CAST(:emis AS uuid)"
LIGNE = "document = CAST(:emis AS uuid)"


@pytest.fixture
def emis(api):
    """A numbered facture and its numbered note de crédit, each by its type."""
    boulangerie(api)
    facture = imprimer(api, document(api, "facture", baguettes(), {"designation": "Merci"}, vos_references="B7"))
    note = imprimer(api, transfere(api, "note_credit", part(facture, {"ordre": 100, "quantite": "2"})))
    return {"facture": facture, "note_credit": note}


def refuse(api, requete, emis, **valeurs):
    """Whether the database refuses a statement; the test goes on either way."""

    async def executer():
        connexion = api.app.state.base.exterieure
        await connexion.execute(text("SET LOCAL search_path TO societe_principale"))
        async with connexion.begin_nested():
            await connexion.execute(text(requete), {"emis": emis["id"]} | valeurs)

    try:
        api.attendre(executer)
    except DBAPIError as erreur:
        return "issued" in str(erreur) or "foreign key" in str(erreur)
    return False


@pytest.mark.parametrize("genre", ["facture", "note_credit"])
@pytest.mark.parametrize(
    "change",
    [
        "total_htva = total_htva + 1",
        "total_tvac = 0",
        "totaux = '{}'",
        "date = date + 1",
        "numero = numero + 1",
        "numero = NULL, exercice = NULL",
        "type = 'commande'",
        "date_echeance = date + 90",
        "client_copie = '{}'",
        "montant_livraison = 5",
        "impression = NULL",
        "etat = 'annule', total_tvac = 0",
    ],
)
def test_eff_02_cpt_03_la_base_refuse_de_changer_un_entete_emis(api, emis, genre, change):
    assert refuse(api, f"UPDATE documents SET {change} WHERE {EMIS}", emis[genre])


@pytest.mark.parametrize("genre", ["facture", "note_credit"])
@pytest.mark.parametrize(
    "requete",
    [
        f"DELETE FROM documents WHERE {EMIS}",
        f"DELETE FROM lignes WHERE {LIGNE}",
        f"UPDATE lignes SET quantite = quantite + 1 WHERE {LIGNE} AND ordre = 100",
        f"UPDATE lignes SET montant_htva = 0 WHERE {LIGNE} AND ordre = 100",
        f"UPDATE lignes SET designation = 'Autre' WHERE {LIGNE}",
        f"UPDATE lignes SET origine = id, nature = 'consomme' WHERE {LIGNE}",
        f"""INSERT INTO lignes SELECT (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(),
            'ordre', 900))).* FROM lignes l WHERE {LIGNE} AND ordre = 100""",
    ],
)
def test_eff_02_cpt_03_la_base_refuse_de_toucher_aux_lignes_emises(api, emis, genre, requete):
    assert refuse(api, requete, emis[genre])


def test_eff_02_une_ligne_ne_s_en_va_pas_vers_un_autre_document(api, emis):
    ouverte = document(api, "facture", baguettes())
    assert refuse(
        api, f"UPDATE lignes SET document = CAST(:autre AS uuid), ordre = 7 WHERE {LIGNE} AND ordre = 100",
        emis["facture"], autre=ouverte["id"],
    )  # fmt: skip
    assert refuse(
        api, f"UPDATE lignes SET document = CAST(:autre AS uuid), ordre = 7 WHERE {LIGNE} AND ordre = 100",
        ouverte, autre=emis["facture"]["id"],
    )  # fmt: skip


def test_eff_02_les_acomptes_d_une_facture_emise_aussi(api, emis):
    acompte = {"date": "2025-06-01", "montant": "1.00"}
    facture = imprimer(api, document(api, "facture", baguettes(), acomptes=[acompte]))
    assert refuse(api, f"UPDATE acomptes SET montant = 2 WHERE {LIGNE}", facture)
    assert refuse(api, f"DELETE FROM acomptes WHERE {LIGNE}", facture)
    assert not refuse(api, f"UPDATE acomptes SET reference = NULL WHERE {LIGNE}", facture)
    vers = "UPDATE acomptes SET document = CAST(:autre AS uuid) WHERE document = CAST(:emis AS uuid)"
    assert refuse(api, vers, facture, autre=emis["facture"]["id"])


@pytest.mark.parametrize("table", ["documents", "lignes"])
@pytest.mark.usefixtures("emis")
def test_eff_02_rien_ne_vide_les_tables(api, table):
    with pytest.raises(DBAPIError, match="append-only"):
        sql(api, f"TRUNCATE {table} CASCADE")


@pytest.mark.usefixtures("emis")
def test_eff_02_ce_qui_n_est_pas_emis_change_et_disparait(api):
    ouverte, commande = document(api, "facture", baguettes()), imprimer(api, document(api, "commande", baguettes()))
    for un in (ouverte, commande):
        assert not refuse(api, f"UPDATE documents SET total_htva = 1 WHERE {EMIS}", un)
        assert not refuse(api, f"UPDATE lignes SET montant_htva = 1 WHERE {LIGNE}", un)
        assert not refuse(api, f"DELETE FROM documents WHERE {EMIS}", un)


def test_eff_02_le_suivi_d_un_document_emis_continue(api, emis):
    """Copies are counted, credits and returns too, and what an issued line came from may vanish."""
    facture = emis["facture"]
    assert imprimer(api, facture)["nombre_impressions"] == 2
    transfere(api, "retour", part(facture, {"ordre": 100, "quantite": "1"}))
    assert lire(api, facture)["lignes"][0]["quantite_retournee"] == "1"
    assert not refuse(api, f"UPDATE documents SET etat = 'comptabilise' WHERE {EMIS}", facture)
    assert etat(api, facture) == "comptabilise"


@pytest.mark.usefixtures("emis")
def test_eff_02_le_modele_d_une_facture_emise_peut_disparaitre(api):
    modele = document(api, "offre_type", baguettes())
    facture = imprimer(api, transfere(api, "facture", modele))
    sql(api, f"DELETE FROM documents WHERE {EMIS}", emis=modele["id"])
    assert [une["origine"] for une in lire(api, facture)["lignes"]] == [None]


@pytest.mark.parametrize(
    ("porte", "change", "passe"),
    [
        ("anonymisation", "client_copie = '{}', textes = '{}', vos_references = NULL", True),
        ("anonymisation", "vos_references = NULL, total_htva = 0", False),
        ("autre", "vos_references = NULL", False),
    ],
)
def test_cli_10_anonymiser_laisse_partir_le_client_et_rien_d_autre(api, emis, porte, change, passe):
    sql(api, "SELECT set_config('aurore.porte', :porte, true)", porte=porte)
    assert refuse(api, f"UPDATE documents SET {change} WHERE {EMIS}", emis["facture"]) is not passe


def test_doc_08_un_document_rouvert_change_mais_reste_lui_meme(api, emis):
    note, ligne = emis["note_credit"], f"UPDATE lignes SET designation = designation || '.' WHERE {LIGNE}"
    entete = f"UPDATE documents SET total_htva = total_htva + 1 WHERE {EMIS}"
    assert refuse(api, f"UPDATE documents SET reouvert_le = now(), total_htva = 0 WHERE {EMIS}", note)
    assert not refuse(api, f"UPDATE documents SET reouvert_le = now() WHERE {EMIS}", note)
    assert not refuse(api, entete, note)
    assert not refuse(api, ligne, note)
    for change in ("numero = numero + 1", "client = 'HOTEL'", "type = 'facture'"):
        assert refuse(api, f"UPDATE documents SET {change} WHERE {EMIS}", note)
    assert refuse(api, f"DELETE FROM documents WHERE {EMIS}", note)
    assert not refuse(api, f"UPDATE documents SET reouvert_le = NULL WHERE {EMIS}", note)
    assert refuse(api, entete, note)
    assert refuse(api, ligne, note)


def test_cpt_03_ce_qui_est_comptabilise_ne_se_rouvre_pas(api, emis):
    assert not refuse(api, f"UPDATE documents SET etat = 'comptabilise' WHERE {EMIS}", emis["facture"])
    assert refuse(api, f"UPDATE documents SET reouvert_le = now() WHERE {EMIS}", emis["facture"])
