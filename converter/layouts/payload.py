"""A lote as the API takes it, read into values a layout can place.

The API is loose about types (numbers as text, `"false"` for false, masks in documents); this
module is the one that is loose. What cannot be read becomes a FieldError, never a guess.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from converter.brazil import pais
from converter.brazil.municipio import EXTERIOR as MUNICIPIO_EXTERIOR
from converter.brazil.uf import EXTERIOR
from converter.layouts.base import FieldError, LayoutError
from converter.layouts.charset import fit
from converter.layouts.file_fields import FieldType, FileField
from converter.layouts.reasons import reason

_TRUE = frozenset({"true", "1", "sim", "s", "t"})
_FALSE = frozenset({"false", "0", "nao", "não", "n", "f"})
_SHORT_OFFSET = re.compile(r"([+-])(\d):?(\d\d)$")
_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?", re.ASCII)
_NOT_WITHHELD = {"servico.valor_pis": "24", "servico.valor_cofins": "23"}
"""Answers of `servico.tipo_retencao_pis_cofins` that leave a tax with the prestador."""
NOTHING = (False, 0, "", "0", "0.00", "false")
"""Values that lose nothing where a file has no place for them."""
_NOT_ALNUM = re.compile(r"[\W_]+", re.ASCII)


def flatten(value: Mapping[str, object], prefix: str = "", depth: int = 4) -> dict[str, object]:
    """Nested objects as one dict of dotted paths; lists stay as they are; nulls and '' go."""
    flat: dict[str, object] = {}
    for key, item in value.items():
        if isinstance(item, dict) and depth:
            flat |= flatten(item, f"{prefix}{key}.", depth - 1)
        elif item is not None and item != "":
            flat[f"{prefix}{key}"] = item
    return flat


@lru_cache(maxsize=4096)
def moment_of(text: str) -> datetime | None:
    """An ISO moment or date, with the offsets samples of the API use (`-0300`, `-3:00`)."""
    try:
        return datetime.fromisoformat(_SHORT_OFFSET.sub(r"\g<1>0\2:\3", text.strip()))
    except ValueError:
        return None


@dataclass(slots=True)
class Part:
    """The prestador, or one note (`ordem`, 1-based): fields by API path, errors on the side."""

    flat: dict[str, object]
    errors: list[FieldError]
    adapted: list[FieldError]
    encoding: str
    ordem: int | None = None
    taken: set[str] = field(default_factory=set)

    def fault(self, campo: str, chave: str, /, **details: object) -> None:
        """Keeps one reason why the lote cannot become a file, by the key of its sentence."""
        self.errors.append(FieldError(campo, reason(chave, **details), self.ordem))

    def miss(self, campo: str) -> None:
        """Keeps that a field must say something, and does not."""
        self.errors.append(FieldError(campo, reason("obrigatorio"), self.ordem, missing=True))

    def tell(self, campo: str, chave: str, /, *, omitted: bool = False, **details: object) -> None:
        """Keeps one adaptation worth telling, by the key of its sentence."""
        self.adapted.append(FieldError(campo, reason(chave, **details), self.ordem, omitted))

    def has(self, campo: str) -> bool:
        """True when the field came with a value."""
        return campo in self.flat

    def any_of(self, prefix: str) -> bool:
        """True when any field below a path came with a value."""
        return any(campo.startswith(prefix) for campo in self.flat)

    def take(self, *campos: str) -> None:
        """Marks fields the file carries by other means than their own value."""
        self.taken.update(campos)

    def says(self, campo: str) -> str:
        """The value as text, without putting it anywhere."""
        return str(self.flat.get(campo, "")).strip()

    @property
    def abroad(self) -> bool:
        """True when the tomador lives in another country, however the note says it."""
        country = self.says("tomador.endereco.codigo_pais")
        return (
            self.says("tomador.endereco.uf").upper() == EXTERIOR
            or self.says("tomador.endereco.codigo_municipio") == MUNICIPIO_EXTERIOR
            or bool(country and pais.parse(country).value != pais.BRASIL)
            or (
                self.has("tomador.nif")
                and not (self.has("tomador.cnpj") or self.has("tomador.cpf"))
            )
        )

    @property
    def exported(self) -> bool:
        """True when the service is exported: said so, or done in another country."""
        export = bool(self.yes("servico.exportacao"))
        return export or self.says("servico.codigo_municipio") == MUNICIPIO_EXTERIOR

    def country(self, campo: str) -> str:
        """The four-digit code of a country given by code or name; '' when absent or wrong."""
        raw = self.raw(campo)
        found = pais.parse(raw).value if raw else None
        if raw and not found:
            self.fault(campo, "pais", valor=raw)
        return found or ""

    def left(self) -> list[str]:
        """The fields that say something and that no one has put anywhere."""
        return [
            campo
            for campo, value in self.flat.items()
            if campo not in self.taken and value not in NOTHING
        ]

    def raw(self, campo: str, *, required: bool = False) -> str:
        """The value as text, surrounding blanks gone; '' when absent."""
        self.taken.add(campo)
        value = self.flat.get(campo)
        if isinstance(value, str):
            text = value.strip()
        elif value is None:
            text = ""
        elif isinstance(value, (bool, list, tuple, dict)):
            if not isinstance(value, bool):
                self.fault(campo, "valor-composto")
                return ""
            text = "true" if value else "false"
        else:
            text = str(value)
            if isinstance(value, (Decimal, float)):
                text = text.removesuffix(".0")
        if required and not text:
            self.miss(campo)
        return text

    def text(self, campo: str, size: int, *, required: bool = False, breaks: str = " ") -> str:
        """Free text within the charset, cut to `size` where longer; both are told in `avisos`."""
        fitted = fit(self.raw(campo, required=required), self.encoding, breaks)
        if fitted.replaced:
            pairs = ", ".join(f"“{old}” virou “{new}”" for old, new in fitted.replaced)
            self.tell(campo, "trocados", pares=pairs)
        if len(fitted.text) > size:
            self.tell(campo, "cortado", tamanho=size, veio=len(fitted.text))
            return fitted.text[:size].rstrip()
        return fitted.text

    def whole(self, campo: str, size: int) -> str:
        """Text that means something else when cut (e-mail, série): too long is an error."""
        fitted = fit(self.raw(campo), self.encoding)
        if len(fitted.text) > size or fitted.replaced:
            self.fault(campo, "nao-cabe", tamanho=size)
            return ""
        return fitted.text

    def digits(self, campo: str, size: int, *, required: bool = False) -> str:
        """Digits only, mask removed; anything else, or more than `size`, is an error."""
        raw = self.raw(campo, required=required)
        plain = raw if raw.isalnum() else _NOT_ALNUM.sub("", raw)
        if plain and not (plain.isascii() and plain.isdigit()):
            self.fault(campo, "nao-digitos", valor=raw)
            return ""
        if len(plain) > size:
            self.fault(campo, "digitos-demais", valor=raw, tamanho=size)
            return ""
        return plain

    def number(self, campo: str) -> Decimal | None:
        """A finite number typed as number or text with a point; None when absent or wrong."""
        self.taken.add(campo)
        value = self.flat.get(campo)
        if value is None:
            return None
        text = str(value).strip()
        if isinstance(value, bool) or not _NUMBER.fullmatch(text):
            self.fault(campo, "nao-numero", valor=text[:40])
            return None
        return Decimal(text)

    def scaled(self, campo: str, places: int, size: int, *, required: bool = False) -> int:
        """A number of zero or more times 10**places, exact, in at most `size` digits."""
        number = self.number(campo)
        if number is None:
            if required and campo not in self.flat:
                self.miss(campo)
            return 0
        if number.adjusted() > 20:
            self.fault(campo, "grande-demais", valor=number)
            return 0
        units = number.scaleb(places)
        whole = int(units)
        if whole != units:
            self.fault(campo, "casas-demais", valor=number, casas=places)
        elif whole < 0:
            self.fault(campo, "negativo", valor=number)
        elif len(str(whole)) > size:
            self.fault(campo, "nao-cabe-em", valor=number, tamanho=size)
        else:
            return whole
        return 0

    def cents(self, campo: str, *, required: bool = False) -> int:
        """R$ in cents, up to 15 digits, exact."""
        return self.scaled(campo, 2, 15, required=required)

    def withheld(self, campo: str) -> int:
        """A federal retention in cents; PIS and COFINS only told, not withheld, count nothing."""
        cents = self.cents(campo)
        not_withheld = _NOT_WITHHELD.get(campo, "")
        if cents and self.raw("servico.tipo_retencao_pis_cofins") in {*not_withheld}:
            self.tell(campo, "nao-retido")
            return 0
        return cents

    def yes(self, campo: str, *, required: bool = False) -> bool | None:
        """A yes or no in any spelling the API takes; None when absent or wrong."""
        raw = self.raw(campo, required=required).casefold()
        if raw in _TRUE:
            return True
        if raw in _FALSE:
            return False
        if raw:
            self.fault(campo, "nao-sim-nao", valor=raw)
        return None

    def choice(self, campo: str, allowed: str, default: str = "") -> str:
        """A one-character code among `allowed`; `default` when absent."""
        raw = self.raw(campo)
        if raw and (len(raw) > 1 or raw not in allowed):
            self.fault(campo, "nao-opcao", valor=raw, opcoes=", ".join(allowed))
            return default
        return raw or default

    def moment(self, campo: str, *, required: bool = True) -> datetime | None:
        """A date and time as typed, in its own offset; midnight when only a date came."""
        raw = self.raw(campo, required=required)
        if not raw:
            return None
        moment = moment_of(raw)
        if moment is None:
            self.fault(campo, "nao-data", valor=raw)
        return moment

    def plain(self, field: FileField) -> str:
        """A value as a file writes it in a field of this kind and size; '' when absent."""
        campo, size = field.campo or "", field.tamanho
        match field.tipo:
            case FieldType.NUMERO:
                return self.digits(campo, size)
            case FieldType.VALOR:
                return str(self.withheld(campo))
            case FieldType.PERCENTUAL:
                return str(self.scaled(campo, 2, size))
            case FieldType.DATA:
                moment = self.moment(campo, required=False)
                return f"{moment:%Y%m%d}" if moment else ""
            case FieldType.TEXTO:
                return self.text(campo, size)
            case _:
                return self.whole(campo, size)

    def document(self, prefix: str) -> tuple[str, str]:
        """(`cpf` or `cnpj`, document without mask, zeros given back); ('', '') when none came."""
        for name, size in (("cnpj", 14), ("cpf", 11)):
            campo = f"{prefix}.{name}"
            plain = _NOT_ALNUM.sub("", self.raw(campo)).upper()
            if plain:
                if len(plain) > size or not plain.isascii():
                    self.fault(campo, "documento-tamanho", veio=len(plain), tamanho=size)
                    return name, ""
                return name, plain.zfill(size)
        return "", ""


@dataclass(slots=True)
class Payload:
    """The lote: prestador, notes, and everything found wrong or adapted while reading them."""

    prestador: Part
    notas: list[Part]
    errors: list[FieldError] = field(default_factory=list)
    adapted: list[FieldError] = field(default_factory=list)

    def settle(self) -> tuple[FieldError, ...]:
        """What was adapted, when nothing is wrong. Raises LayoutError with all that is."""
        if self.errors:
            once = dict.fromkeys(self.errors)
            raise LayoutError(sorted(once, key=lambda error: error.ordem or 0))
        return tuple(dict.fromkeys(self.adapted))


def read(lote: Mapping[str, object], encoding: str, max_notas: int) -> Payload:
    """The parts of a parsed JSON lote. Raises LayoutError when it has no shape to speak of."""
    errors: list[FieldError] = []
    adapted: list[FieldError] = []
    prestador = lote.get("prestador")
    notas = lote.get("lista_nfse")
    if not isinstance(prestador, Mapping):
        errors.append(FieldError("prestador", reason("obrigatorio")))
        prestador = {}
    if not isinstance(notas, list) or not notas:
        errors.append(FieldError("lista_nfse", reason("lista-vazia")))
        notas = []
    if len(notas) > max_notas:
        mensagem = reason("notas-demais", notas=len(notas), limite=max_notas)
        errors.append(FieldError("lista_nfse", mensagem))
        notas = []
    parts = []
    for ordem, nota in enumerate(notas, 1):
        if isinstance(nota, Mapping):
            parts.append(Part(flatten(nota), errors, adapted, encoding, ordem))
        else:
            errors.append(FieldError("lista_nfse", reason("nota-objeto"), ordem))
    head = Part(flatten(prestador, "prestador."), errors, adapted, encoding)
    return Payload(head, parts, errors, adapted)
