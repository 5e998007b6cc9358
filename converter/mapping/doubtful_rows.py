"""Questions about rows that may be no notes of their own: set aside, no service, written twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from converter.brazil.headers import fold, fold_words
from converter.mapping.left_over import NUMBERS
from converter.mapping.questions import Asked, NoteRows, listed, of_words, options_of, quoted
from converter.mapping.remarks import begins, remarks
from converter.mapping.rows import Column
from converter.mapping.sense import DESCRICAO, NOME, VALOR
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue
from converter.model.rows import KEY_PATHS


def set_aside(notes: NoteRows) -> Iterator[Asked]:
    """Every row of a tab or a file whose name says that its notes do not go: `Canceladas`."""
    names = [notes.arquivo] if _stays(notes.arquivo) else []
    if not notes.sheet.separator and _is_set_aside(notes.sheet.name):
        names.append(notes.sheet.name)
    if names and notes.rows:
        options = options_of("nao_enviar", "enviar")
        yield Asked("nome-que-retem", None, tuple(notes.rows), options, {"nomes": quoted(names)})


def _stays(name: str) -> bool:
    folded, doubts = fold_words(name), vocabulary().doubts
    return begins(folded, doubts["nome"]) and not begins(folded, doubts["nome_que_vai"])


def _is_set_aside(name: str) -> bool:
    folded, doubts = fold_words(name), vocabulary().doubts
    told = begins(folded, doubts["aba"]) and not begins(folded, doubts["nome_que_vai"])
    return told or folded.startswith(doubts["aba_no_comeco"]) or _stays(name)


def no_services(notes: NoteRows) -> Iterator[Asked]:
    """Rows whose text says no service: a discount, a fine, money given back."""
    source = notes.understood.fit.sources.get(DESCRICAO)
    for cell in source.cells if source else ():
        if cell.index < len(notes.columns):
            found = _of_no_service(notes.columns[cell.index])
            if found:
                yield of_words(notes, "linha-sem-servico", cell.index, found)


def _of_no_service(column: Column) -> list[RawValue]:
    begun, alone = vocabulary().doubts["sem_servico"], vocabulary().doubts["so_isso"]
    likely = remarks(column, (*begun, *alone))
    return [text for text in likely if _says_no_service(fold_words(text_of(text)), begun)]


def _says_no_service(text: str, begun: Sequence[str]) -> bool:
    return f"{text} ".startswith(tuple(begun)) or text in vocabulary().doubts["so_isso"]


def near_copies(notes: NoteRows) -> Iterator[Asked]:
    """Rows that differ from one above them in accents, case, blanks and signs alone.

    What equals one above it to the letter is told apart later, by what its cells were read as.
    """
    same, texts = _columns_of_the_key(notes)
    keys = list(zip(*same, strict=True)) if texts else []
    several = {key for key, times in Counter(keys).items() if times > 1}
    alike: dict[tuple[RawValue, ...], list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        if key in several:
            alike[key].append(at)
    found = sorted(pair for places in alike.values() for pair in _twice(places, texts))
    if found:
        pairs = [f"{notes.rows[at]} e {notes.rows[upper]}" for at, upper in found]
        options = options_of("nao_enviar", "enviar")
        rows = tuple(notes.rows[at] for at, _ in found)
        yield Asked("linha-quase-igual", None, rows, options, {"pares": listed(pairs)})


def _twice(places: Sequence[int], texts: Sequence[Column]) -> Iterator[tuple[int, int]]:
    """Each place whose texts are those of one before it but for their spelling, and that one."""
    first: dict[tuple[str, ...], tuple[int, list[str]]] = {}
    for at in places:
        said = [text_of(column[at]) for column in texts]
        upper, spelt = first.setdefault(tuple(map(fold, said)), (at, said))
        if spelt != said:
            yield at, upper


def _columns_of_the_key(notes: NoteRows) -> tuple[list[Column], list[Column]]:
    """What tells notes apart to the letter, and the texts that do but for their spelling.

    No texts where the amount has no column yet: rows are alike then that are not.
    """
    sources = notes.understood.fit.sources
    there = {path: one for path, one in sources.items() if one.cells[0].index < len(notes.columns)}
    exact = [one.cells[0].index for path, one in there.items() if path in KEY_PATHS - {DESCRICAO}]
    kept = [notes.columns[index] for index in (*exact, *_numbering(notes))]
    if not {VALOR, DESCRICAO} <= there.keys() or not there.keys() & {"data_emissao", NOME}:
        return kept, []
    spelt = [there[path] for path in (DESCRICAO, NOME) if path in there]
    return kept, [notes.columns[cell.index] for one in spelt for cell in one.cells]


def _numbering(notes: NoteRows) -> Iterator[int]:
    """The columns that number the rows."""
    for index, one in notes.understood.decisions.items():
        if one.why == NUMBERS and index < len(notes.columns):
            yield index
