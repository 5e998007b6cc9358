"""What every municipal layout offers, and the values that go in and out of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from converter.layouts.municipios import listed
from converter.model.described import DescribedRecord

BRASILIA = timezone(timedelta(hours=-3))


@dataclass(frozen=True, slots=True)
class Numbering:
    """Numbers the API assigns and keeps per prestador: nobody types them.

    `remessa` identifies the file for ever, `primeiro_rps` is the RPS of the first note and the
    others follow it, `lote` is the number of the lote where the layout has one.
    """

    remessa: int
    primeiro_rps: int
    serie: str
    lote: int

    def rps(self, ordem: int | None) -> str:
        """The RPS number of the note in that place of the lote (1-based)."""
        return str(self.primeiro_rps + (ordem or 1) - 1)


@dataclass(frozen=True, slots=True)
class FieldError:
    """A field the layout cannot carry. `campo` is the API path, `ordem` the note (1-based).

    Among what was adapted, `omitted` marks a field that went nowhere and costs the note nothing;
    among the errors, `missing` one that says nothing and must.
    """

    campo: str
    mensagem: str
    ordem: int | None = None
    omitted: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class ImportFile:
    """The file the prefeitura imports. `adapted` tells what was changed to fit the layout."""

    content: bytes
    nome: str
    media_type: str
    adapted: tuple[FieldError, ...] = ()

    @property
    def avisos(self) -> tuple[str, ...]:
        """What was adapted, a sentence each."""
        return tuple(
            (f"nota {one.ordem}, " if one.ordem else "") + f"{one.campo}: {one.mensagem}"
            for one in self.adapted
        )


class LayoutError(ValueError):
    """The lote cannot become a file; `errors` holds every reason, not the first."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(f"{error.campo}: {error.mensagem}" for error in self.errors))


class AnswerError(ValueError):
    """The bytes are no return file of this layout, or belong to another lote."""


@dataclass(frozen=True, slots=True)
class City:
    """What the city already knows about the prestador when a file arrives.

    `remessas` and `rps` are the values `Layout.used_numbers` gave for files accepted before.
    `inscricoes` and `servicos` are what is registered; None accepts any. `canceladas` are the
    numbers of notes that were cancelled.
    """

    now: datetime
    remessas: frozenset[str] = frozenset()
    rps: frozenset[str] = frozenset()
    canceladas: frozenset[str] = frozenset()
    proxima_nfse: int = 1
    cnpj: str = ""
    razao_social: str = ""
    codigo_municipio: str = ""
    inscricoes: frozenset[str] | None = None
    servicos: frozenset[str] | None = None

    @property
    def clock(self) -> datetime:
        """`now` as a clock on the wall in Brasília shows it; a naive `now` is taken as that."""
        return self.now if self.now.tzinfo is None else self.now.astimezone(BRASILIA)


@dataclass(frozen=True, slots=True)
class CityError:
    """One error of the prefeitura.

    `linha` is the line of the file (1-based; None for XML or for the file as a whole), `ordem`
    the note (1-based), `campo` the API path that feeds the field at fault. `inicio` and `fim`
    are columns of the line. `alerta` marks what the city tells without refusing the file.
    """

    codigo: str
    mensagem: str
    correcao: str | None = None
    ordem: int | None = None
    campo: str | None = None
    linha: int | None = None
    inicio: int | None = None
    fim: int | None = None
    alerta: bool = False


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """What the prefeitura gives back."""

    content: bytes
    nome: str


@dataclass(frozen=True, slots=True)
class UsedNumbers:
    """What an accepted file uses up: the app adds it to the `City` of the prestador."""

    remessa: str
    rps: tuple[str, ...]
    canceladas: tuple[str, ...] = ()


class Motivo(StrEnum):
    """Why a note is cancelled, where its row is not issued again in the same file."""

    EXTRAVIO = "extravio"
    DADOS_INCORRETOS = "dados-incorretos"


@dataclass(frozen=True, slots=True)
class Cancellation:
    """An issued note to be cancelled: its place in the file it came from (1-based), its number."""

    ordem: int
    numero: str
    emissao: date
    motivo: Motivo
    descricao: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One published municipal layout, both directions, and the city that reads it.

    Attributes:
        slug: Stable name, by which `leiautes.csv` lists it: `barueri-pmb004`.
        widths: Most characters of each field, by API path, the least where it has several places.
        write: The import file of a parsed JSON lote. Raises LayoutError with every field at fault.
        used_numbers: What a file uses up once it is accepted.
        check: Everything the prefeitura finds wrong, in the order of the file.
        answer: The return file: the notes when nothing is wrong, else the errors. All or nothing.
        parse_answer: One API status object per note, in the order of the lote, of a return file
            and of the file sent where that is known. Keys: status, numero_rps, serie_rps, and
            numero, codigo_verificacao, data_emissao, uri of an issued note, or erros (codigo,
            mensagem, correcao, campo). Raises AnswerError.
        describe: The file record by record, with each field by name, position and value.
        recognises: True when the bytes look like an import file of this layout.
        cancel: The file that cancels notes of an accepted one, under a number of its own. Raises
            LayoutError with what the layout cannot carry. None where only the site cancels.
    """

    slug: str
    widths: Mapping[str, int]
    write: Callable[[Mapping[str, object], Numbering], ImportFile]
    used_numbers: Callable[[bytes], UsedNumbers]
    check: Callable[[bytes, City], tuple[CityError, ...]]
    answer: Callable[[bytes, Sequence[CityError], City], ReturnFile]
    parse_answer: Callable[[bytes, bytes | None], tuple[dict[str, object], ...]]
    describe: Callable[[bytes], tuple[DescribedRecord, ...]]
    recognises: Callable[[bytes], bool]
    cancel: Callable[[bytes, Sequence[Cancellation], int], ImportFile] | None = None

    @property
    def nome(self) -> str:
        """Name for people: `Barueri PMB004`."""
        return listed()[self.slug].nome
