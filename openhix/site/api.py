"""The public API: the rooms' routes under /api/v1/, and what is said when something is wrong.

Routes in the shapes of the CMS Marketplace API answer errors in its body, ours as problem details (RFC 9457). What is
sent is neither stored nor logged.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from decimal import Decimal
from functools import cache, wraps
from traceback import format_tb
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from openhix.eligibility.api import routes as eligibility
from openhix.eligibility.api.determinations import Fault, NotTaken
from openhix.plans import api as plans
from openhix.plans import cms
from openhix.site.allowance import PerMinute

log = logging.getLogger(__name__)

ROOT = "/api/v1/"
CMS = (f"{ROOT}counties/", f"{ROOT}households/")
LARGEST = 100_000  # bytes: fifty people with every field have half of it
PROBLEM_JSON = "application/problem+json"
AN_HOUR = "public, max-age=3600"
TITLES = {
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
}
SAID = {
    "missing": "Fill this in.",
    "extra_forbidden": "There is no field of this name: check its spelling or take it out.",
    "model_attributes_type": "This must be an object with named fields.",
    "model_type": "This must be an object with named fields.",
    "dict_type": "This must be an object with named fields.",
    "list_type": "This must be a list.",
    "string_type": "This is of another kind than the field holds.",
    "string_too_long": "This must have at most {max_length} characters.",
    "too_short": "List at least {min_length}.",
    "too_long": "List at most {max_length}.",
    "int_type": "This must be a whole number.",
    "bool_type": "This must be true or false.",
    "greater_than_equal": "This must be {ge} or more.",
    "less_than_equal": "This must be {le} or less.",
    "literal_error": "This must be {expected}.",
    "enum": "This must be {expected}.",
    "value_error": "{error}.",
}


class Unreadable(Exception):
    """The body of a request cannot be read."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


class JsonAlone(Parser):
    """Bodies of JSON, of a size that a household has, with amounts as they were written."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Raises Unreadable."""
        if request.content_type != "application/json":
            raise Unreadable(415, "Send JSON, and say so: Content-Type: application/json.")
        if len(request.body) > LARGEST:
            raise Unreadable(413, f"Send at most {LARGEST:,} bytes.")
        try:
            body = json.loads(request.body, parse_float=_number, parse_constant=_no_number)
            json.dumps(body, ensure_ascii=False, default=str).encode()  # half a character, as in "\ud800", is none
            return body
        except RecursionError as error:
            raise Unreadable(400, "This is nested too deeply.") from error
        except (ValueError, ArithmeticError) as error:
            raise Unreadable(400, "This is not JSON that can be read.") from error


def _number(text: str) -> int | Decimal:
    """Exactly what was written; a whole number is one also as 40.0."""
    number = Decimal(text)
    return int(number) if abs(number) < 10**15 and number == number.to_integral_value() else number


def _no_number(text: str) -> None:
    raise ValueError(text)  # NaN and Infinity are no JSON


class Api(NinjaAPI):
    def create_response(self, request: Any, *args: Any, **named: Any) -> HttpResponse:
        response: HttpResponse = super().create_response(request, *args, **named)
        response.headers.setdefault("Cache-Control", "no-store")
        if allowance := getattr(request, "allowance", None):
            for name, value in allowance.headers().items():
                response[name] = value
        return response


api = Api(
    title="OpenHIX",
    version="1",
    description="What people in Massachusetts may qualify for, and why. No account and no key; nothing that is sent is "
    "stored. Premiums are illustrative where an answer says so.",
    docs_url=None,
    openapi_url=None,
    parser=JsonAlone(),
    throttle=[PerMinute()],
)
api.add_router("counties", plans.router)
api.add_router("households", eligibility.households)
api.add_router("determinations", eligibility.determinations)


