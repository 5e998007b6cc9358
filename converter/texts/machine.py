"""What `--json` says: one object, in the keys of the contract."""

import json
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

from converter.model.columns import ColumnReading
from converter.model.outcome import LoteOutcome, Message, NotaAnswer, Situacao
from converter.model.problems import Problem
from converter.model.report import FileReport
from converter.model.run import FileDone, ReturnDone, RunReport, Standing
from converter.texts.catalogue import hint, message
from converter.texts.formato import cortado, na_pasta
from converter.texts.next_steps import held_lines, steps


def run_json(report: RunReport, pasta: Path) -> str:
    """A whole run."""
    return _dump(
        {
            "ambiente": report.ambiente,
            "codigo_saida": int(report.exit_code),
            "arquivos": [file_entry(done, pasta) for done in report.files],
            "respostas": [_return(done) for done in report.returns],
            "avulsos": [na_pasta(path, pasta) for path in report.orphans],
            "ignorados": [_problem(problem) for problem in report.skipped],
            "recuperados": [_lote(outcome, report.saida) for outcome in report.recovered],
        }
    )


def situacao_json(ambiente: str, standing: Standing) -> str:
    """Every lote the journal knows."""
    return _dump(
        {
            "ambiente": ambiente,
            "lotes": [
                {
                    "origem": outcome.lote.arquivo,
                    **_lote(outcome, standing.saida),
                    "prefeitura": standing.prefeituras.get(outcome.lote.prestador.codigo_municipio),
                    "substituido_por": list(standing.replaced.get(outcome.lote.ref, ())),
                    "notas_recusadas": sum(
                        answer.situacao is Situacao.RECUSADA for answer in outcome.answers
                    ),
                }
                for outcome in standing.outcomes
            ],
            "arquivos": [asdict(file) for file in standing.held],
            "a_fazer": [*held_lines(standing.held, ambiente), *steps(standing, ambiente)],
        }
    )


def file_entry(done: FileDone, pasta: Path) -> dict[str, object]:
    """One file; a file with nothing new answers what it answered when it was converted."""
    if done.report is None:
        kept: dict[str, object] = json.loads(done.summary or "{}")
        return kept
    return summary(done.report) | places(done, pasta)


def places(done: FileDone, pasta: Path) -> dict[str, object]:
    """The part of a file's entry that tells what was written."""
    return {
        "resultado": _shown(done.resultado, pasta),
        "corrigir": _shown(done.corrigir, pasta),
        "avisos": list(done.notices),
    }


def summary(report: FileReport) -> dict[str, object]:
    """The part of a file's entry that depends on its content alone."""
    balance = report.balance
    return {
        "arquivo": report.arquivo,
        "mapeamento": ", ".join(dict.fromkeys(sheet.mapeamento for sheet in report.sheets)) or None,
        "linhas_lidas": balance.lidas,
        "em_branco": balance.em_branco,
        "notas_enviadas": balance.enviadas,
        "notas_retidas": balance.retidas,
        "notas_rejeitadas": balance.rejeitadas,
        "notas_repetidas": balance.repetidas,
        "valor_lido": _reais(balance.valor_lido),
        "valor_enviado": _reais(balance.valor_enviado),
        "colunas": [_column(each) for sheet in report.sheets for each in sheet.columns],
        "perguntas": [asdict(each) for sheet in report.sheets for each in sheet.questions],
        "lotes": [_lote_of_file(outcome, report.saida) for outcome in report.outcomes],
        "problemas": [_problem(problem) for problem in report.problems],
        "problemas_alem": report.problems_beyond,
    }


def _column(reading: ColumnReading) -> dict[str, object]:
    return asdict(reading) | {"amostras": [cortado(sample) for sample in reading.amostras]}


def _lote_of_file(outcome: LoteOutcome, saida: str) -> dict[str, object]:
    entry = _lote(outcome, saida)
    if outcome.content is None:
        entry["payload"] = json.loads(outcome.lote.payload)
    return entry


def _lote(outcome: LoteOutcome, saida: str) -> dict[str, object]:
    lote = outcome.lote
    return {
        "ref": lote.ref,
        "prestador": lote.prestador._asdict(),
        "notas": len(lote.notas),
        "valor": _reais(lote.valor),
        "estado": str(outcome.state),
        "cancela": outcome.cancels,
        "arquivo": outcome.import_file(saida),
        "enviado_agora": outcome.sent_now,
        "mensagens": [_message(said) for said in outcome.messages],
    }


def _return(done: ReturnDone) -> dict[str, object]:
    outcome = done.outcome
    said = [_message(entry) for entry in outcome.messages] if outcome else []
    return {
        "ref": done.ref,
        "arquivo": done.arquivo,
        "notas": [_answer(answer) for answer in outcome.answers] if outcome else [],
        "estado": str(outcome.state) if outcome else None,
        "mensagens": said + [_message(entry) for entry in done.messages],
    }


def _answer(answer: NotaAnswer) -> dict[str, object]:
    return {
        "ordem": answer.ordem,
        "situacao": str(answer.situacao),
        "numero": answer.numero,
        "codigo_verificacao": answer.codigo_verificacao,
        "data_emissao": answer.data_emissao,
        "uri": answer.uri,
        "caminho_xml_nota_fiscal": answer.caminho_xml,
        "mensagens": [_message(said) for said in answer.messages],
    }


def _message(said: Message) -> dict[str, object]:
    return {"codigo": said.code, "texto": said.text, "campo": said.field, "ordem": said.ordem}


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "codigo": problem.code,
        "severidade": str(problem.severity),
        "planilha": problem.planilha,
        "linha": problem.row,
        "coluna": problem.column,
        "campo": problem.field,
        "valor": problem.value and cortado(problem.value),
        "mensagem": message(problem),
        "sugestao": hint(problem),
    }


def _reais(valor: Decimal) -> float:
    """A JSON number with at most two decimals; the exact text stays in the workbook."""
    return float(valor)


def _shown(path: Path | None, pasta: Path) -> str | None:
    return None if path is None else na_pasta(path, pasta)


def _dump(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
