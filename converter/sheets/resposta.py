"""`Resposta`: the answer of the prefeitura, one line per note."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from converter.model.notas import Nota
from converter.model.outcome import LoteOutcome, Message, NotaAnswer
from converter.model.report import FileReport
from converter.sheets.frame import (
    Nomes,
    RowLinks,
    document,
    lote_links,
    situacao_styles,
    told_moment,
    top,
    web,
)
from converter.texts import resultado
from converter.texts.sentences import sentence
from converter.workbook.new_sheet import NewColumn, NewSheet

COLUMNS = 14


class _Line(NamedTuple):
    """One note that was answered; `nota` is None where nobody knows its row."""

    outcome: LoteOutcome
    answer: NotaAnswer
    nota: Nota | None


def resposta(report: FileReport, nomes: Nomes) -> NewSheet:
    """The sheet; before any answer it says what to do to get one."""
    lines = list(_lines(report))
    help_text = [sentence("folhas.resposta-ajuda")] if lines else []
    step = "" if lines else sentence("folhas.sem-resposta", ambiente=report.ambiente)
    title = "Resposta da prefeitura"
    return NewSheet(
        nome=nomes.resposta,
        topo=top(report.ambiente, title, *help_text, columns=COLUMNS, step=step),
        colunas=(
            *_of_lote(report, lines, nomes),
            *_of_row(lines, nomes),
            *_of_answer([line.answer for line in lines]),
        ),
        enderecos=False,
        tab_color="3BA55D",
    )


def _lines(report: FileReport) -> Iterator[_Line]:
    for outcome in report.outcomes:
        notas = {nota.ordem: nota for nota in outcome.lote.notas} if outcome.answers else {}
        for answer in outcome.answers:
            yield _Line(outcome, answer, notas.get(answer.ordem))


def _of_lote(report: FileReport, lines: Sequence[_Line], nomes: Nomes) -> tuple[NewColumn, ...]:
    """Which lote it is in, and where."""
    lotes = [line.outcome.lote for line in lines]
    refs = [lote.ref for lote in lotes]
    links = lote_links(nomes, report.outcomes)
    ordens = [line.answer.ordem for line in lines]
    return (
        NewColumn("Ref", refs, "link", 36, links=[links[ref] for ref in refs]),
        NewColumn("Prestador", [document(lote.prestador.cnpj) for lote in lotes], "codigo", 20),
        NewColumn("Ordem no lote", ordens, "inteiro", 9),
    )


def _of_row(lines: Sequence[_Line], nomes: Nomes) -> tuple[NewColumn, ...]:
    """Which row of the source it is."""
    notas = [line.nota for line in lines]
    planilhas = [nota.planilha if nota else "" for nota in notas]
    rows = [nota.row if nota else 0 for nota in notas]
    tomadores = [nota.tomador if nota else None for nota in notas]
    valores = [nota.valor if nota else None for nota in notas]
    shown, links = [row or None for row in rows], RowLinks(nomes, planilhas, rows)
    return (
        NewColumn("Aba", planilhas, "texto", 16),
        NewColumn("Linha", shown, "linkinteiro", 8, links),
        NewColumn("Tomador", tomadores, "texto", 34),
        NewColumn("Valor", valores, "valor", 16),
    )


def _of_answer(answers: Sequence[NotaAnswer]) -> tuple[NewColumn, ...]:
    """What was said of it."""
    situacoes = [answer.situacao for answer in answers]
    marks = situacao_styles(situacoes)
    codes = [answer.codigo_verificacao for answer in answers]
    moments = [told_moment(answer.data_emissao) for answer in answers]
    uris = [answer.uri for answer in answers]
    said = ["\n".join(map(told, answer.messages)) for answer in answers]
    return (
        NewColumn("Situação", [*map(str, situacoes)], "texto", 14, estilos=marks),
        NewColumn("Número da NFS-e", [answer.numero for answer in answers], "codigo", 18),
        NewColumn("Código de verificação", codes, "codigo", 34),
        NewColumn("Emissão", moments, "codigo", 20),
        NewColumn("Link", uris, "link", 30, links=list(map(web, uris))),
        NewColumn("XML da nota", [answer.caminho_xml for answer in answers], "codigo", 30),
        NewColumn("Mensagens", said, "mensagem", 60),
    )


def told(message: Message) -> str:
    """A message of the API or the prefeitura with its code and its correction, word for word."""
    text = resultado.dito(message)
    return f"{text} ({message.correction})" if message.correction else text
