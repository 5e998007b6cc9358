"""The body of a POST: understood leniently in its spelling, strictly in its shape.

What one field may hold is the layout's affair (`Layout.write`); here is what every city needs.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Never

from converter.layouts.predicates import is_municipio
from converter.simulator import errors
from converter.simulator.errors import Wrong
from converter.simulator.state import Issuer

_REQUIRED_SERVICO = ("valor_servicos", "iss_retido", "item_lista_servico", "discriminacao")


@dataclass(frozen=True, slots=True)
class ReceivedLote:
    """A lote as received: `lote` is the parsed JSON, numbers with decimals as Decimal.

    `impressao` is equal for equal content, whatever the order of keys and the spacing. `wrong`
    holds the fields the documentation demands and that are not there; the city may want more.
    """

    lote: Mapping[str, object]
    issuer: Issuer
    notas: int
    impressao: str
    wrong: tuple[Wrong, ...]


def read(content: bytes) -> ReceivedLote:
    """The lote in a request body.

    Raises:
        ApiError: 415 when it is no JSON; 422 when it is no lote.
    """
    lote = _parse(content)
    try:
        canonical = json.dumps(lote, sort_keys=True, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError as error:
        raise errors.unreadable("há um caractere Unicode incompleto no texto") from error
    if not isinstance(lote, dict):
        raise errors.refusal(422, "requisicao_invalida", "O lote deve ser um objeto JSON")
    issuer = _issuer(lote.get("prestador"))
    notas = lote.get("lista_nfse")
    if notas is None:
        raise errors.missing("lista_nfse")
    if not isinstance(notas, list) or not notas:
        raise errors.invalid([Wrong("lista_nfse", "Informe ao menos uma nota, em uma lista")])
    shapeless = [error for index, nota in enumerate(notas) for error in _shape(index, nota)]
    if shapeless:
        raise errors.invalid(shapeless)
    absent = tuple(error for index, nota in enumerate(notas) for error in _absent(index, nota))
    return ReceivedLote(lote, issuer, len(notas), hashlib.sha256(canonical).hexdigest(), absent)


def _parse(content: bytes) -> object:
    if not content.strip():
        raise errors.unreadable("o corpo está vazio")
    try:
        return json.loads(
            content.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        raise errors.unreadable("o texto não está em UTF-8") from error
    except RecursionError as error:
        raise errors.unreadable("há listas ou objetos aninhados demais") from error
    except json.JSONDecodeError as error:
        where = f"linha {error.lineno}, coluna {error.colno}"
        raise errors.unreadable(f"não é JSON válido ({where})") from error
    except ValueError as error:
        raise errors.unreadable("há um número que não se pode ler") from error


def _refuse_constant(name: str) -> Never:
    raise ValueError(name)


def _issuer(prestador: object) -> Issuer:
    if prestador is None:
        raise errors.missing("prestador")
    if not isinstance(prestador, dict):
        raise errors.invalid([Wrong("prestador", "O prestador deve ser um objeto JSON")])
    texts = {}
    for name in ("cnpj", "inscricao_municipal", "codigo_municipio"):
        value = prestador.get(name)
        if _blank(value):
            raise errors.missing(f"prestador.{name}")
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise errors.invalid([Wrong(f"prestador.{name}", "Informe um texto")])
        texts[name] = "".join(c for c in str(value).upper() if c.isascii() and c.isalnum())
    if not is_municipio(texts["codigo_municipio"]):
        mensagem = f"“{texts['codigo_municipio']}” não é o código de um município do IBGE"
        raise errors.invalid([Wrong("prestador.codigo_municipio", mensagem)])
    # A client that sends the CNPJ as a number has lost its leading zeros.
    cnpj = texts["cnpj"].zfill(14) if isinstance(prestador["cnpj"], int) else texts["cnpj"]
    return Issuer(cnpj, texts["inscricao_municipal"], texts["codigo_municipio"])


def _shape(index: int, nota: object) -> Iterator[Wrong]:
    path = f"lista_nfse[{index}]"
    if not isinstance(nota, dict):
        yield Wrong(path, "A nota deve ser um objeto JSON")
        return
    for block in ("servico", "tomador", "intermediario"):
        if not isinstance(nota.get(block, {}), dict):
            yield Wrong(f"{path}.{block}", "Deve ser um objeto JSON")


def _absent(index: int, nota: Mapping[str, object]) -> Iterator[Wrong]:
    servico = nota.get("servico")
    fields = servico if isinstance(servico, dict) else {}
    required = {"data_emissao": nota.get("data_emissao")}
    required |= {f"servico.{name}": fields.get(name) for name in _REQUIRED_SERVICO}
    for name, value in required.items():
        if _blank(value):
            yield Wrong(f"lista_nfse[{index}].{name}", f'Parâmetro "{name}" não informado')


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
