"""Writes `docs/layouts/*.md` from the tables by which the municipal layouts write and read files.

Usage: python scripts/gen_layouts.py [--check]
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from converter.layouts.abrasf import tables as abrasf
from converter.layouts.barueri import tables as barueri
from converter.layouts.codes import Code
from converter.layouts.elements import Tree
from converter.layouts.positional import Record
from converter.layouts.sao_paulo import tables as sao_paulo
from converter.layouts.table import Field, Kind
from converter.layouts.table import rows as rows_of

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
LAYOUTS = ROOT / "converter" / "layouts"
_GENERATED = "<!-- Página gerada das tabelas em converter/layouts. Não edite à mão. -->"
_POSITIONAL = (
    "Posições contam de 1 e incluem a última. Números vão à direita, com zeros à esquerda; textos "
    "vão à esquerda, com brancos à direita. Valores têm duas casas, sem vírgula: `000000000001025` "
    "é R$ 10,25. Um `codigo` não se corta: o que não cabe é erro. O arquivo é ISO-8859-1, e toda "
    "linha acaba em CR LF, a última também."
)
_BARUERI = """\
Um arquivo por prestador, com até 1000 RPS. A ordem é: um registro 1; de cada nota um 2, nenhum ou
mais 3, um 4 e no máximo um 5; um registro 9 no fim.

A leitura aceita o que as fontes discordam:

- número opcional sem uso em zeros ou em brancos;
- no retorno, série e número da NF-e como 4 + 7 ou como 5 + 6 posições, entre 2 e 12;
- linha do retorno que acaba em 1628 (arquivos antigos) ou traz a chave nacional;
- fim de linha CR, LF ou CR LF.

Quando há erro, o retorno (`.ERR`) repete cada linha enviada, completada com brancos até a posição
1970; da 1971 em diante vêm os códigos de erro, três dígitos e `;` cada um. Um erro recusa o arquivo
todo. Sem erro, o retorno (`RET….TXT`) traz as notas emitidas."""
_SAO_PAULO = """\
Um arquivo por prestador, de até 10 MB. A ordem é: um registro 1; de cada nota um 2 (V.001) ou um 6
(V.002), e sob ele no máximo um 5; um registro 9 no fim. O registro 3 é o cupom.

A discriminação é o último campo da nota e não é completada com brancos. A V.001 não tem lugar para
retenções federais: um lote que as tem é recusado, e não cortado.

A prefeitura mostra os erros no site e não publica arquivo para eles. O relatório `ERROS_….csv` é do
simulador, e de mais ninguém. As notas emitidas saem na exportação `TXT retorno`, V.001 a V.004;
como o manual imprime 001 no cabeçalho de todas, a leitura não depende desse número. O manual não
mostra o registro 3 da V.004: vale o da V.003."""
_ABRASF = """\
`EnviarLoteRpsEnvio`, em UTF-8, no espaço de nomes `http://www.abrasf.org.br/nfse.xsd`, sem
assinatura: o arquivo é importado no site por quem já se identificou. Válido contra
`nfse_v2-02.xsd`. Elementos sem valor não são escritos. O esquema não limita as notas do lote (o
simulador aceita 1000); muitas cidades aceitam 50.

