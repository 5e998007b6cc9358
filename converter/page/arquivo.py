"""*Arquivo*: one spreadsheet as a table, with what is wrong at its cell and what is asked."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from converter.errors import SettingsError
from converter.model.problems import Severity
from converter.page.desk import Desk, desk
from converter.page.files import FileLine, copies_of, lines
from converter.page.paging import SIZE, Pager, number
from converter.page.table import Explained, File, Table, explained
from converter.page.tones import TONES
from converter.page.typed import KINDS, typed_of
from converter.page.worker import Task
from converter.runtime import mending
from converter.schemas.catalogue import FIELDS, label_of
from converter.sheets.colunas import options_of
from converter.texts import folhas
from converter.texts.catalogue import hint, message, told
from converter.texts.sentences import sentence

blueprint = Blueprint("arquivo", __name__)
_SAMPLES = 3


class QuestionCard(NamedTuple):
    """A question to the person: its field's name, its words, what may be answered."""

    field: str
    text: str
    detail: Sequence[str]
    options: Sequence[str]
    answer: str
    rows: Sequence[int]


class Meaning(NamedTuple):
    """What a column is, above it: the drop-down's first options, then all the others."""

    field: str
    use: str
    first: Sequence[str]
    words: str
    tone: str
    asked: bool
    why: str


@blueprint.get("/arquivo")
def inicio() -> str | Response:
    """A page of the rows of one sheet of a file."""
    here = desk()
    nome = request.args.get("nome", "")
    line = _line(here, nome)
    file = here.files.get(nome)
    if file is None or not file.tables:
        done = here.state.files.get(nome)
        if done is not None and done.report is None and here.state.broken is None:
            # Nothing was new in it: now that somebody asks, it is looked at all the same.
            here.worker.start(Task.CONFERIR, [nome])
        return render_template("waiting.html", nome=nome, line=line, problems=_unread(file))
    return _shown(here, nome, line, file)


def _line(here: Desk, nome: str) -> FileLine:
    return next((line for line in lines(here) if line.arquivo == nome), None) or abort(404)


def _unread(file: File | None) -> list[tuple[str, str]]:
    """Why a file could not be read."""
    problems = file.seen.report.problems if file else ()
    return [(message(problem), hint(problem)) for problem in problems]


def _shown(here: Desk, nome: str, line: FileLine, file: File) -> str:
    place = min(number("aba", 0), len(file.tables) - 1)
    table = file.tables[place]
    wrong = table.wrong
    chosen = request.args.get("ver") or ("problemas" if wrong else "tudo")
    only_wrong = chosen == "problemas"
    pager = _pager(table, only_wrong=only_wrong)
    numbers = table.numbers(pager.first - 1, SIZE, only_wrong=only_wrong)
    draft = here.drafts.of(file)
    done = here.state.files.get(nome)
    copies = copies_of(here, nome)
    return render_template(
        "arquivo.html",
        nome=nome,
        line=line,
        file=file,
        table=table,
        place=place,
        chosen=chosen,
        pager=pager,
        rows=list(table.rows(numbers)),
        edited=number("editar", 0),
        asked=list(_asked(table, place, draft)),
        meanings={one.field.split("/")[2]: one for one in _meanings(table, place, draft)},
        every=_every_option(),
        draft=draft,
        copies=copies,
        mendable=not copies,
        above=table.above(),
        status=folhas.SITUACAO_DA_NOTA,
        general=[*_general(file), *table.told],
        assumptions=file.seen.report.assumptions,
        result=bool(done and done.resultado),
    )


def _pager(table: Table, *, only_wrong: bool) -> Pager:
    total = len(table.wrong) if only_wrong else max(table.last - table.first + 1, 0)
    page = number("pagina", 1)
    if row := number("linha", 0):
        page = table.page_of(row, SIZE, only_wrong=only_wrong)
    return Pager.of(total, page)


def _general(file: File) -> list[Explained]:
    """What is said of the file as such, and not of one of its sheets."""
    said = (one for one in file.seen.report.problems if one.planilha is None)
    return list(explained((one for one in said if one.severity is not Severity.INFO), {}))


