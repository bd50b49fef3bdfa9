"""Lines and what they came from: quantities, steps, clients, charges (TRF-03 to TRF-07, TRF-10)."""

from collections import defaultdict
from collections.abc import Iterable

from aurore_api.verification.ecarts import Ecart, requete
from aurore_api.verification.lecture import Lecture
from aurore_domain.cycle import TABLE

_PRISES = """
    WITH suites AS (
        SELECT id, document, origine, nature, 1 AS signe, false AS refacture FROM lignes WHERE origine IS NOT NULL
        UNION ALL
        SELECT id, document, credite, 'credit', 1, false FROM lignes WHERE credite <> origine
        UNION ALL
        SELECT l.id, l.document, c.origine, 'consomme', -1, true
        FROM lignes l JOIN lignes c ON c.id = l.credite WHERE l.refacture
    ), prises AS (
        SELECT suites.origine AS id, suites.nature, suites.signe * coalesce(f.quantite, 0) AS base, suites.signe *
               CASE WHEN f.unite_commande IS NOT DISTINCT FROM s.unite_commande
                        THEN coalesce(f.quantite_unite_commande, 0)
                    WHEN s.facteurs IS NULL THEN 0
                    WHEN s.facteurs->>'operateur' = 'M'
                        THEN round(coalesce(f.quantite, 0) / (s.facteurs->>'facteur')::numeric,
                                   (s.facteurs->>'decimales')::int)
                    ELSE round(coalesce(f.quantite, 0) * (s.facteurs->>'facteur')::numeric,
                               (s.facteurs->>'decimales')::int)
               END AS commande, d.id AS cible, CASE WHEN suites.refacture THEN 'facture' ELSE d.type END AS vers
        FROM suites JOIN lignes f ON f.id = suites.id JOIN documents d ON d.id = suites.document
        JOIN lignes s ON s.id = suites.origine
        WHERE d.etat <> 'annule'
    )
"""

quantites = requete(
    _PRISES,
    """
    , sommes AS (
        SELECT id, coalesce(sum(base) FILTER (WHERE nature IN ('consomme', 'credit')), 0) AS transferee,
               coalesce(sum(commande) FILTER (WHERE nature IN ('consomme', 'credit')), 0) AS commande_transferee,
               coalesce(sum(base) FILTER (WHERE nature = 'reference'), 0) AS retournee
        FROM prises GROUP BY id
    )
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text) || ', ligne ' || l.ordre, champ, attendu::text,
           trouve::text
    FROM lignes l JOIN documents d ON d.id = l.document LEFT JOIN sommes s ON s.id = l.id, LATERAL (VALUES
        ('quantite_transferee', coalesce(transferee, 0), l.quantite_transferee),
        ('quantite_unite_commande_transferee', coalesce(commande_transferee, 0), l.quantite_unite_commande_transferee),
        ('quantite_retournee', coalesce(retournee, 0), l.quantite_retournee)
    ) AS comptes (champ, attendu, trouve)
    WHERE attendu <> trouve
    ORDER BY 1, 2
    """,
)
"""What a line has given equals what following lines hold of it."""

depassements = requete(
    _PRISES,
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text) || ', ligne ' || l.ordre,
           CASE p.nature WHEN 'credit' THEN 'crédité' ELSE 'retourné' END,
           'au plus ' || coalesce(l.quantite, 0), sum(p.base)::text
    FROM prises p JOIN lignes l ON l.id = p.id JOIN documents d ON d.id = l.document
    WHERE p.nature IN ('credit', 'reference')
    GROUP BY l.id, d.id, p.nature
    HAVING abs(sum(p.base)) > abs(coalesce(l.quantite, 0))
    ORDER BY 1, 2
    """,
)
"""No more is credited than was invoiced, nor comes back than was delivered."""

surfacturations = requete(
    _PRISES,
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text) || ', ligne ' || l.ordre, 'facturé',
           'au plus ' || coalesce(l.quantite, 0), sum(p.base)::text
    FROM prises p JOIN lignes l ON l.id = p.id JOIN documents d ON d.id = l.document
    WHERE p.nature = 'consomme' AND p.vers = 'facture' AND d.type = 'bordereau'
    GROUP BY l.id, d.id
    HAVING abs(sum(p.base)) > abs(coalesce(l.quantite, 0))
    ORDER BY 1
    """,
)
"""More of a delivery is invoiced than was delivered: what only an explicit overrun allows."""

