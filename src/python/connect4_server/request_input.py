"""Reads the fields of the current request and validates them with Pydantic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from flask import request
from pydantic import BaseModel, TypeAdapter, ValidationError
from werkzeug.exceptions import BadRequest, UnprocessableEntity, UnsupportedMediaType

if TYPE_CHECKING:
    from connect4_server.schemas import GetGame, Seat

_Schema = TypeVar("_Schema", bound=BaseModel)
_JSON = TypeAdapter(Any)


def body(schema: type[_Schema]) -> _Schema:
    """Returns the JSON body as SCHEMA.

    Raises BadRequest (not JSON, or cut off), RequestEntityTooLarge, UnsupportedMediaType, or
    UnprocessableEntity, whose description names the first field that is wrong.
    """
    if not request.is_json:
        raise UnsupportedMediaType("The content type has to be application/json")
    content = request.get_data(cache=False)
    # gunicorn does not tell when a client disconnects in the middle of its body.
    if len(content) < (request.content_length or 0):
        raise BadRequest("The body is shorter than its Content-Length")
    try:
        return schema.model_validate_json(content)
    except ValidationError as error:
        raise _refusal(error) from None


def optional_body(schema: type[_Schema]) -> _Schema:
    """Returns the body as SCHEMA, or SCHEMA's defaults if it is no JSON object with a field of it.

    Raises RequestEntityTooLarge, or UnprocessableEntity, which names the field.
    """
    content = request.get_data(cache=False)
    try:
        fields = _JSON.validate_json(content)
    except ValidationError:
        fields = None
    if not isinstance(fields, dict) or fields.keys().isdisjoint(schema.model_fields):
        return schema()
    try:
        return schema.model_validate(fields)
    except ValidationError as error:
        raise _refusal(error) from None


def query(schema: type[_Schema]) -> _Schema:
    """Returns the query string as SCHEMA. Raises UnprocessableEntity, which names the field."""
    try:
        return schema.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise _refusal(error) from None


def optional_secret(given: GetGame | Seat) -> str | None:
    """Returns the player's secret: field `playerId`, or else the header; None without either.

    The header is `Authorization: Bearer …`: https://www.rfc-editor.org/rfc/rfc6750#section-2.1
    """
    if "playerId" in given.model_fields_set:
        return given.playerId
    authorization = request.authorization
    if authorization is None or authorization.type != "bearer":
        return None
    return authorization.token or ""


def secret(given: GetGame | Seat) -> str:
    """Returns the player's secret. Raises UnprocessableEntity if the request has none."""
    found = optional_secret(given)
    if found is None:
        raise UnprocessableEntity("playerId: Field required")
    return found


def _refusal(error: ValidationError) -> BadRequest | UnprocessableEntity:
    """Returns the response for the first field that is wrong."""
    wrong = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if wrong["type"] == "json_invalid":
        return BadRequest("The body is not valid JSON")
    field = ".".join(map(str, wrong["loc"])) or "The body"
    return UnprocessableEntity(f"{field}: {wrong['msg']}")
