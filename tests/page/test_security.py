"""Who may ask the page, and what it refuses."""

import re

import pytest

from tests.page.conftest import NAME, ORIGIN, Browser


def test_the_address_lets_one_browser_in_once(stranger: Browser) -> None:
    assert stranger.get("/").status_code == 403
    key = stranger.guard.key
    entered = stranger.get(f"/entrar?chave={key}")
    cookie = entered.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert stranger.get("/").status_code == 200
    stranger.client.delete_cookie(stranger.guard.cookie, domain="127.0.0.1")
    assert stranger.get(f"/entrar?chave={key}").status_code == 403


@pytest.mark.parametrize("key", ["", "x", "é", "x" * 43])
def test_a_wrong_secret_lets_nobody_in(stranger: Browser, key: str) -> None:
    assert stranger.get("/entrar", query_string={"chave": key}).status_code == 403
    assert stranger.get("/").status_code == 403


@pytest.mark.parametrize("name", ["evil.example", "evil.example:8123", "127.0.0.1:9", "127.0.0.1"])
def test_another_name_of_this_machine_is_refused(browser: Browser, name: str) -> None:
    """DNS rebinding: a site makes its own name lead here, cookie or not."""
    for address in ("/", "/andamento", f"/entrar?chave={browser.guard.key}", "/static/page.css"):
        assert browser.get(address, headers={"Host": name}).status_code == 403


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", f"https://{NAME}"])
def test_a_change_from_another_site_is_refused(browser: Browser, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    answer = browser.client.post(
        "/conferir", base_url=ORIGIN, headers=headers, data={"token": browser.guard.token}
    )
    assert answer.status_code == 403
    assert browser.worker.state.revision == 0


@pytest.mark.parametrize("token", ["", "x", "é"])
def test_a_change_without_the_token_is_refused(browser: Browser, token: str) -> None:
    assert browser.post("/conferir", {"token": token}).status_code == 403
    assert browser.worker.state.revision == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_browser_says_comes_from_elsewhere_is_refused(browser: Browser, site: str) -> None:
    assert browser.get("/", headers={"Sec-Fetch-Site": site}).status_code == 403
    assert browser.post("/conferir", headers={"Sec-Fetch-Site": site}).status_code == 403


def test_no_change_is_made_by_get(browser: Browser) -> None:
    rules = browser.client.application.url_map.iter_rules()
    changing = [rule for rule in rules if "POST" in (rule.methods or ())]
    assert changing
    assert not [rule for rule in changing if "GET" in (rule.methods or ())]


def test_every_answer_keeps_the_outside_out(browser: Browser) -> None:
    for address in ("/", "/nada", "/static/page.js"):
        headers = browser.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert not re.search(r"https?:|\*|unsafe", policy)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"


def test_no_page_loads_anything_from_outside(browser: Browser) -> None:
    text = browser.get("/").text
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', text)
    assert not re.search(r"<(?:script|style)(?![^>]*\bsrc=)|\son\w+=|\sstyle=", text)
