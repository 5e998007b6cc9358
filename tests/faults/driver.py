"""A run small enough to be killed by the hundred: journal, client, sending and answering only.

Started as a program it runs the JSON command it is given, or reads one per line and forks a child
for each, so that the interpreter starts once. The child is what a crash point kills.
"""

import functools
import gc
import hashlib
import importlib
import json
import os
import pkgutil
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import converter
from converter import cli, crash, disk
from converter.focus import clients
from converter.focus.client import Transport
from converter.focus.clients import Clients
from converter.focus.tokens import Token
from converter.journal.journal import Journal
from converter.model.notas import Lote
from converter.stages.respond import Retorno, respond
from converter.stages.submit import recover, submit
from tests.faults.mutations import MUTATIONS
from tests.faults.samples import PRESTADORES, TOKEN, clock, lote

AMBIENTE = "homologacao"


def lotes(*, resent: bool = False) -> list[Lote]:
    """Two prestadores (one token: strictly one after the other), two notes each.

    `resent` is the same month exported once more with a row added: other lotes, same rows.
    """
    if resent:
        return [lote(1, notas=3, prestador=PRESTADORES[0], arquivo="b.xlsx")]
    return [lote(1, prestador=PRESTADORES[0]), lote(2, prestador=PRESTADORES[1])]


def run(folder: Path, url: str, *, resent: bool = False) -> dict[str, object]:
    """What `planilote converter` does about sending, in the same order."""
    with (
        Journal(folder / "diario" / "diario.sqlite3", clock) as journal,
        Clients(
            url,
            AMBIENTE,
            version="0",
            environ={},
            token=Token(TOKEN),
            transport=Transport(
                timeouts=(1.0, float(os.environ.get("LEITURA", "0.4"))), sleep=lambda seconds: None
            ),
        ) as asked,
    ):
        recover(journal, asked, AMBIENTE)
        wanted = lotes(resent=resent)
        taken = journal.claims_on(AMBIENTE, [nota.identity for one in wanted for nota in one.notas])
        fresh = [one for one in wanted if not any(n.identity in taken for n in one.notas)]
        prepared = journal.prepare(AMBIENTE, fresh)
        submit(prepared.ready, journal, asked, AMBIENTE)
        for outcome in journal.lotes(AMBIENTE):
            if outcome.content is not None and outcome.file_name is not None:
                disk.write_bytes(folder / "saida" / outcome.file_name, outcome.content)
        returns = folder / "retornos"
        if returns.is_dir():
            files = [Retorno(p.name, p.read_bytes()) for p in sorted(returns.iterdir())]
            respond(files, journal, asked, AMBIENTE)
        return summary(journal)


def summary(journal: Journal) -> dict[str, object]:
    """Everything that must not change when nothing is left to do."""
    return {
        outcome.lote.ref: {
            "state": outcome.state,
            "content": None
            if outcome.content is None
            else hashlib.sha256(outcome.content).hexdigest(),
            "rows": [nota.row for nota in outcome.lote.notas],
            "answers": [answer.numero for answer in outcome.answers],
            "messages": [message.text for message in outcome.messages],
            "claimed": len(
                journal.claims_on(AMBIENTE, [nota.identity for nota in outcome.lote.notas])
            ),
        }
        for outcome in journal.lotes(AMBIENTE)
    }


def _child(command: dict[str, str]) -> int:
    if command.get("point"):
        os.environ[crash.VARIABLE] = command["point"]
    if command.get("mutation"):
        MUTATIONS[command["mutation"]]()
    folder = Path(command["folder"])
    if command.get("cli"):
        return program(folder, command["url"])
    found = run(folder, command["url"], resent=bool(command.get("resent")))
    Path(folder, "resumo.json").write_text(json.dumps(found), encoding="utf-8")
    return 0


def program(folder: Path, url: str) -> int:
    """The whole of planilote on a folder with a spreadsheet; its exit status."""
    os.environ |= {"PLANILOTE_URL": url, "FOCUS_TOKEN": TOKEN}
    with mock.patch.object(clients, "Clients", Impatient):
        try:
            cli.main(["converter", "--pasta", str(folder), "--ambiente", AMBIENTE, "--quieto"])
        except SystemExit as ended:
            return int(ended.code or 0)
    return 0


class Impatient(Clients):
    """Clients of the whole program that wait for nothing."""

    def __init__(self, *args: Any, transport: Transport, **more: Any) -> None:
        quick = replace(transport, timeouts=(1.0, 0.4), sleep=lambda seconds: None)
        super().__init__(*args, transport=quick, **more)


@functools.cache
def _import_all() -> None:
    """What the program imports when it needs it, before the fork and not after each."""
    for module in pkgutil.walk_packages(converter.__path__, "converter."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in (
        "pandas",
        "pandera.pandas",
        "python_calamine",
        "openpyxl",
        "lxml.etree",
        "rich.console",
    ):
        importlib.import_module(name)


def main() -> None:
    if len(sys.argv) > 1:
        _child(json.loads(sys.argv[1]))
        return
    gc.freeze()
    for line in sys.stdin:
        command = json.loads(line)
        if command.get("cli"):
            _import_all()
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(read)
            # Both: the answer of this program is the only thing its standard output may hold.
            os.dup2(write, 1)
            os.dup2(write, 2)
            try:
                status = _child(command)
            except BaseException:  # noqa: BLE001 - the parent is told, whatever it was
                traceback.print_exc()
                status = 101
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        os.close(write)
        with os.fdopen(read, "rb") as said:
            told = said.read().decode(errors="replace")
        _, code = os.waitpid(pid, 0)
        print(json.dumps({"status": os.waitstatus_to_exitcode(code), "stderr": told}), flush=True)


if __name__ == "__main__":
    main()