def refuse(request: HttpRequest, status: int, detail: str, *faults: Fault) -> HttpResponse:
    """An error in the body that callers of this route expect."""
    if request.path.startswith(CMS):
        said = cms.body(cms.Kind.INTERNAL if status == 500 else cms.Kind.INVALID, detail)
        if status not in (400, 500):  # CMS has no codes for bodies that are too large, or for too many requests
            said = said.model_copy(update={"status": str(status), "error": TITLES[status].lower()})
        return api.create_response(request, said.model_dump(), status=status)
    problem = eligibility.Problem(title=TITLES[status], status=status, detail=detail, errors=list(faults))
    response = api.create_response(request, problem.model_dump(), status=status)
    response["Content-Type"] = PROBLEM_JSON
    return response


@api.exception_handler(cms.Refused)
def refused(request: HttpRequest, error: cms.Refused) -> HttpResponse:
    said = cms.body(error.kind, error.message)
    return api.create_response(request, said.model_dump(), status=error.kind.status)


@api.exception_handler(NotTaken)
def not_taken(request: HttpRequest, error: NotTaken) -> HttpResponse:
    return refuse(request, 422, "Nothing was determined: see errors.", *error.faults)


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Other fields than there are, or of another kind than they are."""
    found = [(_path(each["loc"]), _said(each)) for each in error.errors]
    if request.path.startswith(CMS):
        return refuse(request, 400, "; ".join(_nested(path or ("body",), reason) for path, reason in found))
    faults = [Fault("#" + "".join(f"/{_escaped(step)}" for step in path), reason) for path, reason in found]
    return not_taken(request, NotTaken(*faults))


def _said(error: dict[str, Any]) -> str:
    says = SAID.get(error["type"])
    return f"{error['msg']}." if says is None else says.format(**error.get("ctx", {}))


def _path(where: tuple[Any, ...]) -> tuple[Any, ...]:
    """Within the body, whose own name in our code is nobody's concern; or the name of a parameter."""
    return where[2:] if where[0] == "body" else where[1:]


def _nested(path: tuple[Any, ...], reason: str) -> str:
    """`place: (countyfips: cannot be blank.)`, as CMS writes it."""
    reason = "cannot be blank." if reason == SAID["missing"] else reason
    first, *rest = path
    return f"{str(first)[:60]}: ({_nested(tuple(rest), reason)})" if rest else f"{str(first)[:60]}: {reason}"


def _escaped(step: object) -> str:
    return str(step)[:60].replace("~", "~0").replace("/", "~1")


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Among them a body that was not read, which ninja wraps in its own."""
    cause = error.__cause__
    if isinstance(cause, Unreadable):
        return refuse(request, cause.status, cause.detail)
    if error.status_code == 429:
        return refuse(request, 429, "Too many requests from this address: wait as long as Retry-After says.")
    return refuse(request, error.status_code, str(error))


@api.exception_handler(RequestDataTooBig)
def too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return refuse(request, 413, f"Send at most {LARGEST:,} bytes.")


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    frames = "".join(format_tb(error.__traceback__))  # without the message, which may quote what was sent
    log.error("%s at %s\n%s", type(error).__name__, request.path, frames)
    return refuse(request, 500, "Something went wrong on our side. Try again in a moment.")


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    return refuse(request, 404, "There is nothing at this address: see /api/.")


@require_safe
def document_page(request: HttpRequest) -> HttpResponse:
    """The API's OpenAPI document."""
    response = JsonResponse(document(), json_dumps_params={"indent": 1})
    response["Cache-Control"] = AN_HOUR
    return response


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1, with the media type of problem details, which ninja cannot be told."""
    schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=ROOT)))
    for path, operations in schema["paths"].items():
        for operation in operations.values() if not path.startswith(CMS) else ():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {PROBLEM_JSON: answer["content"]["application/json"]}
    return schema


def routes() -> list[URLPattern]:
    patterns, *_names = api.urls
    ours = [each for each in patterns if isinstance(each, URLPattern) and each.name != "api-root"]
    return [URLPattern(each.pattern, _only(each.callback), each.default_args, each.name) for each in ours]


def _only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The route, which says in the words of the API how it can be asked; ninja would say so in a page."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        answered = view(request, **named)
        if answered.status_code != 405:
            return answered
        refused = refuse(request, 405, f"This address is asked with {answered['Allow']}.")
        refused["Allow"] = answered["Allow"]
        return refused

    return answer
