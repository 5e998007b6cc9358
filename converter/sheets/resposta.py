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
from converter.workbook.new_sheet import NewColumn, NewSheet, TopCell, TopLine

COLUMNS = 14


class _Line(NamedTuple):
    """One note that was answered; `planilha` is empty and `row` 0 where nobody knows its row."""

    outcome: LoteOutcome
    answer: NotaAnswer
    nota: Nota | None

    @property
    def planilha(self) -> str:
        return self.nota.planilha if self.nota else ""

    @property
    def row(self) -> int:
        return self.nota.row if self.nota else 0


def resposta(report: FileReport, nomes: Nomes) -> NewSheet:
    """The sheet; before any answer it says what to do to get one."""
    lines = list(_lines(report))
    header = top(
        report.ambiente,
        "Resposta da prefeitura",
        sentence("folhas.resposta-ajuda"),
        columns=COLUMNS,
    )
    if not lines:
        line = TopLine(
            (
                TopCell(
                    sentence("folhas.sem-resposta", ambiente=report.ambiente),
                    "passo",
                    colunas=COLUMNS,
                ),
            ),
            32,
        )
        header = (*header[:-1], line)
    return NewSheet(
        nome=nomes.resposta,
        topo=header,
        colunas=(*_of_row(report, lines, nomes), *_of_answer([line.answer for line in lines])),
        enderecos=False,
        tab_color="3BA55D",
    )


def _lines(report: FileReport) -> Iterator[_Line]:
    for outcome in report.outcomes:
        notas = {nota.ordem: nota for nota in outcome.lote.notas} if outcome.answers else {}
        for answer in outcome.answers:
            yield _Line(outcome, answer, notas.get(answer.ordem))


def _of_row(report: FileReport, lines: Sequence[_Line], nomes: Nomes) -> tuple[NewColumn, ...]:
    """Which note it is."""
    lotes = [line.outcome.lote for line in lines]
    refs = lote_links(nomes, [outcome.lote.ref for outcome in report.outcomes])
    told = [(line.nota.tomador, line.nota.valor) if line.nota else (None, None) for line in lines]
    tomadores, valores = [tomador for tomador, _ in told], [valor for _, valor in told]
    planilhas, rows = [line.planilha for line in lines], [line.row for line in lines]
    number = "titulodireita"
    return (
        NewColumn(
            "Ref",
            [lote.ref for lote in lotes],
            "link",
            36,
            links=[refs[lote.ref] for lote in lotes],
        ),
        NewColumn("Prestador", [document(lote.prestador.cnpj) for lote in lotes], "codigo", 20),
        NewColumn(
            "Ordem no lote",
            [line.answer.ordem for line in lines],
            "inteiro",
            9,
            estilo_titulo=number,
        ),
        NewColumn("Aba", planilhas, "texto", 16),
        NewColumn(
            "Linha",
            [row or None for row in rows],
            "linkinteiro",
            8,
            links=RowLinks(nomes, planilhas, rows),
            estilo_titulo=number,
        ),
        NewColumn("Tomador", tomadores, "texto", 34),
        NewColumn("Valor", valores, "valor", 16, estilo_titulo=number),
    )


def _of_answer(answers: Sequence[NotaAnswer]) -> tuple[NewColumn, ...]:
    """What was said of it."""
    situacoes = [answer.situacao for answer in answers]
    uris = [answer.uri for answer in answers]
    return (
        NewColumn(
            "Situação",
            [situacao.value for situacao in situacoes],
            "texto",
            14,
            estilos=situacao_styles(situacoes),
        ),
        NewColumn("Número da NFS-e", [answer.numero for answer in answers], "codigo", 18),
        NewColumn(
            "Código de verificação",
            [answer.codigo_verificacao for answer in answers],
            "codigo",
            34,
        ),
        NewColumn(
            "Emissão", [told_moment(answer.data_emissao) for answer in answers], "codigo", 20
        ),
        NewColumn("Link", uris, "link", 30, links=list(map(web, uris))),
        NewColumn("XML da nota", [answer.caminho_xml for answer in answers], "codigo", 30),
        NewColumn(
            "Mensagens",
            ["\n".join(map(told, answer.messages)) for answer in answers],
            "mensagem",
            60,
        ),
    )


def told(message: Message) -> str:
    """A message of the API or the prefeitura with its code and its correction, word for word."""
    text = resultado.dito(message)
    return f"{text} ({message.correction})" if message.correction else text
