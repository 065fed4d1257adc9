"""/api/: what the public API's document says, to read: each route, and each shape of what is sent and answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from openhix.site.api import LARGEST, document


@dataclass(frozen=True)
class Line:
    """One field or parameter. `shapes` are the names of the shapes that it holds."""

    name: str
    kind: str
    shapes: tuple[str, ...]
    required: bool
    says: str


@dataclass(frozen=True)
class Shape:
    name: str
    says: str
    lines: tuple[Line, ...]
    example: str


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    title: str
    says: str
    parameters: tuple[Line, ...]
    asked: tuple[str, ...]
    answered: tuple[str, ...]
    errors: tuple[str, ...]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """In English, as all that programmers read."""
    shown = {"routes": routes(), "shapes": shapes(), "per_minute": settings.API_PER_MINUTE, "largest": f"{LARGEST:,}"}
    with translation.override("en"):
        response = render(request, "site/api.html", shown)
    response["Content-Language"] = "en"
    return response


@cache
def routes() -> tuple[Route, ...]:
    return tuple(
        Route(
            method=method.upper(),
            path=path,
            title=told["summary"],
            says=told["description"],
            parameters=tuple(
                _line(each["name"], {**each["schema"], **each}, each.get("required", False))
                for each in told.get("parameters", ())
            ),
            asked=tuple(_shapes_in(told.get("requestBody", {}))),
            answered=tuple(_shapes_in(told["responses"]["200"])),
            errors=tuple(status for status in told["responses"] if status != "200"),
        )
        for path, operations in document()["paths"].items()
        for method, told in operations.items()
    )


@cache
def shapes() -> tuple[Shape, ...]:
    return tuple(
        Shape(
            name=name,
            says=told.get("description", ""),
            lines=tuple(
                _line(field, schema, field in told.get("required", ()))
                for field, schema in told.get("properties", {}).items()
            ),
            example=json.dumps(told["examples"][0], indent=2) if "examples" in told else "",
        )
        for name, told in document()["components"]["schemas"].items()
    )


def _line(name: str, schema: Mapping[str, Any], required: bool) -> Line:
    return Line(name, _kind(schema), tuple(_shapes_in(schema)), required, schema.get("description", ""))


def _kind(schema: Mapping[str, Any]) -> str:
    """`text`, `number or null`, `one of a, b`, `list of text`."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(filter(None, map(_kind, schema["anyOf"]))))
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if "const" in schema:
        return str(schema["const"])
    words = {"string": "text", "boolean": "true or false", "array": "list", "integer": "whole number"}
    types = schema.get("type", [])
    kind = " or ".join(words.get(each, each) for each in ([types] if isinstance(types, str) else types))
    if "items" in schema:
        return f"list of {_kind(schema['items'])}".removesuffix(" of ")
    return "date" if schema.get("format") == "date" else kind


def _shapes_in(told: Any) -> Iterator[str]:
    """The names of the shapes that are referred to."""
    if isinstance(told, dict):
        for key, value in told.items():
            if key == "$ref":
                yield value.rpartition("/")[2]
            else:
                yield from _shapes_in(value)
    elif isinstance(told, list):
        for each in told:
            yield from _shapes_in(each)
