"""Printed production lists add up and leave no version out; delivery notes are numbered bordereaux (MAG-22, MAG-24)."""

from aurore_api.verification.ecarts import requete

listes = requete(
    """
    WITH listes AS (
        SELECT *, 'production du ' || date || ' version ' || version AS objet,
               row_number() OVER (PARTITION BY date, familles ORDER BY version) AS rang
        FROM impressions_production
    ), dites AS (
        SELECT objet || ', ' || une.article AS objet, une.*,
               une.magasins + une.clients + une.commandes_types - une.restes AS juste
        FROM listes, LATERAL jsonb_to_recordset(lignes) AS une (
            article text, magasins numeric, clients numeric, commandes_types numeric, restes numeric,
            a_produire numeric, surplus numeric
        )
    )
    SELECT objet, 'version', rang::text, version::text FROM listes WHERE rang <> version
    UNION ALL
    SELECT objet, champ, attendu::text, trouve::text
    FROM dites, LATERAL (VALUES
        ('a_produire', greatest(juste, 0), a_produire), ('surplus', greatest(-juste, 0), surplus)
    ) AS champs (champ, attendu, trouve)
    WHERE attendu IS DISTINCT FROM trouve
    ORDER BY 1, 2
    """,
)

notes_envoi = requete(
    """
    SELECT 'note d''envoi ' || n.document, 'document', 'un bordereau numéroté',
           d.type || ' ' || coalesce(d.numero_affiche, 'sans numéro')
    FROM notes_envoi n JOIN documents d ON d.id = n.document
    WHERE d.type <> 'bordereau' OR d.numero IS NULL
    ORDER BY 1
    """
)
