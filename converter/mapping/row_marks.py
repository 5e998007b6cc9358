"""What a column tells of whether its rows go: a situation, an issued note, a yes or no of one."""

from collections.abc import Sequence

from converter.brazil.headers import fold_words
from converter.mapping.header_words import words_of
from converter.mapping.remarks import (
    begins,
    is_currency,
    is_foreign,
    is_payment,
    is_situation,
    says_no,
    stops,
    ticks,
)
from converter.mapping.sense import Mark, Sense
from converter.mapping.value_kinds import (
    is_code,
    is_name,
    is_number,
    is_written_day,
    is_yes_no,
    looks_day,
)
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank

_BITS = ("0", "1", 0, 1)
_BOTH = 2


def mark_of(one: Sense) -> Mark | None:
    """What a column tells of its rows, None where it tells nothing of whether they go."""
    if "moeda" in one.ideas and one.profile.most(is_currency) and one.profile.some(is_foreign):
        return Mark.MOEDA
    return _mark_of_what_was_done(one) or _mark_of_a_row(one)


def _mark_of_what_was_done(one: Sense) -> Mark | None:
    """Yes and no of a case in which no note goes (`Cancelado?`), or without which none does."""
    mark = None if one.tax else _told_by_header(one)
    if mark and is_ticked(one):
        return mark
    return Mark.FEITO if not one.tax and _is_approval(one) else None


def _is_approval(one: Sense) -> bool:
    """Words of an approval, one of them that it is not given: `Aprovação` with `Pendente`.

    Whether somebody looked at a row (`Conferido`, `OK?`) is the office's own, until one says no.
    """
    header, statuses = fold_words(one.cell.column.header), vocabulary().statuses
    if one.personal or any(map(one.speaks_of, ("de_outro_aval", "da_vez", "em_moeda"))):
        return False
    if begins(header, statuses["aval"]) and not is_ticked(one):
        told = one.profile.half(lambda value: is_situation(value) or ticks(value))
        return told and not one.profile.most(is_payment) and not one.profile.most(is_written_day)
    looked_at = fold_words(header) in statuses["conferencia"]
    return looked_at and one.profile.most(ticks) and one.profile.some(says_no)


def _told_by_header(one: Sense) -> Mark | None:
    """What a header says of its rows, were yes and no under it."""
    header, statuses = fold_words(one.cell.column.header), vocabulary().statuses
    if begins(header, statuses["so_recibo"] + statuses["nao_quer"]):
        return Mark.IMPEDE
    if _says_it_went(one):
        return Mark.EMITIDA
    if _is_of_another_thing(one, header):
        return None
    if begins(header, statuses["sim_impede"]) or one.words.words == ("cancelado",):
        return Mark.IMPEDE
    done = begins(header, statuses["nao_impede"]) and not one.speaks_of("da_nota")
    return Mark.FEITO if done else None


def _is_of_another_thing(one: Sense, header: str) -> bool:
    """Whether what was done or not is none of the row's: `Boleto enviado?`, `Chaves entregues?`."""
    others, statuses = ("de_outra_coisa", "emitidas", "da_vez"), vocabulary().statuses
    if vocabulary().ends(one.ideas) or any(map(one.speaks_of, others)):
        return True
    return begins(header, statuses["papeis"]) and begins(header, statuses["dos_papeis"])


def _says_it_went(one: Sense) -> bool:
    """Whether a yes is that the note is out already: `Lançado?`, `Feito no portal?`."""
    statuses = vocabulary().statuses
    words = fold_words(one.cell.column.header).split()
    rest = [word for word in words if word not in statuses["lugares"]]
    there, header = len(rest) < len(words), " ".join(rest)
    told = begins(header, statuses["ja_saiu"])
    told = told or (there and (not rest or begins(header, statuses["saiu_ali"])))
    return told and _is_of_no_other_thing(header, there=there)


def _is_of_no_other_thing(header: str, *, there: bool) -> bool:
    """Whether what was entered or issued may be the note: `Guia emitida?`, `Laudo emitido?` not."""
    said, ideas_of = words_of(header), vocabulary().ideas_of
    if said.leads or begins(header, vocabulary().statuses["papeis"]):
        return False
    known = said.ideas - said.unknown
    return known <= ideas_of["do_lancado"] | (ideas_of["objetos"] if there else frozenset())


def is_ticked(one: Sense) -> bool:
    """Whether a column has yes and no, or marks; `1` and `0` are where both are, or it is asked."""
    profile = one.profile
    if profile.most(ticks):
        return True
    return (one.words.yes_no or profile.distinct == _BOTH) and profile.most(_is_bit)


def _is_bit(value: RawValue) -> bool:
    return value in _BITS


def _mark_of_a_row(one: Sense) -> Mark | None:
    told = "situacao" in one.ideas and not one.tax and not one.speaks_of("sem_situacao")
    if told and not one.profile.most(is_payment):
        header = fold_words(one.cell.column.header)
        return Mark.VENDA if begins(header, vocabulary().statuses["da_venda"]) else Mark.SITUACAO
    if _looks_like_a_situation(one):
        return Mark.SITUACAO
    return _mark_of_a_note(one)


def _mark_of_a_note(one: Sense) -> Mark | None:
    ideas, profile = one.ideas, one.profile
    asks = one.speaks_of("da_vez") and not ideas & {"valor", "data", "total"}
    asks = asks or fold_words(one.cell.column.header) in vocabulary().statuses["manda"]
    if asks and (profile.blank or is_ticked(one)):
        return Mark.EMITIR
    if _says_whether_of_a_note(one) or _stops_either_way(one):
        return Mark.NOTA
    return Mark.EMITIDA if _says_issued(one) else None


