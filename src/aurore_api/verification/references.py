"""What refers to what: foreign keys and unique keys looked at row by row, and what no key holds.

A key guards what is written through it. A superuser can write past it, and an index may be damaged; both show here.
"""

from collections.abc import Iterable
from typing import Any

from aurore_api.verification.ecarts import Ecart, requete
from aurore_api.verification.lecture import Lecture

_CLES_ETRANGERES = """
    WITH noms AS (
        SELECT k.oid, cotes.genre, array_agg(quote_ident(a.attname::text) ORDER BY rang) AS colonnes
        FROM pg_constraint k,
        LATERAL (VALUES ('siennes', k.conrelid, k.conkey), ('visees', k.confrelid, k.confkey))
            AS cotes (genre, relation, numeros),
        LATERAL unnest(numeros) WITH ORDINALITY AS n (numero, rang)
        JOIN pg_attribute a ON a.attnum = n.numero
        WHERE a.attrelid = relation AND k.connamespace = $1::regnamespace
        GROUP BY 1, 2
    )
    SELECT c.conrelid::regclass::text AS table, c.confrelid::regclass::text AS visee, siennes.colonnes AS colonnes,
           visees.colonnes AS visees, cle.colonnes AS cle
    FROM pg_constraint c
    JOIN noms siennes ON siennes.oid = c.oid AND siennes.genre = 'siennes'
    JOIN noms visees ON visees.oid = c.oid AND visees.genre = 'visees'
    LEFT JOIN pg_constraint p ON p.conrelid = c.conrelid AND p.contype = 'p'
    LEFT JOIN noms cle ON cle.oid = p.oid AND cle.genre = 'siennes'
    WHERE c.contype = 'f' AND c.connamespace = $1::regnamespace
    ORDER BY c.conname
"""
_CLES_UNIQUES = """
    SELECT i.indrelid::regclass::text AS table, i.indnullsnotdistinct AS nuls_egaux,
           pg_get_expr(i.indpred, i.indrelid) AS condition,
           (SELECT array_agg(pg_get_indexdef(i.indexrelid, n, true) ORDER BY n)
            FROM generate_series(1, i.indnkeyatts) AS n) AS colonnes
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indisunique AND c.relnamespace = $1::regnamespace
    ORDER BY c.relname
"""


async def cles_etrangeres(lecture: Lecture) -> Iterable[Ecart]:
    """Rows that name what is not there, whichever foreign key should have held them."""
    morceaux = [_perdues(cle) for cle in await lecture.lire(_CLES_ETRANGERES, f'"{lecture.schema}"')]
    return [Ecart(*rang) for rang in await lecture.lire(" UNION ALL ".join(morceaux))]


def _perdues(cle: Any) -> str:
    """The rows that one foreign key should not let be."""
    couples = list(zip(cle["colonnes"], cle["visees"], strict=True))
    nommes = " AND ".join(f"f.{une} IS NOT NULL" for une, _ in couples)
    memes = " AND ".join(f"v.{visee} = f.{une}" for une, visee in couples)
    return (
        f"SELECT '{cle['table']} ' || {_en_texte('f', cle['cle'] or cle['colonnes'])}, "  # noqa: S608 (names that the catalogue gives)
        f"'{', '.join(cle['colonnes'])}', 'une ligne de {cle['visee']}', {_en_texte('f', cle['colonnes'])} "
        f"FROM {cle['table']} f WHERE {nommes} AND NOT EXISTS (SELECT FROM {cle['visee']} v WHERE {memes})"
    )


async def cles_uniques(lecture: Lecture) -> Iterable[Ecart]:
    """Rows that share what only one may have."""
    morceaux = [_doubles(cle) for cle in await lecture.lire(_CLES_UNIQUES, f'"{lecture.schema}"')]
    return [Ecart(*rang) for rang in await lecture.lire(" UNION ALL ".join(morceaux))]


def _doubles(cle: Any) -> str:
    """The values that one unique key should not let be shared."""
    conditions = [cle["condition"]] if cle["condition"] else []
    if not cle["nuls_egaux"]:
        conditions += [f"{une} IS NOT NULL" for une in cle["colonnes"]]
    filtre = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    colonnes = ", ".join(cle["colonnes"])
    return (
        f"SELECT '{cle['table']} ' || concat_ws(', ', {colonnes}), '{colonnes}', 'une seule ligne', "  # noqa: S608 (as above)
        f"count(*) || ' lignes' FROM {cle['table']} {filtre} GROUP BY {colonnes} HAVING count(*) > 1"
    )


def _en_texte(alias: str, colonnes: Iterable[Any]) -> str:
    return f"concat_ws(', ', {', '.join(f'{alias}.{une}' for une in colonnes)})"


