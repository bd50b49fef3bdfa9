"""The answer of an operation that asks for a job: 202, where it is, and the job."""

from uuid import UUID

from fastapi import Response
from pydantic import BaseModel


def accepte(identifiant: UUID, travail: BaseModel) -> Response:
    """Say that a job was asked for."""
    adresse = f"/v1/travaux/{identifiant}"
    return Response(travail.model_dump_json(), 202, {"location": adresse}, media_type="application/json")
