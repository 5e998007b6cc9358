"""An invented file and its fate, as the pipeline would report it."""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl

from converter.brazil import cnpj
from converter.model.cells import MappedSheet, Percent, RawBook, RawSheet, RawValue, SourceColumn
from converter.model.notas import Lote, Nota, Prestador
from converter.model.outcome import LoteOutcome, LoteState, NotaAnswer, Situacao
from converter.model.packed import pack
from converter.model.problems import Problem, Severity
from converter.model.report import Balance, FileReport, ResultRows
from tests.layouts import amostras

HEADER = (
    "CNPJ do prestador",
    "Tomador",
    "CPF ou CNPJ",
    "Discriminação",
    "Valor",
    "Alíquota",
    "Emissão",
)
HEADER_ROW = 3
FIRST_ROW = 4
MUNICIPIOS = ("3505708", "3550308")
ERRO, AVISO = "livro-editado", "livro-aberto"
"""Codes whose sentences exist; which ones does not matter to a sheet."""


def with_known_layout(made: FileReport) -> FileReport:
    """The same, its lotes answered with a file of a layout that is known, so with a table."""
    content = amostras.written("barueri-pmb004")[1]
    return replace(made, outcomes=tuple(replace(one, content=content) for one in made.outcomes))


def prestadores(count: int) -> list[Prestador]:
    made = []
    for number in range(count):
        base = f"{45_000_000 + 7919 * number:08d}0001"
        digits = cnpj.calc_check_digits(base)
        made.append(Prestador(base + digits, f"{1000 + number}", MUNICIPIOS[number % 2]))
    return made


def rows_of(count: int, issuers: Sequence[Prestador]) -> list[Sequence[RawValue]]:
    return [
        ("Notas de outubro",),
        (),
        HEADER,
        *(
            (
                issuers[number % len(issuers)].cnpj,
                f"Cliente {number} Comércio e Serviços Ltda",
                "51916585000125",
                '=Consultoria; "mensal" & apoio',
                1234.5 + number,
                Percent(0.03),
                date(2026, 10, 1 + number % 28),
            )
            for number in range(count)
        ),
    ]


