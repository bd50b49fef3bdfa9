"""What the service of clients refuses."""

from aurore_domain.erreurs import Conflit, ValeurRefusee


class CycleDeFacturation(ValeurRefusee):
    """CLI-05: the client would be billed to itself, at once or through others; `anneau` names them."""

    code = "cycle_de_facturation"


class PeriodesQuiSeChevauchent(Conflit):
    """CLI-09: another price of the client for the same article, or famille, holds on a day of this one's period."""

    code = "periodes_qui_se_chevauchent"


class ClientAnonymise(Conflit):
    """CLI-10: an anonymised client can only be read."""

    code = "client_anonymise"


class ClientNonParticulier(Conflit):
    """CLI-10: only the data of private persons are anonymised."""

    code = "client_non_particulier"
