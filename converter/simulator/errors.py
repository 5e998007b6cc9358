"""Every way the API says no, in the shapes its documentation and its users have shown.

Source: the chapters on errors, NFS-e and lotes de RPS of the API's documentation.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Response

JSON = "application/json; charset=utf-8"

Body = Mapping[str, object] | Sequence[object]


class ApiError(Exception):
    """An answer that is not a success; `body` is JSON, or plain text where the API sends text."""

    def __init__(
        self, status: int, body: Body | str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, body)
        self.status = status
        self.body = body
        self.headers = dict(headers or {})

    def response(self) -> Response:
        """The error as it goes over the wire."""
        if isinstance(self.body, str):
            return Response(self.body, self.status, self.headers, content_type="text/plain")
        return json_response(self.body, self.status, self.headers)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One field at fault: `campo` is its path in the payload, counting notes from 0."""

    campo: str
    mensagem: str
    codigo: str = "erro_validacao"


def json_response(
    body: Body, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A JSON answer with accents as they are."""
    return Response(json.dumps(body, ensure_ascii=False) + "\n", status, headers, content_type=JSON)


def refusal(status: int, codigo: str, mensagem: str) -> ApiError:
    """The commonest shape: one code, one sentence."""
    return ApiError(status, {"codigo": codigo, "mensagem": mensagem})


def not_found(mensagem: str) -> ApiError:
    """404, for a lote, a município or a code."""
    return refusal(404, "nao_encontrado", mensagem)


def unauthorised() -> ApiError:
    """401 with a body that is no JSON, as the real API answers."""
    return ApiError(
        401,
        "HTTP Basic: Access denied.\n",
        {"WWW-Authenticate": 'Basic realm="Application"'},
    )


def rejected(codigo: str = "permissao_negada") -> ApiError:
    """400, where the chapter on lotes says a token or a CNPJ does not hold."""
    return refusal(400, codigo, "CNPJ ou token inválido")


def unreadable(why: str) -> ApiError:
    """415 for a body that is not JSON; no code at the top, as seen.

    The chapter still says YAML, which the endpoint took before 2019.
    """
    mensagem = f"Formato de arquivo YAML inválido: existe um problema no JSON recebido: {why}"
    return ApiError(415, {"erros": [{"codigo": "parametros_invalidos", "mensagem": mensagem}]})


def invalid(wrong: Iterable[Wrong]) -> ApiError:
    """422 with one entry per field at fault."""
    erros = [{"codigo": w.codigo, "mensagem": w.mensagem, "campo": w.campo} for w in wrong]
    return ApiError(
        422, {"codigo": "erro_validacao", "mensagem": "Erro de validação", "erros": erros}
    )


def missing(campo: str, status: int = 422, codigo: str = "requisicao_invalida") -> ApiError:
    """A parameter that is not there, named inside the sentence."""
    return refusal(status, codigo, f'Parâmetro "{campo}" não informado')
