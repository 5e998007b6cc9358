"""What one run did, for the console, for `--json` and for the exit code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from converter.model.exit_code import ExitCode
from converter.model.outcome import LoteOutcome, LoteState, Message, Situacao
from converter.model.problems import Problem, Severity
from converter.model.report import FileReport


@dataclass(frozen=True, slots=True)
class FileDone:
    """One file of `entrada/` after the run.

    `report` is None where the file had nothing new: `summary` is then what an earlier run said of
    it (JSON) and `refs` its lotes. `refused` tells that something in it needs the user.
    """

    arquivo: str
    report: FileReport | None
    resultado: Path | None = None
    corrigir: Path | None = None
    notices: tuple[str, ...] = ()
    summary: str | None = None
    refs: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a row, a lote or the whole file waits for the user."""
        return self.report is not None and self.report.waits


class ReturnState(StrEnum):
    """What became of one return file."""

    LIDO = "lido"
    REPETIDO = "repetido"
    RECUSADO = "recusado"
    SEM_LOTE = "sem lote"
    ESPERANDO = "esperando"


@dataclass(frozen=True, slots=True)
class ReturnDone:
    """One file of `retornos/` for one lote. `ref` and `outcome` are None where none was found."""

    arquivo: str
    state: ReturnState
    ref: str | None = None
    outcome: LoteOutcome | None = None
    messages: tuple[Message, ...] = ()

    @property
    def read(self) -> bool:
        """Whether all it says is known, now or since an earlier run."""
        return self.state in {ReturnState.LIDO, ReturnState.REPETIDO}

    @property
    def refused(self) -> bool:
        """Whether the file, or a note it speaks of, waits for the user."""
        return not self.read or any(
            answer.situacao is Situacao.RECUSADA
            for answer in (self.outcome.answers if self.outcome else ())
        )


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file of `entrada/` with notes that are in no lote, as its last run left it.

    `rejeitadas` and `retidas` count them, `perguntas` what is asked; `corrigir` is the workbook to
    mend as seen from the working folder.
    """

    arquivo: str
    rejeitadas: int = 0
    retidas: int = 0
    perguntas: int = 0
    corrigir: str | None = None

    def __bool__(self) -> bool:
        return bool(self.rejeitadas or self.retidas or self.perguntas)


@dataclass(frozen=True, slots=True)
class Standing:
    """Every lote of an ambiente, oldest first, and the `saida` its import files are in.

    `replaced` holds, by ref, the lotes in which rows that a lote gave back went out again; `held`
    the files with notes in no lote; `prefeituras` name and site by IBGE code; `months` those of
    each lote's notes in their order (`2026-09`), where they were asked for.
    """

    saida: str
    outcomes: tuple[LoteOutcome, ...]
    replaced: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    held: tuple[WaitingFile, ...] = ()
    prefeituras: Mapping[str, str] = field(default_factory=dict)
    months: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunReport:
    """A whole run. `enviar` is False for `conferir`.

    `saida` is the folder of its results as seen from the working folder; `apart` tells that those
    of a more real ambiente stand in its place.
    `orphans` are the workbooks written for answers to lotes that are in no file any more.
    `interrupted` is when a run that died in this folder had begun (ISO 8601). `unknown` counts
    lotes nobody knows the state of, `unsent` those that were ready and did not go. `prefeituras`
    are name and site by IBGE code.
    """

    ambiente: str
    saida: str
    enviar: bool
    apart: bool = False
    files: tuple[FileDone, ...] = ()
    skipped: tuple[Problem, ...] = ()
    returns: tuple[ReturnDone, ...] = ()
    orphans: tuple[Path, ...] = ()
    recovered: tuple[LoteOutcome, ...] = ()
    interrupted: str | None = None
    unknown: int = 0
    unsent: int = 0
    prefeituras: Mapping[str, str] = field(default_factory=dict)

    @property
    def outcomes(self) -> tuple[LoteOutcome, ...]:
        """The lotes of all its files."""
        return tuple(one for done in self.files if done.report for one in done.report.outcomes)

    @property
    def exit_code(self) -> ExitCode:
        """The worst thing that happened."""
        if self.unknown:
            return ExitCode.UNKNOWN
        read = [done for done in self.files if done.report is None or done.report.book is not None]
        if not read and not self.returns and not self.recovered:
            return ExitCode.USAGE
        return ExitCode.REFUSED if self._refused else ExitCode.OK

    @property
    def _refused(self) -> bool:
        """Whether anything waits for the user, or did not go."""
        return (
            self.unsent > 0
            or any(problem.severity is Severity.ERRO for problem in self.skipped)
            or any(done.refused for done in self.files)
            or any(done.refused for done in self.returns)
            or any(outcome.state is LoteState.RECUSADO for outcome in self.recovered)
        )
