"""The commands about mappings: explain a choice, draft a new one, write a template."""

from collections.abc import Iterator
from pathlib import Path

from converter.disk import write_bytes
from converter.errors import SettingsError
from converter.mapping.defaults import Defaults
from converter.mapping.explain import explain
from converter.mapping.load import load_mappings
from converter.mapping.template import TEMPLATES, template
from converter.model.cells import RawBook
from converter.settings import Settings
from converter.stages.map import map_book
from converter.stages.read import read
from converter.texts import catalogue
from converter.texts.sentences import sentence


def explain_mappings(settings: Settings, path: Path | None) -> Iterator[str]:
    """The mappings at hand; with a file, how each fits it.

    Raises:
        SettingsError: A mapping or the file cannot be read.
    """
    mappings = load_mappings([settings.folders.mappings])
    if path is None:
        for spec in mappings.specs:
            yield f"{spec.name}{'' if spec.shipped else ' (seu)'}: {spec.description}"
        return
    defaults = Defaults.from_table(settings.tabela, settings.texto)
    book = book_of(path)
    yield from explain(book, mappings, defaults, choice=settings.mapeamento)


def draft_mapping(settings: Settings, path: Path) -> Path:
    """Write a draft for a spreadsheet nobody has seen; where it is.

    Raises:
        SettingsError: The file cannot be read, has no header, or the draft's name is taken.
    """
    from converter.mapping.draft import draft

    target = settings.folders.mappings / f"{path.stem}.toml"
    if target.exists():
        raise SettingsError(sentence("comando.rascunho-existe", caminho=target))
    book, mappings = book_of(path), load_mappings([settings.folders.mappings])
    defaults = Defaults.from_table(settings.tabela, settings.texto)
    try:
        understood = map_book(book, mappings, choice=None, defaults=defaults)
        text = draft(book, mappings, understood.columns)
    except ValueError as error:
        raise SettingsError(str(error)) from error
    return write_bytes(target, text.encode())


def write_template(settings: Settings, name: str | None) -> Path:
    """Write a template to fill in, beside the working folder's own files; where it is.

    Raises:
        SettingsError: There is no template of that name, or a file of that name already.
    """
    from converter.mapping.template_book import draw

    chosen = template(name or TEMPLATES[0].name)
    if chosen is None:
        names = ", ".join(one.name for one in TEMPLATES)
        raise SettingsError(sentence("comando.sem-modelo", nome=name, modelos=names))
    target = settings.folders.pasta / f"{chosen.name}.xlsx"
    if target.exists():
        raise SettingsError(sentence("comando.modelo-existe", caminho=target))
    return write_bytes(target, draw(chosen))


def book_of(path: Path) -> RawBook:
    """The cells of a file.

    Raises:
        SettingsError: It cannot be read.
    """
    found = read(path.read_bytes(), path.name)
    if found.book is None:
        raise SettingsError(f"{path}: {catalogue.told(found.problems[0])}")
    return found.book
