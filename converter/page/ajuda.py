"""*Ajuda*: what each code means and how to mend it, as the catalogue says."""

import re
from collections import defaultdict

from flask import Blueprint, abort, render_template, request

from converter.brazil.headers import fold
from converter.page.tones import TONES
from converter.texts.catalogue import CATALOGUE, Text
from converter.texts.sentences import table

blueprint = Blueprint("ajuda", __name__)


@blueprint.get("/ajuda")
def inicio() -> str:
    """Every code under its family; `q` keeps those whose words hold what is searched."""
    asked = request.args.get("q", "")
    words = fold(asked).split()
    found: dict[str, list[Text]] = defaultdict(list)
    for text in sorted(CATALOGUE.values(), key=lambda text: fold(text.title)):
        said = fold(f"{text.code} {text.title} {text.message} {text.hint}")
        if all(word in said for word in words):
            found[text.family].append(text)
    titles = table("pagina.familias")
    families = {title: found[name] for name, title in titles.items() if name in found}
    return render_template("ajuda.html", asked=asked, families=families)


@blueprint.get("/ajuda/<code>")
def erro(code: str) -> str:
    """One code: what it says, what to do, an example; ‹…› stands for what the sheet says."""
    text = CATALOGUE.get(code)
    if text is None:
        abort(404)
    return render_template(
        "erro.html",
        text=text,
        message=_open(text.message),
        hint=_open(text.hint),
        severity=(table("pagina.gravidades")[text.severity], TONES["gravidade"][text.severity]),
    )


def _open(template: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: f"‹{found[1].replace('_', ' ')}›", template)
