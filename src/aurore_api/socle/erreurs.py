"""What the HTTP side itself refuses; the rules' own refusals are in `aurore_domain.erreurs`.

ErreurHttp (an ErreurAurore that brings its own status)
├── NonAuthentifie      401   no key, or one that is unknown, expired or revoked
├── PorteeInsuffisante  403   the key lacks the operation's scope
├── VersionPerimee      412   If-Match names a version that is no longer the current one
├── VersionRequise      428   If-Match is missing
├── RequeteIllisible    400   not JSON, not UTF-8, nested without end
├── TypeDeMediaRefuse   415
└── BaseIndisponible    503   the database cannot be reached now
"""

from typing import ClassVar

from aurore_domain.erreurs import Conflit, ErreurAurore, Introuvable, ValeurRefusee


class ErreurHttp(ErreurAurore):
    """A refusal of the protocol, not of a rule."""

    statut: ClassVar[int] = 400


class NonAuthentifie(ErreurHttp):
    """SEC-01: no usable key. Never says which part was wrong."""

    code, statut = "non_authentifie", 401


class PorteeInsuffisante(ErreurHttp):
    """SEC-02: the key is good, its scopes are not enough."""

    code, statut = "portee_insuffisante", 403


class RequeteIllisible(ErreurHttp):
    """The body cannot be read as JSON."""

    code, statut = "json_illisible", 400


class VersionPerimee(ErreurHttp):
    """API-06: someone changed the resource since it was read."""

    code, statut = "version_perimee", 412


class VersionRequise(ErreurHttp):
    """API-06: PUT, PATCH and DELETE say which version they change."""

    code, statut = "version_requise", 428


class TypeDeMediaRefuse(ErreurHttp):
    """API-03: the body's media type is not the operation's."""

    code, statut = "type_de_media_refuse", 415


class BaseIndisponible(ErreurHttp):
    """The database does not answer, or gave up on a conflict that a second try resolves."""

    code, statut = "base_indisponible", 503


class ParametreInconnu(ValeurRefusee):
    """API-03: a query parameter that the operation does not have."""

    code = "parametre_inconnu"


class ParametreRepete(ValeurRefusee):
    """A query parameter given twice where one value is meant."""

    code = "parametre_repete"


class CurseurRefuse(ValeurRefusee):
    """API-04: a cursor that this list did not give."""

    code = "curseur_refuse"


class TriRefuse(ValeurRefusee):
    """API-04: a sort key that the list does not have."""

    code = "tri_refuse"


class ReferenceInconnue(ValeurRefusee):
    """A field names a row that does not exist; `table` says in which table (`nom_de_table`)."""

    code = "reference_inconnue"


class DejaPris(Conflit):
    """The key, or another unique value, belongs to an existing row."""

    code = "deja_pris"


class EnUtilisation(Conflit):
    """The row is used elsewhere and stays; `par` says by what."""

    code = "en_utilisation"


class ConflitSimultane(Conflit):
    """Two changes met in the database; nothing of this one was kept."""

    code = "conflit_simultane"


class RessourceAbsente(Introuvable):
    """No resource of this name and key in the société."""

    code = "ressource_absente"


class CleIdempotenceReutilisee(ValeurRefusee):
    """API-05: the Idempotency-Key came earlier with another request."""

    code = "cle_idempotence_reutilisee"


class CleIdempotenceRefusee(ValeurRefusee):
    """API-05: an Idempotency-Key is 1 to 255 visible ASCII characters."""

    code = "cle_idempotence_refusee"


class RequeteEnCours(Conflit):
    """API-05: the first request with this Idempotency-Key still runs."""

    code = "requete_en_cours"