montants_credites = requete(
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text) || ', ligne ' || f.ordre, 'montant crédité',
           'au plus ' || coalesce(f.montant_tvac, f.montant_htva), sum(coalesce(n.montant_tvac, n.montant_htva))::text
    FROM lignes n JOIN lignes f ON f.id = n.credite JOIN documents d ON d.id = f.document
    GROUP BY f.id, d.id
    HAVING abs(sum(coalesce(n.montant_tvac, n.montant_htva))) > abs(coalesce(f.montant_tvac, f.montant_htva))
    UNION ALL
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text), 'crédits de factures',
           g->>'categorie' || ' ' || (g->>'taux') || ' % : ' || (g->>'base') || ' + ' || (g->>'tva'),
           coalesce(sum(c.base) || ' + ' || sum(c.tva), 'rien')
    FROM documents d CROSS JOIN LATERAL jsonb_array_elements(d.totaux->'par_taux') g
    LEFT JOIN credits c ON c.document = d.id AND c.categorie = g->>'categorie' AND c.taux = (g->>'taux')::numeric
    WHERE EXISTS (SELECT FROM lignes l WHERE l.document = d.id AND l.credite IS NOT NULL)
        AND NOT EXISTS (SELECT FROM lignes l WHERE l.document = d.id AND l.credite IS NULL AND l.montant_htva <> 0)
    GROUP BY d.id, g
    HAVING coalesce(sum(c.base), 0) <> (g->>'base')::numeric OR coalesce(sum(c.tva), 0) <> (g->>'tva')::numeric
    ORDER BY 1, 2
    """
)
"""No more money is credited of a line than it was invoiced for; a note takes of its factures what it gives (CAL-15)."""

_ETAPES = [(source, vers, nature) for source, regle in TABLE.items() for vers, nature in regle.vers.items()]

etapes = requete(
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text) || ', ligne ' || f.ordre,
           'origine', coalesce(s.type || ' → ' || d.type || ' : ' || coalesce(e.nature, 'impossible'),
                               'une ligne d''origine'), f.nature
    FROM lignes f JOIN documents d ON d.id = f.document
    LEFT JOIN lignes o ON o.id = f.origine LEFT JOIN documents s ON s.id = o.document
    LEFT JOIN unnest($1::text[], $2::text[], $3::text[]) AS e (source, vers, nature)
        ON e.source = s.type AND e.vers = d.type
    WHERE (f.origine IS NOT NULL OR f.nature <> 'copie' AND d.etat <> 'annule') AND f.nature IS DISTINCT FROM e.nature
    ORDER BY 1
    """,
    valeurs=[list(map(str, colonne)) for colonne in zip(*_ETAPES, strict=True)],
)
"""A line came from its origin by a step of the lifecycle table; only the origin of a copy may be gone,
or of what was annulled (EFF-01)."""

abandons = requete(
    """
    WITH sommes AS (
        SELECT ligne AS id, sum(quantite) AS base, sum(quantite_unite_commande) AS commande
        FROM lignes_abandonnees JOIN abandons ON abandons.id = abandon WHERE repris_le IS NULL GROUP BY ligne
    )
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text) || ', ligne ' || l.ordre, champ, attendu::text,
           trouve::text
    FROM lignes l JOIN documents d ON d.id = l.document LEFT JOIN sommes s ON s.id = l.id, LATERAL (VALUES
        ('quantite_abandonnee', coalesce(s.base, 0), l.quantite_abandonnee),
        ('quantite_unite_commande_abandonnee', coalesce(s.commande, 0), l.quantite_unite_commande_abandonnee)
    ) AS comptes (champ, attendu, trouve)
    WHERE attendu <> trouve
    ORDER BY 1, 2
    """
)
"""What of a line was given up is what the giving-up says (TRF-08)."""

