"""The journal tells of each document how it began and how it is now (SEC-04)."""

from aurore_api.verification.ecarts import requete

_DERNIERS = """
    WITH resumes AS (
        SELECT identifiant, max(id) AS id, count(*) FILTER (WHERE action = 'creation') AS creations
        FROM evenements WHERE ressource = 'document' GROUP BY identifiant
    )
"""

presence = requete(
    _DERNIERS,
    """
    SELECT coalesce(d.type || ' ' || coalesce(d.numero_affiche, d.id::text), 'document ' || r.identifiant),
           'evenements',
           CASE WHEN d.id IS NULL THEN 'une suppression, ou le document' ELSE 'une création' END,
           CASE WHEN d.id IS NULL THEN 'ni l''une ni l''autre' ELSE coalesce(r.creations, 0) || ' créations' END
    FROM resumes r FULL JOIN documents d ON d.id::text = r.identifiant LEFT JOIN evenements e ON e.id = r.id
    WHERE CASE WHEN d.id IS NULL THEN e.action NOT IN ('suppression', 'effacement')
               ELSE r.creations IS DISTINCT FROM 1 END
    ORDER BY 1
    """,
)
"""Every document was created once; what is gone was deleted or erased (EFF-02)."""

entetes = requete(
    _DERNIERS,
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text), champ, attendu, trouve
    FROM resumes r JOIN evenements e ON e.id = r.id JOIN documents d ON d.id::text = r.identifiant, LATERAL (VALUES
        ('version', e.apres->>'version', d.version::text),
        ('etat', e.apres->>'etat', d.etat),
        ('numero_affiche', e.apres->>'numero_affiche', d.numero_affiche),
        ('date', e.apres->>'date', d.date::text),
        ('client', e.apres->>'client', d.client),
        ('fournisseur', e.apres->>'fournisseur', d.fournisseur),
        ('nom', coalesce(e.apres->>'client_nom', e.apres->>'fournisseur_nom'), d.client_copie->>'nom'),
        ('htva', e.apres->'totaux'->>'htva', d.total_htva::text),
        ('tvac', e.apres->'totaux'->>'tvac', d.total_tvac::text)
    ) AS champs (champ, attendu, trouve)
    WHERE attendu IS DISTINCT FROM trouve
    ORDER BY 1, 2
    """,
)
"""A header is as its last event left it."""

lignes = requete(
    _DERNIERS,
    """
    , dites AS (
        SELECT d.id AS document, une.*
        FROM resumes r JOIN evenements e ON e.id = r.id JOIN documents d ON d.id::text = r.identifiant,
        LATERAL jsonb_to_recordset(e.apres->'lignes') AS une (
            id uuid, ordre int, article text, quantite numeric, prix numeric, remise numeric, montant_htva numeric,
            taux_tva numeric, quantite_transferee numeric, quantite_retournee numeric
        )
    )
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text) || ', ligne ' || coalesce(l.ordre, e.ordre),
           champ, attendu, trouve
    FROM dites e FULL JOIN lignes l ON l.id = e.id AND l.document = e.document
    JOIN documents d ON d.id = coalesce(l.document, e.document), LATERAL (VALUES
        ('ligne', e.id::text, l.id::text),
        ('article', e.article, l.article),
        ('quantite', trim_scale(e.quantite)::text, trim_scale(l.quantite)::text),
        ('prix', e.prix::text, l.prix::text),
        ('remise', e.remise::text, l.remise::text),
        ('taux_tva', e.taux_tva::text, l.taux_tva::text),
        ('montant_htva', e.montant_htva::text, l.montant_htva::text),
        ('quantite_transferee', trim_scale(e.quantite_transferee)::text, trim_scale(l.quantite_transferee)::text),
        ('quantite_retournee', trim_scale(e.quantite_retournee)::text, trim_scale(l.quantite_retournee)::text)
    ) AS champs (champ, attendu, trouve)
    WHERE (e.id IS NULL OR l.id IS NULL OR (e.ordre, e.article, e.quantite, e.prix, e.remise, e.taux_tva,
           e.montant_htva, e.quantite_transferee, e.quantite_retournee)
        IS DISTINCT FROM (l.ordre, l.article, l.quantite, l.prix, l.remise, l.taux_tva,
           l.montant_htva, l.quantite_transferee, l.quantite_retournee))
      AND attendu IS DISTINCT FROM trouve AND ((e.id IS NULL OR l.id IS NULL) = (champ = 'ligne'))
    ORDER BY 1, 2
    """,
)
"""Lines are as the last event of their document left them."""
