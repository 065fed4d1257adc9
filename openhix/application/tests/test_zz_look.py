import os

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
import pytest
from playwright.sync_api import sync_playwright
from django.test import Client
from openhix.application import actions
from openhix.application.tests.households import member, family

AXE = "/work/walk/openhix/site/assets/node_modules/axe-core/axe.min.js"


@pytest.mark.django_db(transaction=True)
def test_look(live_server):
    account, household = member()
    d = actions.begin(household=household, account=account)
    a = family()
    a.people[2].unasked = ["income", "proofs"]
    a.people[3].status = None
    a.mailing = None
    from openhix.application.answers import EmployerOffer

    a.people[0].employer_offer = EmployerOffer(12300, None)
    d = actions.save(household=household, account=account, revision=d.revision, answers=a)
    c = Client()
    c.force_login(account)
    with sync_playwright() as p:
        b = p.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for width in (1100, 320):
            ctx = b.new_context(base_url=live_server.url, viewport={"width": width, "height": 800}, bypass_csp=True)
            ctx.add_cookies([{"name": "sessionid", "value": c.cookies["sessionid"].value, "url": live_server.url}])
            page = ctx.new_page()
            for path in (
                "",
                "start/",
                "people/",
                "people/p1/",
                "people/p2/",
                "people/add/",
                "people/p2/remove/",
                "taxes/",
                "address/",
                "status/p1/",
                "situation/p1/",
                "income/p1/",
                "deductions/p1/",
                "coverage/p1/",
                "proofs/p1/",
                "rights/",
                "review/",
                "sign/",
            ):
                page.goto("/application/" + path)
                name = path.strip("/").replace("/", "-") or "tasks"
                page.screenshot(path=f"/tmp/appl/shots/{name}-{width}.png", full_page=True)
                sw = page.evaluate("document.documentElement.scrollWidth")
                if sw > width:
                    print("WIDE", path, sw)
                page.add_script_tag(path=AXE)
                found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
                for each in found["violations"]:
                    print(path, width, each["id"], [n["html"][:200] for n in each["nodes"][:3]])
            for path, fill in (
                ("people/add/", {}),
                ("income/p3/", {"any": "yes"}),
                ("address/", {"zip": "01002"}),
                ("status/p4/", {}),
            ):
                page.goto("/application/" + path)
                for k, v in fill.items():
                    if k == "any":
                        page.click("label[for=any-yes]")
                    else:
                        page.fill("#" + k, v)
                page.click("button.margin-top-3")
                name = "err-" + path.strip("/").replace("/", "-")
                page.screenshot(path=f"/tmp/appl/shots/{name}-{width}.png", full_page=True)
                page.add_script_tag(path=AXE)
                found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
                for each in found["violations"]:
                    print("ERR", path, width, each["id"], [n["html"][:200] for n in each["nodes"][:3]])