frais = requete(
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text), 'frais_transferes_vers',
           'un document présent, autre que celui-ci', d.frais_transferes_vers || coalesce(' (' || c.etat || ')', '')
    FROM documents d LEFT JOIN documents c ON c.id = d.frais_transferes_vers
    WHERE d.frais_transferes_vers IS NOT NULL AND (c.id IS NULL OR c.id = d.id OR c.etat = 'annule')
    ORDER BY 1
    """
)
"""The charges of a document went to one that is there (TRF-04)."""

frais_sans_suite = requete(
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text), 'frais_transferes_vers',
           'un document qui en reprend des lignes', c.type || ' ' || coalesce(c.numero_affiche, c.id::text)
    FROM documents d JOIN documents c ON c.id = d.frais_transferes_vers
    WHERE NOT EXISTS (
        SELECT FROM lignes f JOIN lignes o ON o.id = f.origine WHERE f.document = c.id AND o.document = d.id
    )
    ORDER BY 1
    """
)
"""The charges stay where they went, even if all lines were taken out of it afterwards."""

acomptes = requete(
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text) || ', acompte de ' || a.montant, 'transfere_vers',
           'un document présent qui en tient la suite', a.transfere_vers::text
    FROM acomptes a JOIN documents d ON d.id = a.document
    WHERE a.transfere_vers IS NOT NULL AND 1 <> (
        SELECT count(*) FROM acomptes suite JOIN documents c ON c.id = suite.document
        WHERE suite.origine = a.id AND c.id = a.transfere_vers AND c.etat <> 'annule'
    )
    UNION ALL
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text) || ', acompte de ' || a.montant, 'origine',
           'un acompte transféré ici', o.transfere_vers::text
    FROM acomptes a JOIN documents d ON d.id = a.document JOIN acomptes o ON o.id = a.origine
    WHERE d.etat <> 'annule' AND o.transfere_vers IS DISTINCT FROM a.document
    ORDER BY 1
    """
)
"""A deposit counts once in its chain: what went along is where it says (DOC-16)."""

_ENTRE_CLIENTS = """
    SELECT coalesce(s.client, s.fournisseur), coalesce(d.client, d.fournisseur), d.type,
           min(d.type || ' ' || coalesce(d.numero_affiche, d.id::text) || ', ligne ' || f.ordre)
    FROM lignes f JOIN documents d ON d.id = f.document JOIN lignes o ON o.id = f.origine
    JOIN documents s ON s.id = o.document
    WHERE (s.client, s.fournisseur) IS DISTINCT FROM (d.client, d.fournisseur) AND f.nature <> 'copie'
    GROUP BY 1, 2, 3 ORDER BY 4
"""
_PAYEURS = """
    SELECT numero, facturer_a FROM clients WHERE facturer_a IS NOT NULL
    UNION SELECT identifiant, un.etat->>'facturer_a' FROM evenements, LATERAL (VALUES (avant), (apres)) AS un (etat)
    WHERE ressource = 'client' AND un.etat->>'facturer_a' IS NOT NULL
"""


async def clients(lecture: Lecture) -> Iterable[Ecart]:
    """What follows is the same client's, or where invoices are concerned that of who pays or paid for it (TRF-04)."""
    couples = await lecture.lire(_ENTRE_CLIENTS)
    payeurs: defaultdict[str, set[str]] = defaultdict(set)
    for client, payeur in await lecture.lire(_PAYEURS) if couples else ():
        payeurs[client].add(payeur)
    return [
        Ecart(ligne, "client", source, cible)
        for source, cible, vers, ligne in couples
        if not TABLE[vers].fiscal or cible not in _payent_pour(payeurs, source)
    ]


def _payent_pour(payeurs: dict[str, set[str]], client: str) -> set[str]:
    atteints: set[str] = set()
    a_voir = [client]
    while a_voir:
        nouveaux = payeurs.get(a_voir.pop(), set()) - atteints
        atteints |= nouveaux
        a_voir += nouveaux
    return atteints


unites = requete(
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text) || ', ligne ' || l.ordre, 'unite_commande',
           CASE WHEN l.unite_commande IS NULL THEN 'aucune conversion' ELSE 'la conversion de ' || l.unite_commande END,
           l.facteurs::text
    FROM lignes l JOIN documents d ON d.id = l.document
    WHERE (l.unite_commande IS NULL) <> (l.facteurs IS NULL)
       OR (l.facteurs IS NULL) <> (l.quantite_unite_commande IS NULL) AND l.genre = 'article'
    ORDER BY 1
    """
)
"""A line keeps the conversion of its order unit: the article's own may be gone."""