def source_book(rows: Sequence[Sequence[RawValue]]) -> bytes:
    """An xlsx with those rows, as the user would have made it."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Notas")
    for row in rows:
        sheet.append([value.fraction if isinstance(value, Percent) else value for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def report(
    count: int = 12,
    *,
    ambiente: str = "simulado",
    kind: str = "xlsx",
    issuers: int = 2,
    wrong: int | None = 5,
    repeated: int | None = 6,
    answered: bool = True,
    state: LoteState = LoteState.GERADO,
) -> tuple[FileReport, bytes]:
    """A report of `count` rows in turns among the prestadores, and the bytes of its source.

    Row index `wrong` is rejeitada (and colours its CNPJ), `repeated` repetida; the first
    prestador's lote is answered where `answered`.
    """
    people = prestadores(issuers)
    rows = rows_of(count, people)
    source = source_book(rows) if kind == "xlsx" else b"texto"
    arquivo = f"exemplo.{kind}"
    digest = hashlib.sha256(source).hexdigest()
    valores = [Decimal("1234.50") + number for number in range(count)]
    notas: list[list[Nota]] = [[] for _ in people]
    situacoes: list[Situacao] = []
    ordens: list[int | None] = []
    for number in range(count):
        issuer = number % issuers
        if number in {wrong, repeated}:
            situacoes.append(Situacao.REJEITADA if number == wrong else Situacao.REPETIDA)
            ordens.append(None)
            continue
        here = notas[issuer]
        here.append(
            Nota(
                f"{number:064d}",
                "Notas",
                FIRST_ROW + number,
                len(here) + 1,
                "51916585000125",
                f"Cliente {number}",
                valores[number],
            )
        )
        done = answered and issuer == 0
        situacoes.append(Situacao.AUTORIZADA if done else Situacao.ENVIADA)
        ordens.append(len(here))
    outcomes = tuple(
        _outcome(arquivo, people[index], notas[index], state, answered and index == 0)
        for index in range(issuers)
    )
    refs = [
        outcomes[number % issuers].lote.ref if ordem else None
        for number, ordem in enumerate(ordens)
    ]
    authorised = [situacao is Situacao.AUTORIZADA for situacao in situacoes]
    problems: list[Problem] = []
    if wrong is not None:
        row = FIRST_ROW + wrong
        problems = [
            Problem(
                ERRO, Severity.ERRO, arquivo, "Notas", row, "C", HEADER[2], "tomador.cnpj", "123"
            ),
            Problem(
                AVISO, Severity.AVISO, arquivo, "Notas", row, "F", HEADER[5], "servico.aliquota"
            ),
        ]
    return (
        FileReport(
            arquivo=arquivo,
            ambiente=ambiente,
            saida="saida",
            versao="0.1.0",
            sha256=digest,
            book=RawBook(arquivo, digest, len(source), kind, (RawSheet("Notas", rows),)),
            sheets=(
                MappedSheet(
                    arquivo,
                    "Notas",
                    "servicos",
                    HEADER_ROW,
                    list(range(FIRST_ROW, FIRST_ROW + count)),
                    {},
                    ignored=(SourceColumn("H", "Observação"),),
                ),
            ),
            assumptions=("Texto lido em UTF-8.",),
            problems=tuple(problems),
            outcomes=outcomes,
            rows=ResultRows(
                planilha=["Notas"] * count,
                row=list(range(FIRST_ROW, FIRST_ROW + count)),
                prestador=[people[number % issuers].cnpj for number in range(count)],
                tomador=[f"Cliente {number} Comércio e Serviços Ltda" for number in range(count)],
                documento=["51916585000125"] * count,
                valor=valores,
                situacao=situacoes,
                ref=refs,
                ordem=ordens,
                numero=[str(1000 + n) if yes else None for n, yes in enumerate(authorised)],
                codigo_verificacao=["ABCD-1234" if yes else None for yes in authorised],
                uri=[
                    f"https://nfe.example.com/n?i={n}&c=A" if yes else None
                    for n, yes in enumerate(authorised)
                ],
                caminho_xml=[
                    f"/notas/NFSe{n}.xml" if yes else None for n, yes in enumerate(authorised)
                ],
                mensagens=[""] * count,
            ),
            balance=_balance(situacoes, valores),
            to_fix=frozenset(() if wrong is None else (("Notas", FIRST_ROW + wrong),)),
            updated_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
        ),
        source,
    )


def without_lotes(made: FileReport, situacao: Situacao) -> FileReport:
    """The same file before anything was grouped: every row has that fate."""
    count = len(made.rows.row)
    nothing = [None] * count
    return replace(
        made,
        outcomes=(),
        rows=replace(
            made.rows,
            situacao=[situacao] * count,
            ref=nothing,
            ordem=nothing,
            numero=nothing,
            codigo_verificacao=nothing,
            uri=nothing,
            caminho_xml=nothing,
        ),
    )


def _outcome(
    arquivo: str, issuer: Prestador, notas: Sequence[Nota], state: LoteState, answered: bool
) -> LoteOutcome:
    payload = json.dumps({"prestador": {"cnpj": issuer.cnpj}, "lista_nfse": []}).encode()
    ref = "pl" + hashlib.sha256(payload).hexdigest()[:30]
    lote = Lote(ref, arquivo, issuer, pack(payload), tuple(notas))
    if state is LoteState.PREPARADO:
        return LoteOutcome(lote, state)
    lines = ["11000PMB004" + "0" * 11]
    lines += [f"2RPS  {nota.ordem:010d}20261001E" + "SERVIÇO PRESTADO " * 30 for nota in notas]
    content = "\r\n".join([*lines, "9000000500000012345"]).encode("latin-1")
    answers = tuple(
        NotaAnswer(nota.ordem, Situacao.AUTORIZADA, str(900 + nota.row), "ABCD-1234")
        for nota in notas
        if answered
    )
    return LoteOutcome(
        lote,
        LoteState.RESPONDIDO if answered else state,
        sent_now=True,
        content=content,
        file_name=f"{ref}.txt",
        updated_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
        answers=answers,
    )


def _balance(situacoes: Sequence[Situacao], valores: Sequence[Decimal]) -> Balance:
    def count(*those: Situacao) -> int:
        return sum(situacao in those for situacao in situacoes)

    def money(*those: Situacao) -> Decimal:
        pairs = zip(situacoes, valores, strict=True)
        return sum((valor for situacao, valor in pairs if situacao in those), Decimal(0))

    sent = (Situacao.ENVIADA, Situacao.AUTORIZADA)
    return Balance(
        lidas=len(situacoes),
        em_branco=0,
        enviadas=count(*sent),
        retidas=count(Situacao.RETIDA),
        rejeitadas=count(Situacao.REJEITADA),
        repetidas=count(Situacao.REPETIDA),
        valor_lido=money(*Situacao),
        valor_enviado=money(*sent),
        valor_retido=money(Situacao.RETIDA),
        valor_rejeitado=money(Situacao.REJEITADA),
        valor_repetido=money(Situacao.REPETIDA),
    )