articles = requete(
    """
    SELECT 'article ' || a.numero, 'unite_par_defaut', 'une de ses unités', a.unite_par_defaut
    FROM articles a
    WHERE a.unite_par_defaut IS NOT NULL AND NOT EXISTS (
        SELECT FROM unites_supplementaires u WHERE u.article = a.numero AND u.abreviation = a.unite_par_defaut
    )
    UNION ALL
    SELECT 'article ' || a.numero, 'unite_production', 'une de ses unités', a.unite_production
    FROM articles a
    WHERE a.unite_production IS NOT NULL AND NOT EXISTS (
        SELECT FROM unites_supplementaires u WHERE u.article = a.numero AND u.abreviation = a.unite_production
    )
    UNION ALL
    SELECT 'article ' || a.numero, 'article_statistique', 'un article statistique', a.article_statistique
    FROM articles a JOIN articles s ON s.numero = a.article_statistique WHERE s.type_article <> 'statistique'
    UNION ALL
    SELECT 'article ' || a.numero, 'assemble', 'true', 'des composants sans être assemblé'
    FROM articles a WHERE NOT a.assemble AND EXISTS (SELECT FROM composants c WHERE c.article = a.numero)
    ORDER BY 1, 2
    """
)
"""What an article says of its units, of its statistics and of its components (ART-08, ART-11, ART-13)."""

codes_barres = requete(
    """
    WITH portes AS (
        SELECT unnest(codes_barres) AS code, numero AS article, CAST(NULL AS text) AS abreviation FROM articles
        UNION ALL
        SELECT code_barres, article, abreviation FROM unites_supplementaires WHERE code_barres IS NOT NULL
    )
    SELECT 'code-barres ' || code, 'codes_barres', concat_ws(' ', p.article, p.abreviation),
           concat_ws(' ', c.article, c.abreviation)
    FROM portes p FULL JOIN codes_barres c USING (code)
    WHERE (p.article, p.abreviation) IS DISTINCT FROM (c.article, c.abreviation)
    ORDER BY 1
    """
)
"""Every bar code of articles and units is in the one table, once, and no other (ART-13, ART-15)."""

periodes = requete(
    """
    SELECT 'client ' || a.client || ', prix de ' || coalesce(a.article, 'la famille ' || a.famille), 'du, au',
           'un prix par jour', daterange(a.du, a.au, '[]') || ' et ' || daterange(b.du, b.au, '[]')
    FROM prix_clients a JOIN prix_clients b ON a.id < b.id AND a.client = b.client
        AND (a.article = b.article OR a.famille = b.famille)
        AND daterange(a.du, a.au, '[]') && daterange(b.du, b.au, '[]')
    UNION ALL
    SELECT 'client ' || a.client || ', calendrier', 'du, au', 'une exception par jour',
           daterange(a.du, a.au, '[]') || ' et ' || daterange(b.du, b.au, '[]')
    FROM exceptions_calendriers a JOIN exceptions_calendriers b ON a.id < b.id AND a.client = b.client
        AND daterange(a.du, a.au, '[]') && daterange(b.du, b.au, '[]')
    UNION ALL
    SELECT 'commande type ' || a.commande_type || ', pauses', 'du, au', 'une pause par jour',
           daterange(a.du, a.au, '[]') || ' et ' || daterange(b.du, b.au, '[]')
    FROM pauses_commandes_types a JOIN pauses_commandes_types b ON a.id < b.id AND a.commande_type = b.commande_type
        AND daterange(a.du, a.au, '[]') && daterange(b.du, b.au, '[]')
    UNION ALL
    SELECT 'exercice ' || a.code, 'debut, fin', 'un exercice par jour', b.code
    FROM exercices a JOIN exercices b ON a.code < b.code
        AND daterange(a.debut, a.fin, '[]') && daterange(b.debut, b.fin, '[]')
    ORDER BY 1
    """
)
"""Prices, exceptions, pauses and exercices do not overlap (CLI-06, CLI-07, CLI-09)."""

images = requete(
    """
    SELECT d.type || ' ' || coalesce(d.numero_affiche, d.id::text), 'impression', 'une image gardée', empreinte
    FROM documents d, LATERAL (
        SELECT value FROM jsonb_each_text(coalesce(d.impression->'images', '{}'))
        WHERE NOT EXISTS (SELECT FROM images i WHERE i.empreinte = value)
        UNION ALL
        SELECT logo FROM (VALUES (d.impression->'emetteur'->>'logo')) AS un (logo)
        WHERE logo IS NOT NULL AND NOT EXISTS (SELECT FROM logos l WHERE l.empreinte = logo)
    ) AS perdues (empreinte)
    ORDER BY 1
    """
)
"""What a document was printed with is kept (IMP-18)."""

imputations = requete(
    """
    SELECT 'categorie TVA ' || categorie_tva, 'compte', 'un seul code d''imputation pour ' || compte,
           string_agg(imputation, ', ' ORDER BY imputation)
    FROM comptes_imputations GROUP BY categorie_tva, compte HAVING count(*) > 1
    ORDER BY 1, 3
    """
)
"""In a VAT category an account stands for one posting code (IMP-01)."""
