"""What OpenAPI says of validation."""

from __future__ import annotations

from typing import Any, Final

from warrantgraph.errors import (
    AnswerTooLargeError,
    BusyError,
    InputError,
    InputTooLargeError,
    MemoryLimitError,
    NotAcceptableError,
    TimeLimitError,
    WorkCrashedError,
)
from warrantgraph.validators.media import MULTIPART, REPORT_TYPES, SYNTAXES
from warrantgraph_server.documentation import problem_responses
from warrantgraph_server.refusals import (
    UnsupportedUploadError,
    ValidationRequestError,
)

__all__ = ["VALIDATE"]

_FILES: Final[dict[str, Any]] = {
    "type": "array",
    "items": {"type": "string", "format": "binary"},
}


def _parameter(name: str, description: str, **schema: object) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


VALIDATE: Final[dict[str, Any]] = {
    "description": "Check RDF against our shapes, or your own. It is kept nowhere.",
    "parameters": [
        _parameter(
            "ontology",
            "Whether our ontology and schemes, and what follows by them, are added to the data",
            type="boolean",
            default=True,
        ),
        _parameter(
            "limit",
            "How many findings of each shape the report lists, 0 for all; counts stay true",
            type="integer",
            minimum=0,
            default=100,
        ),
        _parameter("file", "What the report calls the file", type="string", maxLength=255),
        _parameter(
            "timeout",
            "Seconds that it may take, where that is less than the server allows",
            type="number",
            exclusiveMinimum=0,
        ),
    ],
    "requestBody": {
        "required": True,
        "content": {
            **{media_type: {"schema": {"type": "string"}} for media_type in SYNTAXES},
            MULTIPART: {
                "schema": {
                    "type": "object",
                    "required": ["data"],
                    "properties": {"data": _FILES, "shapes": _FILES},
                }
            },
        },
    },
    "responses": {
        "200": {
            "description": "The report, whatever the outcome",
            "headers": {
                "Validation-Result": {
                    "description": "The outcome, as a dictionary of RFC 9651",
                    "schema": {
                        "type": "string",
                        "example": "conforms=?0, violations=3, warnings=0, infos=0",
                    },
                }
            },
            "content": {media_type: {} for media_type in REPORT_TYPES},
        },
        **problem_responses(
            [
                InputError,
                ValidationRequestError,
                NotAcceptableError,
                InputTooLargeError,
                UnsupportedUploadError,
                AnswerTooLargeError,
                TimeLimitError,
                MemoryLimitError,
                BusyError,
                WorkCrashedError,
                Exception,
            ]
        ),
    },
}
"""Validating an upload."""
