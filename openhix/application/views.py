"""The application's pages. Each reads the draft, and saves one page of it through an action."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openhix.application import actions, queries, told, words
from openhix.application.actions import AlreadyApplied, Incomplete, NoDraft, NotApplied, StaleDraft
from openhix.application.answers import Answers
from openhix.application.forms import PAGES, AmountsForm, PageForm, PersonForm, sentence
from openhix.application.models import Draft
from openhix.application.rules import complete
from openhix.application.rules.steps import BY_PERSON, MOST_PEOPLE, Fault, Step, is_asked
from openhix.kernel import clock
from openhix.people.access import ResidentRequest, resident

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@resident
def task_list(request: ResidentRequest) -> HttpResponse:
    """Where the household stands with its one application, and what comes next."""
    draft, versions = queries.draft_of(request.household), queries.versions(request.household)
    shown: dict[str, Any] = {"draft": draft, "versions": versions}
    if draft:
        answers = queries.answers_of(draft)
        tasks = queries.tasks(answers)
        shown |= {"groups": told.grouped(tasks, answers), "left": sum(not task.done for task in tasks)}
        shown["next"] = next((task.url for task in tasks if not task.done), "")
    return render(request, "application/tasks.html", shown)


@get_or_post
@resident
def begin(request: ResidentRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("application")
    try:
        draft = actions.begin(household=request.household, account=request.user)
    except AlreadyApplied:
        messages.info(request, _("Your household has an application already. You can change it here."))
        return redirect("application")
    return redirect(_after(queries.answers_of(draft)))


@get_or_post
@resident
def change(request: ResidentRequest) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.change(household=request.household, account=request.user)
        except NotApplied:
            messages.info(request, _("There is nothing to change yet: your household has not applied."))
    return redirect("application")


@get_or_post
@resident
def throw_away(request: ResidentRequest) -> HttpResponse:
    """Ask whether the change that was begun shall be given up, then do so."""
    draft = queries.draft_of(request.household)
    if draft is None:
        return _nothing_open(request)
    shown: dict[str, Any] = {"revision": draft.revision, "latest": queries.latest(request.household)}
    if shown["latest"] is None:
        return redirect("application")
    if request.method != "POST":
        return render(request, "application/throw_away.html", shown)
    try:
        actions.throw_away(household=request.household, account=request.user, revision=_revision(request))
    except NoDraft:
        return _nothing_open(request)
    except StaleDraft:
        return render(request, "application/throw_away.html", {**shown, "stale": True})
    messages.success(request, _("Your change is thrown away. What you signed last stands."))
    return redirect("application")


@get_or_post
@resident
def page(request: ResidentRequest, step: str, person: str = "") -> HttpResponse:
    """One page of questions: shown, rearranged by its buttons, or saved."""
    at = _step(step, person)
    draft = queries.draft_of(request.household)
    if draft is None:
        return _nothing_open(request)
    answers = queries.answers_of(draft)
    if at == Step.PEOPLE and not person:
        return _people(request, draft, answers)
    if person and person not in {each.key for each in answers.people}:
        messages.info(request, _("This person is no longer on the application."))
        return redirect(queries.url_of(Step.PEOPLE))
    if not is_asked(at, answers, answers.person(person) if person else None):
        return redirect("application")
    form = _form(at, request, answers, person)
    if not form.is_bound or not form.is_valid():
        return _shown(request, form, revision=request.POST.get("revision", draft.revision))
    return _saved(request, form) or redirect(_after(answers, at, person))


@get_or_post
@resident
def add_person(request: ResidentRequest) -> HttpResponse:
    """The page of somebody who is not on the list yet. The key travels with it, so that sent twice it adds one."""
    draft = queries.draft_of(request.household)
    if draft is None:
        return _nothing_open(request)
    answers = queries.answers_of(draft)
    if len(answers.people) >= MOST_PEOPLE and request.method != "POST":
        messages.error(request, _("This form has room for 20 people. Call us to add more."))
        return redirect(queries.url_of(Step.PEOPLE))
    sent = request.POST.get("key", "")
    there = {each.key for each in answers.people}
    key = sent if sent in there - {"p1"} else answers.next_key
    if key not in there:
        answers.add(actions.new_person(key))
    form = _form(Step.PEOPLE, request, answers, key)
    if not form.is_bound or not form.is_valid():
        return _shown(request, form, revision=request.POST.get("revision", draft.revision), adding=True)
    if key != sent and sent:
        return _stale(request, form, draft, adding=True)
    if refused := _saved(request, form, adding=True):
        return refused
    return redirect(queries.url_of(Step.PEOPLE))


@get_or_post
@resident
def remove_person(request: ResidentRequest, person: str) -> HttpResponse:
    """Ask whether somebody shall be taken off the list, then do so. The first person stays."""
    draft = queries.draft_of(request.household)
    if draft is None:
        return _nothing_open(request)
    answers = queries.answers_of(draft)
    leaving = next((each for each in answers.people[1:] if each.key == person), None)
    if leaving is None:
        return redirect(queries.url_of(Step.PEOPLE))
    shown = {"person": leaving, "revision": draft.revision}
    if request.method != "POST":
        return render(request, "application/remove.html", shown)
    answers.remove(person)
    try:
        _save(request, answers)
    except StaleDraft:
        return render(request, "application/remove.html", {**shown, "stale": True})
    return redirect(queries.url_of(Step.PEOPLE))


@resident
def review(request: ResidentRequest) -> HttpResponse:
    """All answers on one page, each with the way to change it."""
    draft = queries.draft_of(request.household)
    if draft is None:
        return _nothing_open(request)
    answers = queries.answers_of(draft)
    shown = {
        "sections": told.sections(answers),
        "faults": _fault_links(complete.faults(answers, clock.today())),
    }
    return render(request, "application/review.html", shown)


@get_or_post
@resident
def sign(request: ResidentRequest) -> HttpResponse:
    """The signature; then the results."""
    draft, latest = queries.draft_of(request.household), queries.latest(request.household)
    shown: dict[str, Any] = {"signature": request.POST.get("signature", "")}
    if request.method == "POST":
        try:
            actions.submit(
                household=request.household,
                account=request.user,
                revision=_revision(request),
                signature=shown["signature"],
            )
            return redirect("results")
        except NoDraft:
            return _nothing_open(request)
        except StaleDraft:
            shown["stale"] = True
        except Incomplete as incomplete:
            shown["faults"] = _fault_links(incomplete.faults)
            shown["error"] = next((sentence(each) for each in incomplete.faults if each.step == Step.SIGN), "")
    if draft is None:
        return _nothing_open(request)
    answers = queries.answers_of(draft)
    shown |= {"revision": draft.revision, "name": answers.people[0].name, "latest": latest}
    return render(request, "application/sign.html", shown)


def _step(step: str, person: str) -> Step:
    """Raises Http404 for a page that there is not."""
    try:
        at = Step(step)
    except ValueError:
        raise Http404(step) from None
    needs_person, may_have_person = at in BY_PERSON, at in (*BY_PERSON, Step.PEOPLE)
    if at not in PAGES or (needs_person and not person) or (person and not may_have_person):
        raise Http404(step)
    return at


def _form(step: Step, request: HttpRequest, answers: Answers, key: str) -> PageForm:
    kind = PAGES[step]
    about: dict[str, Any] = {"answers": answers, "key": key, "today": clock.today()}
    change = request.POST.get("do", "")
    if change and issubclass(kind, AmountsForm):
        return kind.rearranged(request.POST, change, **about)
    return kind(request.POST if request.method == "POST" else None, **about)


def _shown(
    request: HttpRequest, form: PageForm, *, revision: object, adding: bool = False, stale: bool = False
) -> HttpResponse:
    shown = {
        "form": form,
        "revision": revision,
        "title": _(words.PAGES[form.step]),
        "person": form.person if form.key else None,
        "adding": adding,
        "stale": stale,
        "is_first": isinstance(form, PersonForm) and form.person is form.answers.people[0],
    }
    template = f"application/{form.template}.html"
    return render(request, template, shown)


def _saved(request: ResidentRequest, form: PageForm, *, adding: bool = False) -> HttpResponse | None:
    """None once it is saved; the page with what was typed where somebody else saved in the meantime."""
    try:
        _save(request, form.answers)
    except StaleDraft:
        draft = queries.draft_of(request.household)
        return _stale(request, form, draft, adding=adding) if draft else _nothing_open(request)
    except NoDraft:
        return _nothing_open(request)
    return None


def _stale(request: ResidentRequest, form: PageForm, draft: Draft, *, adding: bool) -> HttpResponse:
    if adding:
        answers = queries.answers_of(draft)
        answers.add(actions.new_person(answers.next_key))
        form = PersonForm(request.POST, answers=answers, key=answers.people[-1].key, today=clock.today())
    return _shown(request, form, revision=draft.revision, adding=adding, stale=True)


def _save(request: ResidentRequest, answers: Answers) -> Draft:
    return actions.save(household=request.household, account=request.user, revision=_revision(request), answers=answers)


def _revision(request: HttpRequest) -> int:
    """The revision that the page was made from; what makes no sense is none."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _people(request: ResidentRequest, draft: Draft, answers: Answers) -> HttpResponse:
    if request.method == "POST":
        return redirect(_after(answers, Step.PEOPLE))
    faults = complete.page_faults(Step.PEOPLE, "", answers, clock.today())
    shown = {
        "people": told.people(answers, faults),
        "faults": [sentence(fault) for fault in faults if not fault.person],
        "room_for_more": len(answers.people) < MOST_PEOPLE,
    }
    return render(request, "application/people.html", shown)


def _nothing_open(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("No application is open for changes. Nothing was saved."))
    return redirect("application")


def _after(answers: Answers, step: Step | None = None, person: str = "") -> str:
    """The next page that is not done, from here on and then from the start; the review when all are done."""
    if step == Step.PEOPLE and person:
        return queries.url_of(Step.PEOPLE)
    tasks = queries.tasks(answers)
    here = next((at for at, task in enumerate(tasks) if (task.step, task.person) == (step, person)), -1)
    ahead = [*tasks[here + 1 :], *tasks[: here + 1]]
    return next((task.url for task in ahead if not task.done), told.url_of_review())


def _fault_links(faults: list[Fault]) -> list[tuple[str, str]]:
    """Where each fault can be mended, and its sentence after the name of its page."""
    return [
        (
            _where(fault),
            sentence(fault) if fault.step == Step.SIGN else f"{_(words.PAGES[fault.step])}: {sentence(fault)}",
        )
        for fault in faults
    ]


def _where(fault: Fault) -> str:
    if fault.step == Step.SIGN:
        return f"#{fault.field}"
    return queries.url_of(fault.step, fault.person) + (f"#{fault.field}" if fault.field else "")