O retorno é `ConsultarLoteRpsResposta`: situação 4 e as notas, ou situação 3 e as mensagens, por RPS
quando todas têm um. A leitura não exige ordem, versão nem espaço de nomes, e abre a resposta que
vem como texto dentro de outra mensagem."""


_ONLY_THE_CITY = "Códigos que só a prefeitura confere"


def pages() -> dict[str, str]:
    """Markdown by path below `docs/`."""
    return {
        "layouts/barueri.md": _page(
            "Barueri PMB004",
            [_BARUERI, _POSITIONAL],
            [
                ("Envio", _records(barueri.ENVIO)),
                ("Retorno sem erro", _records(barueri.RETORNO)),
                ("Códigos de erro", [_codes(barueri.ERROS)]),
                (_ONLY_THE_CITY, [_unseen("barueri")]),
            ],
        ),
        "layouts/sao-paulo.md": _page(
            "São Paulo V.001 e V.002",
            [_SAO_PAULO, _POSITIONAL],
            [
                ("Envio", _records(sao_paulo.ENVIO)),
                *_exports(),
                ("Códigos de erro conferidos", [_codes(sao_paulo.ERROS)]),
                (_ONLY_THE_CITY, [_unseen("sao_paulo")]),
            ],
        ),
        "layouts/abrasf.md": _page(
            "ABRASF 2.02",
            [_ABRASF],
            [
                ("Envio", [_tree(name, tree) for name, tree in abrasf.ENVIO.items()]),
                ("Códigos de erro conferidos", [_codes(abrasf.ERROS)]),
                (_ONLY_THE_CITY, [_unseen("abrasf")]),
            ],
        ),
    }


def _exports() -> list[tuple[str, list[str]]]:
    header, trailer = sao_paulo.RETORNO_HEADER, sao_paulo.RETORNO_TRAILER
    return [
        (f"Retorno V.{versao}", _records({"1": header, **records, "9": trailer}))
        for versao, records in sao_paulo.RETORNO.items()
    ]


def _page(title: str, intro: list[str], sections: list[tuple[str, list[str]]]) -> str:
    parts = [_GENERATED, f"# {title}", *intro]
    for heading, blocks in sections:
        parts += [f"## {heading}", *blocks]
    return "\n\n".join(parts) + "\n"


def _records(records: Mapping[str, Record]) -> list[str]:
    return [_record(tipo, record) for tipo, record in records.items()]


def _record(tipo: str, record: Record) -> str:
    width = f"{record.width} posições"
    if record.variable:
        width += f" e até {record.variable.tamanho} de texto"
    rows = (
        (
            field.nome,
            f"{field.inicio} em diante"
            if field is record.variable
            else _span(field.inicio, field.fim),
            str(field.tamanho),
            str(field.kind),
            _padding(field),
            "sim" if field.obrigatorio else "",
            f"`{field.campo}`" if field.campo else "",
            field.conteudo,
        )
        for field in record.fields
    )
    heads = (
        *("campo", "posição", "tamanho", "tipo", "completa com"),
        *("obrigatório", "campo da API", "conteúdo"),
    )
    sources = "; ".join(dict.fromkeys(field.fonte for field in record.fields))
    return f"### Registro {tipo} ({width})\n\n{_table(heads, rows)}\n\nFonte: {sources}."


def _padding(field: Field) -> str:
    if field.kind is Kind.VARIAVEL:
        return ""
    return "zeros à esquerda" if field.kind.zeros else "brancos à direita"


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} a {last}"


def _tree(name: str, tree: Tree) -> str:
    rows = (
        (
            f"`{element.nome}`",
            element.kind,
            str(element.tamanho),
            "sim" if element.obrigatorio else "",
            f"`{element.campo}`" if element.campo else "",
            element.conteudo,
        )
        for element in tree.fields
    )
    heads = ("elemento", "tipo", "tamanho", "obrigatório", "campo da API", "conteúdo")
    sources = "; ".join(dict.fromkeys(element.fonte for element in tree.fields))
    title = {"lote": "O lote", "rps": "Cada RPS"}[name]
    return f"### {title}\n\n{_table(heads, rows)}\n\nFonte: {sources}."


def _codes(codes: Mapping[str, Code]) -> str:
    rows = (
        (
            code.codigo,
            "alerta" if code.alerta else "erro",
            code.mensagem,
            code.correcao or "",
            f"`{code.campo}`" if code.campo else "",
        )
        for code in codes.values()
    )
    heads = ("código", "tipo", "o que houve", "o que fazer", "campo da API")
    return f"Os códigos são os da cidade; as palavras são nossas.\n\n{_table(heads, rows)}"


def _unseen(city: str) -> str:
    """The codes of a city's own list that nothing here finds in a file, by the reason."""
    why: dict[str, list[str]] = {}
    for row in rows_of(LAYOUTS / city / "nao_vistos.csv"):
        why.setdefault(row["motivo"], []).append(row["codigo"])
    rows = ((motivo, ", ".join(found)) for motivo, found in why.items())
    intro = (
        "Estes códigos da lista da cidade não são procurados nem antes de enviar nem pela "
        "prefeitura de ensaio."
    )
    return f"{intro}\n\n{_table(('por quê', 'códigos'), rows)}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heads, tuple("---" for _ in heads), *rows)
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def main(arguments: list[str]) -> int:
    """Writes the pages; with `--check` only tells whether they are up to date."""
    stale = []
    for name, text in pages().items():
        path = DOCS / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"docs/{name}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
