"""What a workbook that came back says of what was asked in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from converter.model.columns import Answers, Question
from converter.model.problems import Problem


@dataclass(frozen=True, slots=True)
class SourceAnswers:
    """What was said of one sheet of the file a workbook to mend was made from.

    `assinatura` is the fingerprint of its headers. Rows are those of the source. `esquecidas` are
    the letters of columns whose earlier answer was taken back.
    """

    assinatura: str
    planilha: str
    answers: Answers
    esquecidas: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """All that a workbook says of what was asked.

    `here` are answers by sheet of this very book, `signatures` the fingerprint each of them had in
    its source, `source` what is to be kept. `held` are the sheets whose answers cannot be
    followed, and `open` by sheet the questions nobody answered, with the rows of this book that
    wait for them.
    """

    here: Mapping[str, Answers] = field(default_factory=dict)
    signatures: Mapping[str, str] = field(default_factory=dict)
    source: tuple[SourceAnswers, ...] = ()
    problems: tuple[Problem, ...] = ()
    held: frozenset[str] = frozenset()
    open: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)


NOTHING_SAID = Said()