def _says_whether_of_a_note(one: Sense) -> bool:
    """Whether a yes or no may be that there is a note, or that there is to be one.

    `NF?` tells neither, nor does a word nobody knows: `NF providenciada?`, `Emissão acertada`.
    """
    known = one.ideas - one.words.unknown
    told = known <= vocabulary().ideas_of["por_emitir"] and known & vocabulary().ideas_of["da_nota"]
    return bool(told) and not one.party and is_ticked(one)


def _stops_either_way(one: Sense) -> bool:
    """`Autorizado?` over yes and no: that the note is out, or that it may go."""
    if "emitido" not in one.ideas or one.speaks_of("de_outra_coisa"):
        return False
    header, either = fold_words(one.cell.column.header), vocabulary().statuses["sim_e_nao"]
    return begins(header, either) and is_ticked(one)


def _looks_like_a_situation(one: Sense) -> bool:
    """Words of a situation, one of them that the note is not to go, under any other header."""
    open_header = one.words.unknown or any(map(one.is_only, ("sobre_notas", "andamento")))
    if not open_header or one.party or one.profile.unique or not one.profile.half(is_situation):
        return False
    return one.profile.some(stops)


def _says_issued(one: Sense) -> bool:
    """Whether a column has the number of an issued note, or says that there is one.

    A word nobody knows beside it (`NF emit. nº`) does not make it another's, unless it is known to.
    """
    if "nota" in one.ideas and not one.tax and not one.personal and is_ticked(one):
        return True
    known = one.ideas - one.words.unknown
    if fold_words(one.cell.column.header).startswith(vocabulary().statuses["agrupa"]):
        return False
    if known - {"numero"} == {"rps"} and one.profile.filled < one.profile.rows - one.profile.totals:
        # A number that only some rows have is of those that went; in all, it numbers them.
        return one.profile.most(is_code)
    return _is_of_a_note(one, known) and _tells_a_note(one, known)


def _tells_a_note(one: Sense, known: frozenset[str]) -> bool:
    """Whether a column that speaks of a note has its number, or codes or a yes in its place."""
    numbered = bool(known & vocabulary().ideas_of["emitidas"]) or known in (
        {"numero", "nota"},
        {"codigo", "nota"},
    )
    if one.words.unknown:
        return (numbered or "nota" in known) and one.profile.most(is_code)
    return numbered or (known == {"nota"} and any(map(one.profile.most, (is_code, is_yes_no))))


def _is_of_a_note(one: Sense, known: frozenset[str]) -> bool:
    """Whether a header speaks of nothing but a note; `Cliente faturado` over names does not."""
    if not known <= vocabulary().ideas_of["nota_emitida"]:
        return False
    return one.party != "outro" and not (one.party and one.profile.most(is_name))


def is_day_of_few(one: Sense, found: Sequence[Sense]) -> bool:
    """Whether `Dt NF` is a day in few rows, and another column is one in most of the others.

    Then it is when the notes that are out already were issued.
    """
    if not one.profile.sparse or one.party or not one.profile.filled:
        return False
    if not one.is_only("do_dia_da_nota") or not one.speaks_of("da_nota_emitida"):
        return False
    blank = [is_blank(value) for value in one.profile.values]
    return one.profile.most(_is_written) and any(
        other is not one and _is_a_day_where(blank, other) for other in found
    )


def is_sent_of_few(one: Sense, found: Sequence[Sense]) -> bool:
    """Whether `Enviada em`, `Enviado ao cliente` is a day or a yes in some rows, and not in all.

    A note that was sent is out already. Days are of those that went where another column has the
    day of the others.
    """
    if not _says_sent(fold_words(one.cell.column.header).split()):
        return False
    values, whole = one.profile.values, one.profile.rows - one.profile.totals
    sent = sum(_is_written(value) or (ticks(value) and not says_no(value)) for value in values)
    if not 0 < sent < whole or (2 * sent < one.profile.filled and not is_ticked(one)):
        return False
    blank = [is_blank(value) for value in values]
    return is_ticked(one) or any(
        other is not one and _is_a_day_where(blank, other) for other in found
    )


def _says_sent(words: Sequence[str]) -> bool:
    """Whether a header says that something was sent, and of nothing but a note: no `Boleto`."""
    statuses = vocabulary().statuses
    sent = [word for word in words if begins(word, statuses["enviada"])]
    return bool(sent) and {*words} - {*sent} <= {*statuses["da_enviada"]}


def _is_a_day_where(blank: Sequence[bool], other: Sense) -> bool:
    """Whether a column of days that may be the note's has one in most rows of those blank.

    A row of sums has no day at all.
    """
    if other.speaks_of("datas_alheias") or not other.profile.most(_is_written):
        return False
    pairs = zip(blank, other.profile.values, strict=False)
    filled = sum(there and not is_blank(value) for there, value in pairs)
    return 2 * filled > max(sum(blank), len(blank) - sum(blank))


def _is_written(value: RawValue) -> bool:
    """A day, its year in full or not, that is written as one."""
    return looks_day(value) and not is_number(value)


def is_day_of_issue(one: Sense, found: Sequence[Sense]) -> bool:
    """Whether `Emitida em` is a day in every row, and another column says that there are notes."""
    profile = one.profile
    told = any(other.mark is Mark.EMITIDA and other is not one for other in found)
    notes = profile.rows - max(other.profile.totals for other in found)
    return told and profile.filled == notes and profile.most(is_written_day)
