"""Hold the sentences of `texts/` and the fields of `fields.toml` against the code.

python scripts/check_texts.py    exits 1 and names each fault: a key that does not exist, a
                                 placeholder nobody fills, a detail no sentence has, a code or a
                                 sentence nobody uses, one used that is not there
"""

import ast
import string
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "converter"
sys.path.insert(0, str(ROOT))

# The checkout, not an installed copy.
from converter.schemas.catalogue import FIELDS  # noqa: E402
from converter.texts.command import commands  # noqa: E402
from converter.texts.sentences import sentences  # noqa: E402

COMMANDS = frozenset(commands("simulado"))

MESSAGE_KEYS = {"familia", "severidade", "titulo", "mensagem", "correcao", "exemplo"}
FIELD_KEYS = {
    "tipo", "rotulo", "grupo", "ajuda", "sinonimos", "tamanho", "expressao", "forma", "obrigatorio",
    "quando", "opcoes", "padrao", "exemplo", "fonte", "virtual", "recomendado", "emite",
    "calculado",
}  # fmt: skip
OF_THE_PROBLEM = {"valor", "cabecalho", "campo", "coluna", "linha", "planilha", "arquivo"}
CODED = {"Problem", "Finding", "Assumption", "Abort", "own_message", "Refused"}
"""Calls whose first argument is a code of the catalogue."""


class Words(ast.NodeVisitor):
    """What the package's code says: its texts, the ends of built ones, names, codes of calls."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.ends: set[str] = set()
        self.names: set[str] = set()
        self.codes: set[str] = set()
        self.begins: set[str] = set()
        self.said: list[tuple[str, frozenset[str]]] = []

    def visit_Constant(self, node: ast.Constant) -> None:
        """Keep a text."""
        if isinstance(node.value, str):
            self.texts.add(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Keep the end of a text that is built: `f"{code}-difere"`; and its beginning."""
        first, last = node.values[0], node.values[-1]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            self.begins.add(first.value)
        if isinstance(last, ast.Constant) and isinstance(last.value, str):
            self.ends.add(last.value)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Keep the names of arguments, and the code a problem is made with."""
        self.names |= {each.arg for each in node.keywords if each.arg}
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        first = node.args[0] if node.args else None
        if called in CODED and isinstance(first, ast.Constant) and isinstance(first.value, str):
            self.codes.add(first.value)
        key = first.value if isinstance(first, ast.Constant) else None
        if called == "table" and isinstance(key, str):
            self.begins.add(f"{key}.")
        if called == "sentence" and isinstance(key, str):
            self.said.append((key, frozenset(each.arg or "" for each in node.keywords)))
        self.generic_visit(node)


def words() -> Words:
    """Read every module of the package."""
    found = Words()
    for path in sorted(PACKAGE.rglob("*.py")):
        found.visit(ast.parse(path.read_text(encoding="utf-8")))
    return found


def message_faults(messages: Mapping[str, Mapping[str, str]], code: Words) -> Iterator[str]:
    """Give one line for each fault of the sentences."""
    known = OF_THE_PROBLEM | code.texts | code.names
    for slug, entry in messages.items():
        for key in entry.keys() - MESSAGE_KEYS:
            yield f"messages.toml: [{slug}] tem a chave desconhecida {key}"
        sentences = entry["mensagem"] + entry.get("correcao", "")
        for _, name, _, _ in string.Formatter().parse(sentences):
            if name is not None and name not in known:
                yield f"messages.toml: [{slug}] usa {{{name}}}, que ninguém preenche"
        if slug not in code.texts and not any(
            slug.endswith(end) for end in code.ends if "-" in end
        ):
            yield f"messages.toml: [{slug}] não é usado por ninguém"
    for slug in sorted(code.codes - messages.keys()):
        yield f"messages.toml: falta [{slug}], que o código usa"


def sentence_faults(said: Mapping[str, str], code: Words) -> Iterator[str]:
    """Give one line for each fault of the sentences that are about no problem."""
    holes = {key: _holes(text) for key, text in said.items()}
    for key, given in code.said:
        if key not in said:
            yield f"sentences.toml: falta {key}, que o código usa"
        elif "" not in given:
            known = given | COMMANDS if "ambiente" in given else given
            for name in holes[key] - known:
                yield f"sentences.toml: {key} usa {{{name}}}, que ninguém preenche"
            for name in given - holes[key] - {"ambiente"}:
                yield f"sentences.toml: {key} não usa {{{name}}}, que o código lhe dá"
    for key in said:
        begun = any(key.startswith(begin) for begin in code.begins if "." in begin)
        if not begun and key not in code.texts:
            yield f"sentences.toml: {key} não é usada por ninguém"


def _holes(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def field_faults(catalogue: Mapping[str, Mapping[str, Mapping[str, object]]]) -> Iterator[str]:
    """Give one line for each fault of the fields."""
    asked = {str(entry["opcoes"]) for entry in catalogue["campos"].values() if "opcoes" in entry}
    for name in catalogue["opcoes"].keys() ^ asked:
        yield f"fields.toml: a tabela de opções {name} falta ou não é usada"
    for path, entry in catalogue["campos"].items():
        for key in entry.keys() - FIELD_KEYS:
            yield f'fields.toml: ["{path}"] tem a chave desconhecida {key}'
    labels = [field.label for field in FIELDS]
    for label in {label for label in labels if labels.count(label) > 1}:
        yield f"fields.toml: dois campos com o rótulo {label}"


def main() -> None:
    """Print the faults; none is success."""
    messages = tomllib.loads((PACKAGE / "texts" / "messages.toml").read_text(encoding="utf-8"))
    fields = tomllib.loads((PACKAGE / "schemas" / "fields.toml").read_text(encoding="utf-8"))
    code = words()
    faults = [
        *message_faults(messages, code), *sentence_faults(sentences(), code), *field_faults(fields),
    ]  # fmt: skip
    for fault in faults:
        print(fault)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
