"""Jobs say of their items what these say themselves (API-08)."""

from aurore_api.verification.ecarts import requete

progression = requete(
    """
    WITH comptes AS (
        SELECT travail, count(*) AS total, count(*) FILTER (WHERE etat = 'faite') AS faites,
               count(*) FILTER (WHERE etat = 'echouee') AS echecs
        FROM etapes_travaux GROUP BY travail
    )
    SELECT 'travail ' || t.genre || ' ' || t.id, champ, attendu::text, trouve::text
    FROM travaux t LEFT JOIN comptes c ON c.travail = t.id, LATERAL (VALUES
        ('total', coalesce(c.total, 0), coalesce(t.total, 0)),
        ('faites', coalesce(c.faites, 0), t.faites),
        ('echecs', coalesce(c.echecs, 0), t.echecs),
        ('étapes faites d''un travail terminé', t.total, CASE WHEN t.etat = 'termine' THEN t.faites + t.echecs
                                                             ELSE t.total END)
    ) AS champs (champ, attendu, trouve)
    WHERE attendu IS DISTINCT FROM trouve
    ORDER BY 1, 2
    """,
)
