"""The credit situation of a client in JSON."""

from pydantic import Field

from aurore_api.parametres.schemas import ControleCredit
from aurore_api.socle.types import Montant, Sortie


class SituationCredit(Sortie):
    """What is open of a client, in EUR VAT included (DOC-20).

    Factures are posted with a later release: until then all of them that are not annulled count as `factures`.
    """

    client: str
    payeur: str = Field(
        description="Who gets its factures (CLI-05): all figures are of that client and of all it pays for"
    )
    commandes: Montant = Field(
        description="What is left of commandes and proformas: what a facture of it would come to"
    )
    bordereaux: Montant = Field(description="Delivered and not invoiced, likewise")
    factures: Montant = Field(description="Not posted, with or without number")
    impayes: Montant = Field(description="Posted and not paid; 0 until factures are posted")
    credits: Montant = Field(description="Taken off: retours not credited, notes de crédit not posted")
    acomptes: Montant = Field(description="Taken off: deposits on all of these, each once")
    total: Montant
    echu: Montant = Field(description="Part of `factures` and `impayes`: issued, past due, less their deposits")
    controle: ControleCredit = Field(description="The payer's")
    limite: Montant | None
    disponible: Montant | None = Field(description="Below 0 where the limit is exceeded; null without one")
