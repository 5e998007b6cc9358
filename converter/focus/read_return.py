"""A return file read without the API, which does not know of files that were made here."""

import json

from converter import layouts
from converter.layouts.base import AnswerError
from converter.model.wire import Answer


def read_return(returned: bytes, sent: bytes) -> Answer:
    """What the API would answer to a return file of the import file `sent`: 201, or 415."""
    layout = layouts.detect(sent) or layouts.by_slug(layouts.DEFAULT)
    try:
        notas = layout.parse_answer(returned, sent)
    except AnswerError as error:
        mensagem = f"Formato de arquivo inválido: {error}"
        error_body = {"codigo": "requisicao_invalida", "mensagem": mensagem}
        return Answer(415, body=json.dumps(error_body, ensure_ascii=False).encode())
    return Answer(201, body=json.dumps(notas, ensure_ascii=False).encode())
