"""What names are sorted and articles are sought by is what they say (ART-18)."""

from collections.abc import Iterable

from aurore_api.socle.tri import plier
from aurore_api.verification.ecarts import Ecart, requete
from aurore_api.verification.lecture import Lecture

articles = requete(
    """
    SELECT 'article ' || a.numero, 'recherche', attendu, a.recherche
    FROM articles a
    LEFT JOIN (SELECT article, string_agg(libelle, ' ' ORDER BY code_libelle) AS mots
               FROM libelles_articles GROUP BY 1) l ON l.article = a.numero
    LEFT JOIN (SELECT article, string_agg(code_barres, ' ' ORDER BY abreviation) AS mots
               FROM unites_supplementaires GROUP BY 1) u ON u.article = a.numero
    LEFT JOIN (SELECT article, string_agg(concat_ws(' ', numero_article_fournisseur, nom_article_fournisseur), ' '
                                          ORDER BY fournisseur) AS mots
               FROM fournisseurs_articles GROUP BY 1) f ON f.article = a.numero,
    LATERAL (SELECT lower(unaccent(normalize(concat_ws(' ', '', a.numero, a.designation,
        array_to_string(a.codes_barres, ' '), l.mots, u.mots, f.mots), NFKC)))) AS voulu (attendu)
    WHERE a.recherche <> attendu
    ORDER BY 1
    """
)
"""As the database's triggers make it."""


async def noms_plies(lecture: Lecture) -> Iterable[Ecart]:
    """Names of clients and articles, folded."""
    lus = await lecture.lire(
        """
        SELECT 'client ' || numero, 'nom_plie', nom, nom_plie FROM clients
        UNION ALL SELECT 'article ' || numero, 'designation_pliee', designation, designation_pliee FROM articles
        ORDER BY 1
        """
    )
    return (Ecart(objet, champ, plier(nom), plie) for objet, champ, nom, plie in lus if plier(nom) != plie)
