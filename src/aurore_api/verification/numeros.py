"""Numbers: no gaps but declared ones, no doubles, within their exercice, as the counters say (DOC-03 to DOC-06)."""

from aurore_api.verification.ecarts import requete

_PRIS = """
    WITH pris AS (
        SELECT exercice, type, numero AS du, numero AS au FROM documents WHERE numero IS NOT NULL
        UNION ALL SELECT exercice, type, du, au FROM trous_declares
        UNION ALL SELECT exercice, type, numero, numero FROM numeros_effaces
    ), suite AS (
        SELECT *, coalesce(max(au) OVER (PARTITION BY exercice, type ORDER BY du, au
                                         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS avant
        FROM pris
    )
"""

continuite = requete(
    _PRIS,
    """
    SELECT type || ' de l''exercice ' || exercice, 'numero',
           'numéros ' || avant + 1 || ' à ' || du - 1 || ' utilisés ou déclarés', NULL
    FROM suite WHERE du > avant + 1
    UNION ALL
    SELECT type || ' de l''exercice ' || exercice, 'numero', 'numéros ' || du || ' à ' || least(au, avant)
           || ' une seule fois', 'utilisés ou déclarés deux fois'
    FROM suite WHERE du <= avant
    ORDER BY 1, 3
    """,
)
"""From 1 on every number is a document's, be it erased, or declared as left out, once (DOC-03, DOC-05, EFF-02)."""

compteurs = requete(
    _PRIS,
    """
    , derniers AS (SELECT exercice, type, max(au) AS dernier FROM pris GROUP BY 1, 2)
    SELECT type || ' de l''exercice ' || exercice, 'compteur', coalesce(d.dernier, 0)::text, c.dernier::text
    FROM derniers d FULL JOIN compteurs c USING (exercice, type)
    WHERE coalesce(d.dernier, 0) IS DISTINCT FROM c.dernier
    ORDER BY 1
    """,
)
"""The counter is the last number given or declared."""

exercices = requete(
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text), 'date',
           'du ' || e.debut || ' au ' || e.fin, d.date::text
    FROM documents d JOIN exercices e ON e.code = d.exercice
    WHERE d.date NOT BETWEEN e.debut AND e.fin
    ORDER BY 1
    """
)
"""A numbered document is dated within its exercice (DOC-04)."""

sans_exercice = requete(
    """
    SELECT type || ' ' || id, 'numero',
           CASE WHEN numero IS NULL THEN 'ni exercice, ni numéro affiché, ni date de numérotation'
                ELSE 'un exercice, un numéro affiché, une date de numérotation et une copie de ce qui est imprimé' END,
           concat_ws(', ', exercice, numero, numero_affiche, numerote_le)
    FROM documents
    WHERE num_nonnulls(exercice, numero_affiche, numerote_le) <> CASE WHEN numero IS NULL THEN 0 ELSE 3 END
       OR numero IS NOT NULL AND impression IS NULL
    ORDER BY 1
    """
)
"""A number comes with all that goes with it, and nothing of that without one (DOC-02)."""

doublons = requete(
    """
    SELECT type || ' ' || numero_affiche, 'numero_affiche', 'un seul document', count(*) || ' documents'
    FROM documents WHERE numero_affiche IS NOT NULL GROUP BY type, numero_affiche HAVING count(*) > 1
    UNION ALL
    SELECT 'communication ' || communication, 'communication', 'un seul document', count(*) || ' documents'
    FROM documents WHERE communication IS NOT NULL GROUP BY communication HAVING count(*) > 1
    ORDER BY 1
    """
)
"""What people read, or pay by, names one document."""

chronologie = requete(
    """
    SELECT type || ' ' || numero_affiche, 'date', 'le ' || avant || ' ou plus tard', date::text
    FROM (
        SELECT type, numero_affiche, date,
               max(date) OVER (PARTITION BY exercice, type ORDER BY numero
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS avant
        FROM documents WHERE numero IS NOT NULL AND type IN ('facture', 'note_credit')
    ) AS fiscaux
    WHERE date < avant
    ORDER BY 1
    """
)
"""Factures and notes de crédit are numbered in the order of their dates unless somebody asked otherwise (DOC-06)."""
