"""Faults to plant past every trigger and key, and what must be told of each: check by check, the fields (OPS-06)."""

from dataclasses import dataclass

MONTANTS = "total_htva total_tvac htva tva tvac montant_du solde par_taux"
PRISES = "quantite_transferee quantite_unite_commande_transferee"
COMPTES = "uq_comptes_imputations_categorie_tva_compte"
NUMEROS = "'uq_documents_exercice_type_numero'::regclass"


@dataclass(frozen=True)
class Faute:
    """`victime` is a document of the bakery, `:d` in `ordres`; the others are there by their names."""

    victime: str
    ordres: tuple[str, ...]
    trouvee: dict[str, set[str]]


def _lus(trouvee: dict[str, str | set[str]]) -> dict[str, set[str]]:
    return {nom: set(champs.split()) if isinstance(champs, str) else champs for nom, champs in trouvee.items()}


def entete(victime: str, modification: str, **trouvee: str | set[str]) -> Faute:
    """A changed header."""
    return Faute(victime, (f"UPDATE documents SET {modification} WHERE id = :d",), _lus(trouvee))


def ligne(victime: str, modification: str, *suite: str, **trouvee: str | set[str]) -> Faute:
    """A changed first line."""
    ordre = f"UPDATE lignes SET {modification} WHERE document = :d AND ordre = 100"
    return Faute(victime, (ordre, *suite), _lus(trouvee))


def ordres(*sql: str, victime: str = "seule", **trouvee: str | set[str]) -> Faute:
    """Anything else."""
    return Faute(victime, sql, _lus(trouvee))


def en_double(nouveau: str, document: str, filtre: str) -> str:
    """A line once more, in a document; `nouveau` are other values of its own."""
    valeurs = f"'id', gen_random_uuid(), 'ordre', 9000, 'document', CAST({document} AS uuid) {nouveau}"
    return (
        f"INSERT INTO lignes SELECT (jsonb_populate_record(l, jsonb_build_object({valeurs}))).* FROM lignes l {filtre}"
    )


