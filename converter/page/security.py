"""Who may ask: one browser, which opened the address that `planilote abrir` made, and no other.

A web site that the person visits meanwhile may send requests here too, in its own name or, by
making its name this machine's (DNS rebinding), as if it were us. So every request says our own
name (`Host`), carries the cookie that was given for the secret of the address, and does not come
from elsewhere (`Sec-Fetch-Site`); every change is a POST that comes from us (`Origin`) and holds
a token that only our pages hold. Nothing that is shown loads or sends anything outside.

The cookie is one of the name 127.0.0.1, so that a program of this machine that serves pages there
could be shown it: it changes with every start, and such a program reads the folder anyway.
"""

import secrets
import threading
from dataclasses import dataclass, field

from flask import Flask, Response, abort, make_response, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With "no-referrer" browsers tell no Origin where a form is sent.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
FORM_FIELD, HEADER = "token", "X-Planilote-Token"
"""Where a form and a script carry the token."""
OPENING = "/entrar"
_OPEN_TO_ALL = frozenset({"static"})
"""Endpoints that hold nothing of anyone: the stylesheet and the script."""

_FROM_US = frozenset({"none", "same-origin"})
"""What a browser tells of where a request comes from: our own page, or the person's own hand."""


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(slots=True)
class Guard:
    """The secrets of one server, all made anew when it starts.

    `names` are what a request may call this server (`127.0.0.1:8321`), known once it listens.
    """

    names: frozenset[str] = frozenset()
    key: str = field(default_factory=_secret, repr=False)
    session: str = field(default_factory=_secret, repr=False)
    token: str = field(default_factory=_secret, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def cookie(self) -> str:
        """The cookie's name: two servers of one machine share a name, and each needs its own."""
        port = next(iter(self.names), "").rpartition(":")[2]
        return f"planilote_{port}"

    def install(self, app: Flask) -> None:
        """Stand before every request, and put the headers on every answer."""
        app.add_url_rule(OPENING, "entrar", self._enter)
        app.before_request(self._admit)
        app.after_request(_headed)
        app.jinja_env.globals["csrf"] = self.form_field
        app.jinja_env.globals["csrf_token"] = lambda: self.token

    def form_field(self) -> Markup:
        """The hidden field that every form holds."""
        return Markup('<input type="hidden" name="{}" value="{}">').format(FORM_FIELD, self.token)

    def _enter(self) -> AnyResponse:
        """Turn the secret of the address into the cookie, once."""
        with self._lock:
            right = _same(request.args.get("chave", ""), self.key)
            if not right and not self._known():
                abort(403)
            if right:
                self.key = _secret()
        answer = make_response(redirect("/", 303))
        if right:
            answer.set_cookie(self.cookie, self.session, httponly=True, samesite="Strict")
        return answer

    def _known(self) -> bool:
        return _same(request.cookies.get(self.cookie, ""), self.session)

    def _admit(self) -> None:
        if request.host not in self.names:
            abort(403)
        if request.endpoint in _OPEN_TO_ALL:
            return
        reading = request.method in {"GET", "HEAD"}
        if request.headers.get("Sec-Fetch-Site", "none") not in _FROM_US:
            abort(403)
        if request.endpoint == "entrar":
            return
        if not self._known():
            abort(403)
        if not reading:
            self._change()

    def _change(self) -> None:
        """A change comes from our own pages."""
        if request.headers.get("Origin") != f"http://{request.host}":
            abort(403)
        given = request.headers.get(HEADER) or request.form.get(FORM_FIELD, "")
        if not _same(given, self.token):
            abort(403)


def _same(given: str, secret: str) -> bool:
    return secrets.compare_digest(given.encode(), secret.encode())


def _headed(answer: Response) -> Response:
    answer.headers.update(HEADERS)
    return answer
