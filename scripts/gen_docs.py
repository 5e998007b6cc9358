"""Write the reference pages of `docs/` from the catalogues, or check that they are up to date.

python scripts/gen_docs.py            writes docs/campos.md and docs/erros.md
python scripts/gen_docs.py --check    exits 1 where a page differs from its catalogue
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from converter.model.problems import Severity  # noqa: E402 - the checkout, not an installed copy
from converter.schemas.catalogue import FIELDS, GROUPS, Emit, Field, Kind, Requirement  # noqa: E402 - as above
from converter.texts.catalogue import (  # noqa: E402 - as above
    CATALOGUE,
    Family,
    Text,
)

NOTICE = "<!-- Página gerada por scripts/gen_docs.py. Não edite: mude {source} e gere de novo. -->"

KINDS: Mapping[Kind, str] = {
    Kind.TEXT: "texto",
    Kind.CODE: "código (texto, com zeros e letras)",
    Kind.MONEY: "valor em R$",
    Kind.RATE: "percentual",
    Kind.DECIMAL: "número",
    Kind.INTEGER: "número inteiro",
    Kind.BOOLEAN: "sim ou não",
    Kind.DATETIME: "data, com ou sem hora",
    Kind.DATE: "data",
    Kind.CNPJ: "CNPJ",
    Kind.CPF: "CPF",
    Kind.CPF_CNPJ: "CPF ou CNPJ",
    Kind.CEP: "CEP",
    Kind.MUNICIPIO: "município (código do IBGE ou nome)",
    Kind.UF: "UF",
    Kind.PAIS: "país",
    Kind.ITEM_SERVICO: "item da lista de serviços",
    Kind.CNAE: "CNAE",
    Kind.NBS: "NBS",
    Kind.EMAIL: "e-mail",
    Kind.PHONE: "telefone",
    Kind.CHOICE: "opção",
}

WRITTEN: Mapping[Emit, str] = {
    Emit.TEXTO: "texto",
    Emit.NUMERO: "número",
    Emit.BOOLEANO: "verdadeiro ou falso",
    Emit.DATA_HORA: "data e hora com fuso",
}

FAMILIES: Mapping[Family, tuple[str, str]] = {
    Family.ARQUIVO: ("Arquivo", "Sobre o arquivo inteiro, uma vez por arquivo."),
    Family.CABECALHO: ("Cabeçalho", "Sobre as colunas, uma vez por planilha."),
    Family.CELULA: ("Célula", "Sobre uma célula só."),
    Family.LINHA: ("Linha", "Entre as células de uma mesma linha."),
    Family.ENVIO: ("Envio", "Sobre o que a API, a prefeitura ou a rede responderam."),
    Family.RESUMO: ("Resumo", "O que o planilote decidiu sozinho e conta na aba Resumo."),
}

SEVERITIES: Mapping[Severity, str] = {
    Severity.ERRO: "erro: a nota fica retida",
    Severity.AVISO: "aviso: a nota segue",
    Severity.INFO: "informação",
}


def campos() -> str:
    """Give the reference of every field, group by group."""
    lines = [
        NOTICE.format(source="converter/schemas/fields.toml"),
        "",
        "# Campos",
        "",
        "Todos os campos que uma planilha pode trazer, como o planilote os conhece. O cabeçalho da"
        " coluna pode ser o nome do campo, o caminho na API ou qualquer dos outros nomes; acentos,"
        " maiúsculas, espaços e pontuação não contam.",
        "",
        "Um caminho que não está nesta página também passa: o mapeamento diz de que tipo ele é.",
    ]
    for group in GROUPS:
        lines += ["", f"## {group}"]
        for field in FIELDS:
            if field.group == group:
                lines += ["", *_field(field)]
    return "\n".join(lines) + "\n"


def _field(field: Field) -> Iterator[str]:
    yield f"### {field.label}"
    yield ""
    yield field.help
    yield ""
    yield f"- Caminho: `{field.path}`" + (" (não é enviado)" if field.virtual else "")
    size = f", até {field.size} caracteres" if field.size else ""
    shape = f", {field.shape}" if field.shape else ""
    written = "" if field.virtual else f"; no JSON, {WRITTEN[field.emit]}"
    yield f"- Tipo: {KINDS[field.kind]}{shape or size}{written}"
    yield f"- Obrigatório: {_required(field)}"
    if field.values:
        options = "; ".join(f"`{option}` {meaning}" for option, meaning in field.values.items())
        yield f"- Opções: {options}"
    if field.default is not None:
        yield f"- Quando vazio: {field.default}"
    yield f"- Exemplo: {field.example}"
    if field.synonyms:
        yield f"- Outros nomes da coluna: {', '.join(field.synonyms)}"
    yield f"- Fonte: {field.source}"


def _required(field: Field) -> str:
    if field.required is Requirement.CONDICIONAL:
        return field.when
    return "sempre" if field.required is Requirement.SEMPRE else "não"


def erros() -> str:
    """Give one entry for each code of the catalogue, family by family."""
    lines = [
        NOTICE.format(source="converter/texts"),
        "",
        "# Erros e avisos",
        "",
        "Cada problema tem um código que não muda. O que está entre ‹ › é preenchido com o caso da"
        " sua planilha. A gravidade de um código pode ser mudada no `planilote.toml`"
        " (`erro`, `aviso`, `info` ou `silencio`); um valor que não pôde ser lido, como uma data"
        " ou uma quantia, continua sendo erro, porque não há o que enviar.",
    ]
    for family, (title, what) in FAMILIES.items():
        texts = [text for text in CATALOGUE.values() if text.family is family]
        if texts:
            lines += ["", f"## {title}", "", what]
        for text in sorted(texts, key=lambda text: text.code):
            lines += ["", *_text(text)]
    return "\n".join(lines) + "\n"


def _text(text: Text) -> Iterator[str]:
    yield f"### `{text.code}`"
    yield ""
    yield f"**{text.title}** ({SEVERITIES[text.severity]})"
    yield ""
    yield _readable(text.message)
    if text.hint:
        yield ""
        yield f"Como resolver: {_readable(text.hint)}"
    if text.example:
        yield ""
        yield f"Exemplo: `{text.example}`"


def _readable(template: str) -> str:
    """Show the placeholders of a sentence as a reader understands them."""

    def shown(found: re.Match[str]) -> str:
        name = f"‹{found[1].replace('_', ' ')}›"
        return found[2].replace("#", name) if found[2] else name

    # Of a sentence that agrees with a count, that of many.
    return re.sub(r"\{(\w+)(?::[^|{}]*\|([^{}]*))?\}", shown, template)


PAGES: Mapping[str, Callable[[], str]] = {"docs/campos.md": campos, "docs/erros.md": erros}


def main() -> int:
    """Write or check every page; give the exit code."""
    arguments = argparse.ArgumentParser(description="Páginas de referência de docs/.")
    arguments.add_argument("--check", action="store_true", help="só compara, nada escreve")
    check = arguments.parse_args().check
    stale = []
    for name, page in PAGES.items():
        path, text = ROOT / name, page()
        current = path.read_text(encoding="utf-8") if path.exists() else ""
        if current == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"{name}: {'desatualizada, rode scripts/gen_docs.py' if check else 'escrita'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
