"""How the API's bodies are read: JSON to a model in one go.

APIFlask would parse them first and validate the outcome, and take what is no JSON for an empty
object.
"""

from typing import Any

from apiflask import HTTPError
from apiflask.schema_adapters import registry
from apiflask.schema_adapters.pydantic import PydanticAdapter
from flask import Request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import BadRequest, UnprocessableEntity, UnsupportedMediaType


class _OnePassAdapter(PydanticAdapter):
    def validate_input(self, request: Request, location: str, **arguments: Any) -> BaseModel:
        if location != "json":
            return super().validate_input(request, location, **arguments)
        if not request.is_json:
            raise UnsupportedMediaType("The content type has to be application/json")
        try:
            return self.model_class.model_validate_json(request.get_data(cache=False))
        except ValidationError as error:
            wrong = error.errors(include_url=False, include_context=False, include_input=False)[0]
        if wrong["type"] == "json_invalid":
            raise BadRequest("The body is not valid JSON")
        field = ".".join(str(part) for part in wrong["loc"]) or "_schema"
        raise HTTPError(UnprocessableEntity.code, detail={"json": {field: [wrong["msg"]]}})


def use_one_pass() -> None:
    """From now on APIFlask's `input` reads bodies so; to be called before views are decorated."""
    registry.register("pydantic", _OnePassAdapter)
