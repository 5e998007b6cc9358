"""The stages in order, for every file of a run.

First, lotes of a run that broke off are asked about.
`understand`, what a file says by itself, wherever that runs: read, answers, map, complete, asked,
validate, compose, foresee.
`decide`, one file after the other with the journal: history, fate, group, claim.
Where there is an API, all files together: submit, respond; what came meanwhile is decided anew.
Settle: the lotes of each file as they stand now.
`finish`, again wherever that runs: report, write.

`conferir` goes the same way without an API, and its journal forgets what was claimed.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from converter.history.fate import fates_of
from converter.history.match_history import look_up
from converter.model.cells import RawBook
from converter.model.filerun import Checked, Decided, FileRun, Reported, Settled, Understood
from converter.model.history import LINHA_ALTERADA
from converter.model.problems import Severity
from converter.model.progress import Progress, Step, Tell, unheard
from converter.model.readfile import ReadFile
from converter.model.rows import ComposedSheet
from converter.model.run import RunReport
from converter.runtime.build_result import ResultOptions, keep_snapshot, report_of, reported
from converter.runtime.cells import ToUnderstand, cells_of, read_again
from converter.runtime.config import RunConfig
from converter.runtime.content import answers_for, content_of, understood, unreadable
from converter.runtime.environment import Environment
from converter.runtime.memory import gc_paused
from converter.runtime.results import Results
from converter.runtime.returns import read_returns
from converter.runtime.sending import Confirm, recover_earlier, send, unsent
from converter.runtime.session import Session, open_session
from converter.runtime.unmatched_answers import tell_unmatched
from converter.settings import Settings
from converter.stages.asked import ask
from converter.stages.claim import as_decided, claim
from converter.stages.complete import complete
from converter.stages.compose import compose
from converter.stages.group import group
from converter.stages.map import map_book
from converter.stages.validate import validate
from converter.stages.write import render


@gc_paused()
def run(
    settings: Settings,
    environment: Environment,
    names: Sequence[str],
    *,
    enviar: bool,
    tell: Tell,
    confirm: Confirm | None = None,
    payloads: bool = True,
) -> RunReport:
    """Convert `entrada/` (or the named files of it), then read what waits in `retornos/`.

    Without `enviar` everything is done but sending. `tell` hears what is ahead, then of the steps
    of each file; `confirm` is asked once before anything is sent, None sends without asking. With
    `payloads` the report keeps those of what is not sent, for `--json`.

    Raises:
        Abort: The journal or the folder cannot be used; nothing is lost.
        SettingsError: A choice that cannot be followed.
    """
    with open_session(settings, environment, names, enviar=enviar, tell=tell) as opened:
        recovered = recover_earlier(opened)
        tell(opened.begun())
        session, files = opened.understand_all(understand)

        with session.claiming():
            # Taken off one by one: once its lotes are made, nobody needs the JSON of a file.
            decided = [decide(files.popleft(), session, tell) for _ in range(len(files))]
            ready = session.ready(decided)
            sent = send(session, ready, decided, confirm)
            returns = read_returns(session)
            decided += [decide(file, session) for file in session.newly_answered(understand)]
            went = {one.lote.ref for one in sent if one.sent_now}
            results = Results(session, session.options(payloads=payloads), went)
            done = results.write(map(results.settle, decided), finish)
            unmatched = tell_unmatched(session, {file.arquivo for file in done})
            return session.report(
                files=done,
                returns=returns,
                orphans=unmatched,
                recovered=recovered,
                unsent=unsent(ready, sent),
            )


def understand(file: ToUnderstand, config: RunConfig, tell: Tell = unheard) -> FileRun[Understood]:
    """What a file says by itself: read and answers, then all of `check`."""
    cells = cells_of(file, tell)
    if cells.book is None:
        return unreadable(file, cells.problems)
    return file.to(understood(cells, check(cells.book, cells, config, tell)))


def check(book: RawBook, cells: ReadFile, config: RunConfig, tell: Tell = unheard) -> Checked:
    """A book as far as it can be understood by itself: map, complete, ask, validate, compose.

    What the city of each row would refuse (foresee) is said with all the rest, in `content_of`.
    """
    mapped = map_book(
        book,
        config.mappings,
        choice=config.choice,
        defaults=config.defaults,
        remembered=config.remembered,
        answered=answers_for(config, cells.said, book.sha256),
        tomadores=config.tomadores,
    )
    sheets, completed, consultas = complete(mapped.sheets, config.lookups)
    sheets, asked = ask(sheets, cells.said)
    mapped = replace(mapped, sheets=sheets, problems=(*mapped.problems, *completed))
    rows = sum(len(sheet.rows) for sheet in sheets)
    tell(Progress(book.arquivo, Step.CONFERINDO, rows))
    typed = [validate(sheet, config.rules) for sheet in sheets]
    tell(Progress(book.arquivo, Step.MONTANDO))
    composed = compose(typed)
    content = content_of(book, cells, mapped, typed, composed, asked, config)
    return Checked(content, typed, composed, mapped.chosen, consultas)


def decide(file: FileRun[Understood], session: Session, tell: Tell = unheard) -> FileRun[Decided]:
    """What becomes of each row of a file: history, fate, group; then its new lotes are claimed."""
    tell(Progress(file.arquivo, Step.AGRUPANDO))
    settings, journal = session.settings, session.journal
    content, objects = file.phase.content.load(), file.phase.objects.load()
    composed = list(map(ComposedSheet.of, content.rows, objects))
    history = look_up(
        journal,
        settings.ambiente,
        settings.reenviar,
        content,
        composed,
        session.arrived.present,
    )
    fates = fates_of(
        composed,
        history.rows,
        content.rejected,
        parcial=settings.parcial,
        waiting=content.waiting,
        hold_edited=session.config.severity(LINHA_ALTERADA) is Severity.ERRO,
    )
    lotes = group(file.arquivo, composed, fates, session.config.splitting)
    ready, refs = claim(
        journal, settings.ambiente, settings.reenviar, content, history, fates, lotes
    )
    return file.to(as_decided(file.phase, history, fates, ready, refs))


def finish(
    file: FileRun[Settled], options: ResultOptions, tell: Tell = unheard
) -> FileRun[Reported]:
    """What is told of a file and handed back: report, write.

    Raises:
        BalanceError: Its rows or its R$ do not add up.
    """
    tell(Progress(file.arquivo, Step.ESCREVENDO))
    report = report_of(file, options)
    data = file.phase.source.load().data
    cells = partial(read_again, data, file.arquivo)
    if options.snapshots:
        keep_snapshot(options.snapshots, file, report, cells)
    rendered = render(report, data or b"", nome=file.stem, cells=cells)
    return file.to(reported(report, rendered, file, options))
