"""The guard against double invoicing holds what is there, and nothing is an order and a sale at once (MAG-19)."""

from aurore_api.verification.ecarts import requete

_VIVANTES = """
    WITH vivantes AS (
        SELECT r.* FROM references_magasin r JOIN documents d ON d.id = r.document
        WHERE NOT r.annulee AND d.etat <> 'annule'
    ), voulues AS (
        SELECT magasin, reference, genre, 'propre' AS role, document FROM vivantes
        UNION ALL
        SELECT magasin, origine, genre, 'origine', document FROM vivantes
        WHERE genre = 'facture' AND origine <> reference
    )
"""

doubles = requete(
    _VIVANTES,
    """
    SELECT 'magasin ' || magasin || ', référence ' || reference, 'facturation', 'une commande ou une vente',
           string_agg(genre || ' ' || document, ', ' ORDER BY genre, document::text)
    FROM voulues GROUP BY magasin, reference HAVING count(*) > 1
    ORDER BY 1
    """,
)
"""No order that is not cancelled is also a sale, nor do two sales come from one order."""

prises = requete(
    _VIVANTES,
    """
    SELECT 'magasin ' || magasin || ', référence ' || reference, 'prise',
           voulues.genre || ' ' || voulues.role || ' ' || voulues.document,
           p.genre || ' ' || p.role || ' ' || p.document
    FROM voulues FULL JOIN references_prises p USING (magasin, reference)
    WHERE (voulues.genre, voulues.role, voulues.document) IS DISTINCT FROM (p.genre, p.role, p.document)
    ORDER BY 1, 3
    """,
)
"""What lives holds its references, and nothing else does."""

ventes = requete(
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text), champ, attendu, trouve
    FROM documents d LEFT JOIN references_magasin r ON r.document = d.id AND r.genre = 'facture',
    LATERAL (VALUES
        ('reference_magasin', d.magasin || ' ' || d.reference_magasin, r.magasin || ' ' || r.reference),
        ('numero', 'un numéro', CASE WHEN d.numero IS NULL THEN 'aucun' ELSE 'un numéro' END),
        ('prix_tvac', 'true', d.prix_tvac::text)
    ) AS comptes (champ, attendu, trouve)
    WHERE d.facturation_immediate AND d.type = 'bordereau' AND attendu IS DISTINCT FROM trouve
    UNION ALL
    SELECT r.genre || ' ' || r.magasin || ' ' || r.reference, 'document', r.magasin || ' ' || r.reference,
           concat_ws(' ', d.type, d.magasin, d.reference_magasin)
    FROM references_magasin r JOIN documents d ON d.id = r.document
    WHERE (d.magasin, d.reference_magasin) IS DISTINCT FROM (r.magasin, r.reference)
       OR d.type <> CASE r.genre WHEN 'commande' THEN 'commande' ELSE 'bordereau' END
    ORDER BY 1, 2
    """
)
"""What a till sold is a numbered bordereau that it knows, and what it knows bears its name."""

clotures = requete(
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text), 'cloture_le', 'rien de transféré', l.ordre::text
    FROM documents d JOIN lignes l ON l.document = d.id
    WHERE d.cloture_le IS NOT NULL AND (l.quantite_transferee <> 0 OR l.quantite_abandonnee <> 0)
    ORDER BY 1, 4
    """
)
"""Nothing of a closed order moved on (MAG-26)."""