def _asked(table: Table, place: int, draft: Mapping[str, str]) -> list[QuestionCard]:
    if table.mapped is None:
        return []
    found = []
    for reading in table.mapped.asked_columns:
        line = table.lines[reading.coluna]
        name = f"u/{place}/{reading.coluna}"
        detail = [*reading.motivos, *table.told_of(reading.coluna)]
        if reading.amostras:
            samples = " · ".join(reading.amostras[:_SAMPLES])
            detail.append(sentence("pagina.exemplos", amostras=samples))
        key = "pagina.o-que-e" if reading.cabecalho else "pagina.o-que-e-sem-nome"
        title = sentence(key, letra=reading.coluna, cabecalho=reading.cabecalho)
        options = options_of(reading)
        found.append(QuestionCard(name, title, detail, options, draft.get(name, line.use), ()))
    for question in table.mapped.row_questions:
        name = f"p/{place}/{question.codigo}/{question.coluna or ''}/{question.valor}"
        answer = draft.get(name, "")
        found.append(
            QuestionCard(name, question.texto, (), question.opcoes, answer, question.linhas)
        )
    return found


def _meanings(table: Table, place: int, draft: Mapping[str, str]) -> list[Meaning]:
    asked = {one.coluna for one in table.mapped.asked_columns} if table.mapped else set()
    found = []
    for letter, line in table.lines.items():
        name = f"u/{place}/{letter}"
        reading = line.reading
        first = map(label_of, reading.sugestoes)
        use = draft.get(name, line.use)
        words = draft.get(f"w/{place}/{letter}", line.words)
        found.append(
            Meaning(
                name,
                use,
                list(dict.fromkeys(filter(None, [use, line.use, *first]))),
                words,
                TONES["coluna"][reading.situacao],
                letter in asked,
                " ".join(reading.motivos),
            )
        )
    return found


@lru_cache(maxsize=1)
def _every_option() -> Markup:
    """Every option of a column's drop-down: the same for all, and made once."""
    option = Markup("<option>{}</option>")
    status = Markup("<option data-status>{}</option>").format(folhas.SITUACAO_DA_NOTA)
    rest = (option.format(field.label) for field in FIELDS)
    return option.format(folhas.NAO_E_DA_NOTA) + status + Markup("").join(rest)


@blueprint.post("/arquivo/rascunho")
def rascunho() -> dict[str, object]:
    """Keep what is being typed, so that another page of rows or a reload loses none of it."""
    here, _, file = _named()
    kept = here.drafts.add(file, _fields())
    return {"mudancas": len(kept)}


@blueprint.post("/arquivo/descartar")
def descartar() -> Response:
    """Forget what was typed."""
    here, nome, file = _named()
    here.drafts.forget(file)
    return _back(nome)


@blueprint.post("/arquivo/salvar")
def salvar() -> Response:
    """Keep answers, put cells into the mended copy, and check everything again."""
    here, nome, file = _named()
    if here.state.task is not None:
        raise SettingsError(sentence("pagina.espere-salvar"))
    typed = typed_of(file, here.drafts.add(file, _fields()))
    settings = here.settings
    if typed.cells:
        copy = mending.mend(settings, file.seen, typed)
        here.drafts.forget(file)
        here.worker.start(Task.CONFERIR)
        nome = copy.relative_to(settings.folders.entrada).as_posix()
        return redirect(url_for("arquivo.inicio", nome=nome), 303)
    if typed.columns or typed.questions:
        problems = mending.answer(settings, here.environment, file.seen, typed)
        if problems:
            raise SettingsError(" ".join(dict.fromkeys(map(told, problems))))
    here.drafts.forget(file)
    here.worker.start(Task.CONFERIR)
    return _back(nome)


def _named() -> tuple[Desk, str, File]:
    here, nome = desk(), request.args.get("nome", "")
    file = here.files.get(nome)
    return here, nome, file or abort(404)


def _fields() -> dict[str, str]:
    return {name: text for name, text in request.form.items() if name.startswith(KINDS)}


def _back(nome: str) -> Response:
    here = url_for("arquivo.inicio", nome=nome)
    kept = {key: request.args[key] for key in ("aba", "ver", "pagina") if key in request.args}
    return redirect(f"{here}&{urlencode(kept)}" if kept else here, 303)
