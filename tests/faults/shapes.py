"""Answers as a peer may write them, byte by byte: none of them is the answer that was asked for.

`%FILE%` stands for the body a healthy server would send, `%HALF%` for half of it.
"""

import gzip
import itertools
import json
from collections.abc import Mapping

PAGE = b"<!DOCTYPE html><html><body><h1>Entre na rede</h1></body></html>"
DEEP = b"[" * 5000 + b"]" * 5000


def answer(status: object, body: bytes, *headers: str, length: object = None) -> bytes:
    """A whole answer; `length` is what it says of its length."""
    said = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status} X", *headers, *([f"Content-Length: {said}"] if said != "" else [])]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n", status: int = 201) -> bytes:
    """An answer in chunks."""
    head = f"HTTP/1.1 {status} X\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    return head + b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + end


BODIES: Mapping[str, bytes] = {
    "página": PAGE,
    "página-com-comentário": b"<!-- proxy -->\n" + PAGE,
    "página-maiúscula": PAGE.upper(),
    "xhtml": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
    "xml-erro": b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
    "xml-cortado": b'<?xml version="1.0"?><EnviarLoteRpsEnvio><LoteRps>',
    "json-erro": b'{"codigo":"erro_interno","mensagem":"Tente de novo"}',
    "json-lista": b'[{"mensagem":"x"}]',
    "json-cortado": b'{"codigo":"erro_in',
    "json-texto": b'"ok"',
    "json-nulo": b"null",
    "json-repetido": b'{"status":"a","status":"b"}',
    "json-substitutos": b'{"mensagem":"\\ud800","status":"\\udfff"}',
    "json-nul": b'{"mensagem":"a\\u0000b","codigo":"\\u0000"}',
    "json-nan": b'{"mensagem":NaN,"valor":Infinity,"codigo":-Infinity}',
    "json-enorme": b'{"mensagem":' + b"9" * 6000 + b',"valor":1e99999}',
    "json-tipos": b'{"mensagem":{"a":[1]},"codigo":[],"erros":{"x":3},"status":7}',
    "json-erros": b'{"erros":[null,1,"x",[["y"]],{"mensagem":null}]}',
    "json-fundo": DEEP,
    "json-objeto-fundo": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "vazio": b"",
    "brancos": b" \r\n\t\r\n ",
    "nulos": b"\x00" * 300,
    "bom": b"\xef\xbb\xbf",
    "bytes": bytes(range(256)),
    "utf-16": "Ação".encode("utf-16"),
    "gzip-sem-dizer": gzip.compress(b"x" * 1000),
    "texto": b"HTTP Basic: Access denied.\n",
    "php": b"Warning: mysql_connect() in /var/www/x.php on line 3\n",
    "outro-leiaute": b"10011234567820261101\r\n9\r\n",
    "leiaute-cortado": b"11234567PMB00400000000001\r\n2RPS",
}
STATUSES = (
    200, 201, 202, 204, 206, 226, 299, 100, 103, 300, 301, 304, 400, 402, 404, 405, 406, 408, 409,
    410, 411, 412, 413, 414, 415, 418, 421, 422, 423, 424, 425, 426, 428, 431, 444, 451, 499, 500,
    501, 502, 503, 504, 507, 511, 520, 599, 600, 999,
)  # fmt: skip
SHAPES: dict[str, bytes] = {
    **{
        f"{status}-{name}": answer(status, body)
        for status, (name, body) in itertools.product((200, 201), BODIES.items())
    },
    **{f"{status}-json": answer(status, BODIES["json-erro"]) for status in STATUSES[2:]},
    **{f"422-{name}": answer(422, BODIES[name]) for name in ("página", "vazio", "json-cortado")},
    "html-com-arquivo": answer(201, b"%FILE%", "Content-Type: text/html", length=""),
    "tamanho-letras": answer(201, b"%HALF%", length="abc"),
    "tamanho-negativo": answer(201, b"%HALF%", length=-1),
    "tamanho-maior": answer(201, b"%HALF%", length=10**6),
    "tamanho-menor": answer(201, b"%FILE%", length=20),
    "tamanho-zero": answer(201, b"%FILE%", length=0),
    "tamanho-dois": answer(201, b"%HALF%", "Content-Length: 10", length=20),
    "tamanho-lista": answer(201, b"%HALF%", length="10, 20"),
    "tamanho-enorme": answer(201, b"%HALF%", length="9" * 5000),
    "sem-tamanho-cortado": answer(201, b"%HALF%", length=""),
    "gzip-cortado": answer(
        201, gzip.compress(b"1" * 9000)[:-12], "Content-Encoding: gzip", length=""
    ),
    "gzip-falso": answer(201, b"%FILE%", "Content-Encoding: gzip", length=""),
    "gzip-bomba": answer(201, gzip.compress(bytes(90_000_000)), "Content-Encoding: gzip"),
    "br": answer(201, b"\x8b\x00\x80x\x03", "Content-Encoding: br"),
    "pedaços-sem-fim": chunked(b"%HALF%", end=b""),
    "pedaços-letras": chunked(end=b"zz\r\nabc"),
    "pedaços-negativo": chunked(end=b"-5\r\nabc\r\n0\r\n\r\n"),
    "pedaços-extensão": chunked(b"1123", end=b"0;" + b"a" * 70_000 + b"\r\n\r\n"),
    "pedaços-página": chunked(PAGE),
    "pedaços-gzip": b"HTTP/1.1 201 X\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
    b"1\r\nx\r\n0\r\n\r\n",
    "linha-vazia": b"\r\n\r\n",
    "linha-lixo": b"\x16\x03\x01 rubbish\r\n\r\n",
    "linha-sem-status": b"HTTP/1.1\r\n\r\n",
    "linha-status-letras": b"HTTP/1.1 abc X\r\n\r\n",
    "linha-longa": b"HTTP/1.1 201 " + b"x" * 70_000 + b"\r\n\r\n",
    "http-09": b"arquivo",
    "http-2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "cabeçalho-longo": answer(201, b"%FILE%", "X: " + "y" * 70_000, length=""),
    "cabeçalhos-muitos": answer(201, b"%FILE%", *["X: y"] * 300, length=""),
    "cabeçalho-sem-dois-pontos": answer(201, b"", "isto não é um cabeçalho"),
    "cabeçalho-nul": answer(201, b"", "X: a\x00b"),
    "cem-e-nada": b"HTTP/1.1 100 Continue\r\n\r\n",
    "cem-cem-cem": b"HTTP/1.1 100 Continue\r\n\r\n" * 300,
    "nada": b"",
}


def lists(value: object) -> bytes:
    """A healthy answer of another kind, for what is asked with a GET."""
    return answer(200, json.dumps(value).encode(), "Connection: close")
