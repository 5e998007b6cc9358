"""`Resumo`: what happened to the file, in words, numbers and one picture."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from converter.model.address import letters_of
from converter.model.columns import COLUMN_QUESTION
from converter.model.outcome import LoteState, Situacao
from converter.model.problems import Problem, Severity
from converter.model.report import FileReport
from converter.sheets.frame import Nomes, document, moment
from converter.sheets.resposta import told
from converter.texts import folhas
from converter.texts.sentences import sentence
from converter.workbook.new_sheet import (
    Grafico,
    NewSheet,
    Serie,
    TopCell,
    TopLine,
    place,
)

WIDTH = 11
CHARTED = 12
CHART_ROWS = 16
_COLOURS = {
    Situacao.AUTORIZADA: "3BA55D",
    Situacao.ENVIADA: "3E7CB1",
    Situacao.DESCONHECIDA: "8E5BC0",
    Situacao.RETIDA: "F0B429",
    Situacao.REJEITADA: "D64545",
    Situacao.RECUSADA: "A61B1B",
    Situacao.REPETIDA: "9AA5B1",
    Situacao.CANCELADA: "7B8794",
}
"""Of each situação in the chart, in its order."""


def resumo(
    report: FileReport, nomes: Nomes, avisos: Sequence[str], corrigir: str | None
) -> NewSheet:
    """The sheet. `avisos` are finished sentences about the book; `corrigir` a file name."""
    page = _Page()
    page.add(TopCell(f"Resumo de {report.arquivo}", "manchete"), height=30)
    banner = folhas.BANNERS.get(report.ambiente)
    if banner:
        page.wide(banner, "simulacao", 20)
    for step in next_steps(report, corrigir):
        page.wide(step, "passo", 36)
    page.blank()
    _balance(page, report)
    grafico = _totals(page, report)
    _lotes(page, report, nomes)
    _about(page, report, avisos)
    return NewSheet(
        nome=nomes.resumo,
        topo=tuple(page.rows),
        larguras=(54, *[15] * (WIDTH - 1)),
        grafico=grafico,
        tab_color="102A43",
    )


def next_steps(report: FileReport, corrigir: str | None) -> list[str]:
    """What the user should do now, the most urgent first."""
    if report.book is None:
        return [sentence("folhas.passo-arquivo")]
    states = Counter(outcome.state for outcome in report.outcomes)
    unknown = states[LoteState.DESCONHECIDO] + states[LoteState.ENVIANDO]
    refused = states[LoteState.RECUSADO]
    # The embedded prefeitura answers within the run: what waits was sent to another API.
    given = "retorno-simulado" if report.ambiente == "simulado" else "retorno"
    later = {
        "recusado": refused,
        "enviar": states[LoteState.PREPARADO],
        given: states[LoteState.GERADO],
        "notas-recusadas": 0 if refused else Counter(report.rows.situacao)[Situacao.RECUSADA],
    }
    steps = [*_step(report, "desconhecido", unknown), *_to_mend(report, corrigir)]
    steps += [step for key, count in later.items() for step in _step(report, key, count)]
    return steps or [_nothing_to_do(report)]


def _step(report: FileReport, key: str, count: int, **details: str) -> Iterator[str]:
    if count:
        known = {"ambiente": report.ambiente, "saida": report.saida} | details
        yield sentence(f"folhas.passo-{key}", n=count, **known)


def _to_mend(report: FileReport, corrigir: str | None) -> Iterator[str]:
    """What is to be answered, and what is to be mended, in the workbook made for that."""
    if not corrigir:
        return
    if report.asked:
        rows = any(one.row_questions for one in report.sheets)
        where = sentence("folhas.abas-perguntas" if rows else "folhas.aba-colunas")
        yield from _step(report, "responder", report.asked, onde=where, arquivo=corrigir)
    wrong = _not_asked(report)
    headers = {sheet.planilha: sheet.header_row for sheet in report.sheets}
    whole = [each for each in wrong if each.row in (None, headers.get(each.planilha or ""))]
    # What is wrong with a sheet as a whole cannot be mended in its cells.
    yield from _step(report, "aba", len(whole), arquivo=corrigir)
    if len(whole) < len(wrong) or not (wrong or report.asked):
        yield from _step(report, "corrigir", 1, arquivo=corrigir)


def _not_asked(report: FileReport) -> list[Problem]:
    """The errors that no answer in `Colunas` or `Perguntas` settles."""
    asked = {COLUMN_QUESTION, "pergunta-sem-resposta"}
    asked |= {one.codigo for sheet in report.sheets for one in sheet.row_questions}
    return [
        each
        for each in report.problems
        if each.severity is Severity.ERRO and each.code not in asked
    ]


def _nothing_to_do(report: FileReport) -> str:
    wrong = any(problem.severity is Severity.ERRO for problem in report.problems)
    reasons = {
        "pronto": bool(report.outcomes),
        "repetidas": report.balance.repetidas > 0,
        "erros": wrong,
        "nada": True,
    }
    key = next(key for key, true in reasons.items() if true)
    return sentence(f"folhas.passo-{key}", ambiente=report.ambiente)


class _Page:
    """Rows as they are laid, so that what follows knows where it stands."""

    def __init__(self) -> None:
        self.rows: list[TopLine] = []

    @property
    def next_row(self) -> int:
        """The row Excel shows for what comes next."""
        return len(self.rows) + 1

    def add(self, *cells: TopCell | None, height: float | None = None) -> None:
        """A row of cells from column A on."""
        self.rows.append(TopLine(cells, height))

    def wide(self, text: str, style: str, height: float | None = None) -> None:
        """A row with one sentence across the page."""
        self.add(TopCell(text, style, colunas=WIDTH), height=height)

    def blank(self) -> None:
        """An empty row."""
        self.rows.append(TopLine())

    def section(self, title: str) -> None:
        """A heading over the whole width."""
        self.blank()
        self.add(TopCell(title, "secao", colunas=WIDTH), height=24)

    def header(self, *titles: str) -> None:
        """The header of a table: the first column reads, the others count."""
        cells = [TopCell(titles[0], "titulo"), *(TopCell(t, "titulodireita") for t in titles[1:])]
        self.add(*cells, height=32)

    def fact(self, label: str, value: str) -> None:
        """A label and its value, wrapped over the rest of the page."""
        height = 15.0 * max(1, -(-len(value) // 150))
        self.add(
            TopCell(label, "rotulo"),
            TopCell(value, "mensagem", colunas=WIDTH - 1),
            height=height + 1,
        )


def _balance(page: _Page, report: FileReport) -> None:
    balance = report.balance
    page.section("Para onde foi cada linha")
    page.header("Destino", "Linhas", "R$")
    for label, rows, money in (
        ("Enviadas", balance.enviadas, balance.valor_enviado),
        (
            "Retidas (boas, ainda não enviadas)",
            balance.retidas,
            balance.valor_retido,
        ),
        ("Rejeitadas (com erro, ou recusadas)", balance.rejeitadas, balance.valor_rejeitado),
        ("Repetidas (já enviadas antes)", balance.repetidas, balance.valor_repetido),
        ("Em branco", balance.em_branco, None),
    ):
        page.add(TopCell(label), TopCell(rows, "quantidade"), TopCell(money, "valor"))
    page.add(
        TopCell("Lidas", "total"),
        TopCell(balance.lidas, "totalinteiro"),
        TopCell(balance.valor_lido, "totalvalor"),
    )
    unread = sum(valor is None for valor in report.rows.valor)
    if unread:
        page.wide(sentence("folhas.sem-valor", n=unread), "suave")


def _totals(page: _Page, report: FileReport) -> Grafico | None:
    """Both tables of prestador by situação, and the chart of the amounts."""
    amounts: dict[str, dict[Situacao, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    numbers: dict[str, Counter[Situacao]] = defaultdict(Counter)
    rows = report.rows
    for cnpj, situacao, valor in zip(rows.prestador, rows.situacao, rows.valor, strict=True):
        who = document(cnpj) or sentence("folhas.sem-prestador")
        numbers[who][situacao] += 1
        amounts[who][situacao] += valor or Decimal(0)
    if not numbers:
        return None
    present = [each for each in _COLOURS if any(counts[each] for counts in numbers.values())]
    people = sorted(amounts, key=lambda who: (-sum(amounts[who].values()), who))
    page.section("Valores por prestador e situação, em R$")
    start = page.next_row
    _matrix(page, people, present, amounts, "valor")
    page.section("Notas por prestador e situação")
    _matrix(page, people, present, numbers, "quantidade")
    page.blank()
    chart_row = page.next_row - 1
    for _ in range(CHART_ROWS):
        page.blank()
    charted = people[:CHARTED]
    first, last = start + 1, start + len(charted)
    key = "folhas.grafico-maiores" if len(people) > CHARTED else "folhas.grafico"
    title = sentence(key, n=CHARTED)
    series = tuple(
        Serie(
            str(situacao),
            f"${letters_of(index + 1)}${first}:${letters_of(index + 1)}${last}",
            tuple(amounts[who][situacao] for who in charted),
            _COLOURS[situacao],
        )
        for index, situacao in enumerate(present, 1)
    )
    return Grafico(
        titulo=title,
        categorias=f"$A${first}:$A${last}",
        nomes=tuple(charted),
        series=series,
        ancora=(0, chart_row, min(WIDTH, 7), chart_row + CHART_ROWS),
    )


def _matrix(
    page: _Page,
    people: Sequence[str],
    present: Sequence[Situacao],
    values: Mapping[str, Mapping[Situacao, Decimal | int]],
    style: str,
) -> None:
    total_style = {"valor": "totalvalor", "quantidade": "totalinteiro"}[style]
    page.header("Prestador", *(each.capitalize() for each in present), "total".capitalize())
    for who in people:
        cells = [TopCell(values[who][each] or None, style) for each in present]
        page.add(TopCell(who, "codigo"), *cells, TopCell(sum(values[who].values()), total_style))
    sums = [sum(values[who][each] for who in people) for each in present]
    page.add(
        TopCell("Total", "total"),
        *(TopCell(each, total_style) for each in sums),
        TopCell(sum(sums), total_style),
    )


def _lotes(page: _Page, report: FileReport, nomes: Nomes) -> None:
    if not report.outcomes:
        return
    page.section("Lotes")
    page.add(
        TopCell("Ref", "titulo"),
        TopCell("Aba", "titulo"),
        TopCell("Prestador", "titulo", colunas=2),
        TopCell("Notas", "titulodireita"),
        TopCell("R$", "titulodireita"),
        TopCell("Estado", "titulo", colunas=2),
        TopCell("Arquivo e mensagens", "titulo", colunas=3),
        height=32,
    )
    for outcome, name in zip(report.outcomes, nomes.lotes, strict=True):
        said = [outcome.file_name] if outcome.file_name else []
        said += [told(message) for message in outcome.messages]
        text = "\n".join(said)
        page.add(
            TopCell(outcome.lote.ref, "link", place(name, "A1")),
            TopCell(name, "link", place(name, "A1")),
            TopCell(document(outcome.lote.prestador.cnpj), "codigo", colunas=2),
            TopCell(len(outcome.lote.notas), "quantidade"),
            TopCell(outcome.lote.valor, "valor"),
            TopCell(folhas.ESTADOS[outcome.state], "mensagem", colunas=2),
            TopCell(text, "mensagem", colunas=3),
            height=15.0 * max(2, sum(-(-len(line) // 44) for line in said)) + 1,
        )


def _about(page: _Page, report: FileReport, avisos: Sequence[str]) -> None:
    page.section("Sobre este resultado")
    page.fact("Ambiente", folhas.AMBIENTES.get(report.ambiente, report.ambiente))
    page.fact("Arquivo", f"entrada/{report.arquivo}")
    page.fact("SHA-256 do arquivo", report.sha256)
    for sheet in report.sheets:
        ignored = ", ".join(f"{each.letter} ({each.header})" for each in sheet.ignored)
        key = "folhas.mapeamento-sem" if ignored else "folhas.mapeamento"
        text = sentence(key, nome=sheet.mapeamento, linha=sheet.header_row, colunas=ignored)
        page.fact(f"Mapeamento de {sheet.planilha}", text)
    for number, said in enumerate([*avisos, *report.assumptions]):
        page.fact("Avisos e suposições" if number == 0 else "", said)
    page.fact("Situação em", moment(report.updated_at))
    page.fact("Versão", f"planilote {report.versao}")