FAUTES = {
    "total": entete("facture", "total_htva = total_htva + 0.01", totaux="total_htva", journal_entetes="htva"),
    "solde": entete("facture", "totaux = jsonb_set(totaux, '{solde}', '\"1.00\"')", totaux="solde"),
    "groupe": entete("ticket", "totaux = jsonb_set(totaux, '{par_taux,0,tva}', '\"9.99\"')", totaux="par_taux"),
    "montant": ligne(
        "bordereau", "montant_htva = montant_htva + 0.01", totaux="montant_htva", journal_lignes="montant_htva"
    ),
    "montant_tvac": ligne("ticket", "montant_tvac = 1", totaux="montant_tvac"),
    "sous_total": ligne("ticket", "montant_sous_total = 1", totaux="montant_sous_total"),
    "taxe": ordres(
        "UPDATE lignes SET taxes_copiees = jsonb_set(taxes_copiees, '{0,charge,montant_htva}', '\"9.99\"') "
        "WHERE document = :d AND article = 'VIN'",
        victime="facture_ouverte",
        totaux="montant_htva",
    ),
    "prix": ligne("commande", "prix = prix * 2", totaux=f"{MONTANTS} montant_htva", journal_lignes="prix"),
    "taux": ligne(
        "facture", "taux_tva = 21", totaux="total_tvac tva tvac montant_du solde par_taux", journal_lignes="taux_tva"
    ),
    "poids": entete("bordereau", "poids_calcule = 1", poids="poids_calcule"),
    "echeance": entete("offre", "date_echeance = '2025-01-01'", echeances="date_echeance"),
    "etat": entete("partielle", "etat = 'transfere'", etats="etat", journal_entetes="etat"),
    "etat_rendu": entete("livraison", "etat = 'en_attente'", etats="etat", journal_entetes="etat"),
    "communication": entete("facture", "communication = '+++251/2000/00299+++'", communications="communication"),
    "sans_communication": entete("facture", "communication = NULL", communications="communication"),
    "communication_double": entete(
        "facture",
        "communication = (SELECT communication FROM documents WHERE numero_affiche = 'FA2025/00002')",
        communications="communication",
        doublons="communication",
    ),
    "recherche": entete("offre", "recherche = 'national'", recherche_documents="recherche"),
    "transferee": ligne(
        "partielle",
        "quantite_transferee = quantite_transferee - 1",
        quantites="quantite_transferee",
        journal_lignes="quantite_transferee",
        stock_documents="commande_client",
    ),
    "commande_transferee": ligne(
        "partielle", "quantite_unite_commande_transferee = 1", quantites="quantite_unite_commande_transferee"
    ),
    "retournee": ligne(
        "bordereau", "quantite_retournee = 4", quantites="quantite_retournee", journal_lignes="quantite_retournee"
    ),
    "abandonnee": ligne(
        "delaissee",
        "quantite_abandonnee = 1",
        etats="etat",
        abandons="quantite_abandonnee",
        stock_documents="commande_client",
    ),
    "abandon_repris": ordres("UPDATE abandons SET repris_le = now()", abandons="quantite_abandonnee"),
    "facture_deux_fois": ordres(
        en_double(
            "",
            ":facture_ouverte",
            "JOIN lignes o ON o.id = l.origine WHERE l.document = :facture AND o.document = :d AND o.ordre = 100",
        ),
        victime="bordereau",
        totaux=MONTANTS,
        quantites=PRISES,
        surfacturations="facturé",
        stock_documents="physique",
        journal_lignes="ligne",
    ),
    "trop_credite": ligne(
        "facture",
        "quantite_transferee = 105",
        "UPDATE lignes SET quantite = 100 WHERE document = :credit",
        depassements="crédité",
        journal_lignes="quantite quantite_transferee",
    ),
    "trop_rembourse": ordres(
        "UPDATE lignes SET montant_htva = 1000 WHERE document = :d",
        victime="credit",
        credits={"montant crédité"},
        journal_lignes="montant_htva",
    ),
    "rien_de_pris": ordres(
        "DELETE FROM credits WHERE document = :d", victime="credit", credits={"crédits de factures"}
    ),
    "trop_retourne": ligne(
        "bordereau",
        "quantite_retournee = 100",
        "UPDATE lignes SET quantite = 100 WHERE document = :retour",
        totaux=f"{MONTANTS} montant_htva escompte",
        etats="etat",
        depassements="retourné",
        stock_documents="physique",
        journal_lignes="quantite quantite_retournee",
    ),
    "etape": ligne("bordereau", "nature = 'copie'", quantites=PRISES, etapes="origine"),
    "sans_origine": ligne("bordereau", "origine = NULL", quantites=PRISES, etapes="origine"),
    "sans_nature": ligne("bordereau", "nature = NULL", quantites=PRISES, etapes="origine"),
    "client": entete(
        "partielle",
        "client = 'HOTEL'",
        recherche_documents="recherche",
        clients="client",
        stock_documents="commande_client",
        journal_entetes="client",
    ),
    "frais": entete("partielle", "frais_transferes_vers = gen_random_uuid()", frais="frais_transferes_vers"),
    "frais_vers_annule": entete(
        "partielle",
        "frais_transferes_vers = CAST(:annulee AS uuid)",
        frais="frais_transferes_vers",
        frais_sans_suite="frais_transferes_vers",
    ),
    "frais_sans_suite": entete(
        "partielle", "frais_transferes_vers = CAST(:ticket AS uuid)", frais_sans_suite="frais_transferes_vers"
    ),
    "acompte": ordres("UPDATE acomptes SET montant = 1 WHERE document = :d", victime="versee", totaux="acomptes solde"),
    "acompte_perdu": ordres(
        "DELETE FROM acomptes WHERE document = :suite_versee",
        acomptes="transfere_vers",
        totaux="acomptes solde",
    ),
    "acompte_deux_fois": ordres(
        "UPDATE acomptes SET transfere_vers = NULL WHERE document = :d", victime="versee", acomptes="origine"
    ),
    "mouvement_double": ordres(
        "INSERT INTO mouvements OVERRIDING SYSTEM VALUE SELECT (jsonb_populate_record(m, '{\"id\": 1000000}')).* "
        "FROM mouvements m WHERE document = :d AND compte = 'physique' AND article = 'BAG' LIMIT 1",
        victime="facture",
        stock_documents="physique",
        stock_soldes="physique",
    ),
    "mouvement_d_un_disparu": ordres(
        "UPDATE mouvements SET document = gen_random_uuid() WHERE document = :d",
        victime="modele_livre",
        stock_documents="physique",
        stock_orphelin="physique",
    ),
    "biens_chez_un_autre": ordres(
        "UPDATE lignes SET livre_a = (SELECT min(c.numero) FROM clients c JOIN documents d ON d.id = :d "
        "WHERE c.numero <> d.client) WHERE document = :d AND article IS NOT NULL",
        victime="modele_livre",
        stock_documents="physique",
    ),
    "solde_du_stock": ordres("UPDATE stocks SET physique = 7 WHERE article = 'BAG'", stock_soldes="physique"),
    "stock_total": ordres("UPDATE valorisations SET physique = 7 WHERE article = 'BAG'", stock_soldes="physique"),
    "pamp": ordres("UPDATE valorisations SET pamp = 7 WHERE article = 'BAG'", stock_valeurs="pamp"),
    "unite": ligne("partielle", "facteurs = NULL", unites="unite_commande"),
    "numero_manquant": entete("bordereau", "numero = 77", numeros="numero", compteurs="compteur"),
    "numero_efface_oublie": ordres("DELETE FROM numeros_effaces", numeros="numero"),
    "trou_efface": ordres("DELETE FROM trous_declares", numeros="numero"),
    "trou_en_usage": ordres("UPDATE trous_declares SET du = 4", numeros="numero"),
    "compteur": ordres("UPDATE compteurs SET dernier = 45 WHERE type = 'facture'", compteurs="compteur"),
    "sans_compteur": ordres("DELETE FROM compteurs WHERE type = 'facture'", compteurs="compteur"),
    "hors_exercice": entete("bordereau", "date = '2024-12-31'", exercices="date", journal_entetes="date"),
    "sans_impression": entete("bordereau", "impression = NULL", numerotation="numero"),
    "numerote_sans_numero": entete("seule", "numerote_le = now()", numerotation="numero"),
    "numero_affiche": entete(
        "commande",
        "numero_affiche = 'CO2025/00002'",
        recherche_documents="recherche",
        doublons="numero_affiche",
        journal_entetes="numero_affiche",
    ),
    "chronologie": entete("facture", "date = '2025-06-30'", chronologie="date", journal_entetes="date"),
    "version": entete("commande", "version = version + 1", journal_entetes="version"),
    "nom": entete("commande", "client_copie = jsonb_set(client_copie, '{nom}', '\"X\"')", journal_entetes="nom"),
    "sans_creation": ordres(
        "DELETE FROM evenements WHERE identifiant = CAST(:d AS text) AND action = 'creation'",
        victime="commande",
        journal="evenements",
    ),
    "disparu": ordres(
        "DELETE FROM lignes WHERE document = :d", "DELETE FROM documents WHERE id = :d", journal="evenements"
    ),
    "ligne_ajoutee": ordres(
        en_double(", 'quantite', 0, 'montant_htva', 0", ":d", "WHERE document = :d AND ordre = 100"),
        victime="modele",
        journal_lignes="ligne",
    ),
    "quantite": ligne("modele", "quantite = quantite + 0.000001", journal_lignes="quantite"),
    "article_perdu": ordres("DELETE FROM articles WHERE numero = 'COFFRET'", cles_etrangeres="article"),
    "ligne_orpheline": ordres("DELETE FROM documents WHERE id = :d", journal="evenements", cles_etrangeres="document"),
    "unite_par_defaut": ordres(
        "UPDATE articles SET unite_par_defaut = 'X' WHERE numero = 'BAG'", articles="unite_par_defaut"
    ),
    "unite_production": ordres(
        "UPDATE articles SET unite_production = 'X' WHERE numero = 'BAG'", articles="unite_production"
    ),
    "article_statistique": ordres(
        "UPDATE articles SET article_statistique = 'VIN' WHERE numero = 'BAG'", articles="article_statistique"
    ),
    "assemble": ordres("UPDATE articles SET assemble = false WHERE numero = 'COFFRET'", articles="assemble"),
    "code_barres": ordres("DELETE FROM codes_barres WHERE abreviation IS NULL", codes_barres="codes_barres"),
    "code_barres_d_un_autre": ordres(
        "UPDATE codes_barres SET article = 'VIN' WHERE abreviation IS NULL", codes_barres="codes_barres"
    ),
    "prix_qui_se_chevauchent": ordres(
        "ALTER TABLE prix_clients DROP CONSTRAINT ex_prix_clients_article",
        "UPDATE prix_clients SET du = '2025-06-30' WHERE du = '2025-07-01'",
        periodes={"du, au"},
        gardes={"contrainte ex_prix_clients_article"},
    ),
    "calendrier": ordres(
        "ALTER TABLE exceptions_calendriers DROP CONSTRAINT ex_exceptions_calendriers_client",
        "UPDATE exceptions_calendriers SET du = '2025-12-26' WHERE du = '2026-01-01'",
        periodes={"du, au"},
        gardes={"contrainte ex_exceptions_calendriers_client"},
    ),
    "imputation": ordres(
        f"ALTER TABLE comptes_imputations DROP CONSTRAINT {COMPTES}",
        "UPDATE comptes_imputations SET compte = (SELECT min(compte) FROM comptes_imputations WHERE genre = 'vente') "
        "WHERE genre = 'vente'",
        imputations="compte",
        gardes={f"contrainte {COMPTES}"},
    ),
    "cle_double": ordres(
        f"UPDATE pg_index SET indisready = false WHERE indexrelid = {NUMEROS}",
        "UPDATE documents SET numero = 1 WHERE numero_affiche = 'CO2025/00002'",
        f"UPDATE pg_index SET indisready = true WHERE indexrelid = {NUMEROS}",
        cles_uniques={"exercice, type, numero"},
        numeros="numero",
    ),
    "vente_d_une_commande": ordres(
        "UPDATE references_magasin SET origine = 'T1-1' WHERE reference = 'T1-3'",
        magasin_doubles="facturation",
        magasin_prises="prise",
    ),
    "garde_levee": ordres("DELETE FROM references_prises WHERE role = 'origine'", magasin_prises="prise"),
    "garde_de_trop": ordres(
        "INSERT INTO references_prises SELECT magasin, 'T1-9', 'facture', 'origine', :d FROM references_prises "
        "WHERE reference = 'T1-1'",
        victime="bordereau",
        magasin_prises="prise",
    ),
    "vente_inconnue": ordres(
        "UPDATE references_magasin SET document = NULL WHERE reference = 'T1-3'",
        magasin_ventes="reference_magasin",
        magasin_prises="prise",
    ),
    "vente_d_un_autre_nom": entete("vente", "reference_magasin = 'T1-8'", magasin_ventes="reference_magasin document"),
    "ordre_d_un_autre_nom": entete("ordre", "reference_magasin = 'T1-8'", magasin_ventes="document"),
    "image": entete(
        "offre", "impression = jsonb_set(impression, '{images}', '{\"BAG\": \"abc\"}')", images="impression"
    ),
    "logo": entete("offre", "impression = jsonb_set(impression, '{emetteur,logo}', '\"abc\"')", images="impression"),
    "recherche_perimee": ordres(
        "UPDATE articles SET recherche = 'x' WHERE numero = 'BAG'", recherche_articles="recherche"
    ),
    "nom_plie": ordres("UPDATE clients SET nom_plie = 'x' WHERE numero = 'HOTEL'", noms_plies="nom_plie"),
    "remplacements": ordres(
        "UPDATE articles SET remplace_par = 'DON' WHERE numero = 'BAG2'", remplacements="remplace_par"
    ),
    "composants": ordres(
        "INSERT INTO composants (article, composant, quantite, version) VALUES ('BAG', 'COFFRET', 1, 1)",
        "UPDATE articles SET assemble = true WHERE numero = 'BAG'",
        composants="composants",
    ),
    "payeurs": ordres(
        "UPDATE clients SET facturer_a = 'HOTEL' WHERE numero = 'NATIONAL'",
        "UPDATE clients SET facturer_a = 'NATIONAL' WHERE numero = 'HOTEL'",
        payeurs="facturer_a",
    ),
    "travail": ordres(
        "INSERT INTO travaux (id, genre, portee, etat, parametres, langue, cle, requete, cree_le, fini_le, total, "
        "faites, echecs, essais, annulation_demandee, version) VALUES (gen_random_uuid(), 'essai', 'admin', 'termine', "
        "'{}', 'fr', 1, 'x', now(), now(), 3, 1, 0, 0, false, 1)",
        "INSERT INTO etapes_travaux (travail, rang, nom, contenu, etat) SELECT id, 1, 'a', '{}', 'en_attente' "
        "FROM travaux WHERE genre = 'essai'",
        travaux={"total", "faites", "étapes faites d'un travail terminé"},
    ),
    "production": ordres(
        "UPDATE impressions_production SET lignes = jsonb_set(lignes, '{0,a_produire}', '\"1\"') WHERE version = 1",
        production="a_produire",
    ),
    "version_de_production": ordres(
        "UPDATE impressions_production SET version = 7 WHERE version = 2", production="version"
    ),
    "note_envoi": ordres(
        "UPDATE notes_envoi SET document = (SELECT id FROM documents WHERE numero_affiche = 'CO2025/00002')",
        notes_envoi="document",
    ),
    "cloture": ligne("ordre", "quantite_abandonnee = 1", abandons="quantite_abandonnee", clotures="cloture_le"),
    "declencheur": ordres(
        "ALTER TABLE articles DISABLE TRIGGER articles_recherche", gardes={"déclencheur articles_recherche"}
    ),
    "journal_ouvert": ordres("DROP TRIGGER evenements_ajout_seul ON evenements", gardes="déclencheur"),
    "contrainte": ordres(
        "ALTER TABLE documents ADD CONSTRAINT plus_tard CHECK (numero < 5) NOT VALID",
        gardes={"contrainte plus_tard"},
    ),
    "index": ordres("DROP INDEX ix_lignes_origine", gardes={"index ix_lignes_origine"}),
}
