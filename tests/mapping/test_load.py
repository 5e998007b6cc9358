import pytest

from converter.brazil.headers import fold
from converter.errors import MappingError
from converter.mapping.load import SHIPPED, load_mappings, shipped_folder
from converter.schemas.catalogue import FIELDS
from tests.mapping.books import mappings


def refused(tmp_path, text: str) -> MappingError:
    with pytest.raises(MappingError) as caught:
        mappings(tmp_path, meu=text)
    return caught.value


def test_no_header_of_the_catalogue_names_two_fields():
    owner: dict[str, str] = {}
    for field in FIELDS:
        for header in (field.label, *field.synonyms, field.path):
            assert owner.setdefault(fold(header), field.path) == field.path, header


def test_a_folder_that_is_not_there_is_an_empty_one(tmp_path):
    assert load_mappings([tmp_path / "nada"]) == load_mappings([])


def test_the_users_mappings_come_before_the_shipped_ones(tmp_path):
    known = mappings(tmp_path, zeta='[colunas]\nservico.valor_servicos = "Quanto"')
    assert known.names[0] == "zeta"
    assert "padrao" in known.names


def test_a_mapping_may_replace_the_shipped_one_of_its_name_and_build_on_it(tmp_path):
    text = 'base = "padrao"\n[colunas]\nservico.valor_servicos = "Quanto"'
    known = mappings(tmp_path, padrao=text)
    spec = known.named("padrao")
    assert spec is not None
    assert not spec.shipped
    assert spec.columns["servico.valor_servicos"].headers == ("Quanto",)
    assert known.names.count("padrao") == 1
    assert "dtemissao" in spec.known


def test_a_header_taken_from_the_base_leaves_the_field_it_had(tmp_path):
    text = 'base = "padrao"\n[colunas]\nservico.valor_liquido = "Valor"'
    spec = mappings(tmp_path, meu=text).named("meu")
    assert spec is not None
    assert spec.known["valor"] == ("servico.valor_liquido",)


def test_in_a_clone_the_users_mappings_lie_beside_the_shipped_ones(tmp_path, monkeypatch):
    for file in shipped_folder().glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "zeta.toml").write_text('[colunas]\ntomador.email = "Ctt"', encoding="utf-8")
    monkeypatch.setattr("converter.mapping.load.shipped_folder", lambda: tmp_path)
    known = load_mappings([tmp_path])
    assert [spec.name for spec in known.specs if not spec.shipped] == ["zeta"]
    assert {spec.name for spec in known.specs if spec.shipped} == SHIPPED


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('nome = "x"\ncolunnas = 1', 2, 'você quis dizer "colunas"'),
        ('[colunas]\n\nservico.valor_sevicos = "Valor"', 3, '"servico.valor_servicos"'),
        ('[colunas]\ntomador.email = { colluna = "E-mail" }', 2, '"colluna"'),
        ('[colunas]\nservico.novo = { colluna = "E-mail" }', 2, '"colluna"'),
        ("[colunas]\ntomador.email = 3", 2, "texto entre aspas"),
        ('[colunas]\n# tomador.email = 1\ntomador.email = ["a", 2]', 3, "lista"),
        ('[colunas]\ndata_emissao = { coluna = "D", formato = "dd-mm" }', 2, "dd/mm/aaaa"),
        ('[colunas]\ndata_emissao = { coluna = "D", letra = "F" }', 2, "escolha um só"),
        ('[colunas]\ndata_emissao = { letra = "7" }', 2, "letra de coluna"),
        ('[colunas]\ndata_emissao = { formato = "dd/mm/aaaa" }', 2, "falta dizer qual coluna"),
        ('[colunas]\na.b = "X"\ntomador.uf = "Y"\ntomador.cpf = "X"', 4, "dois campos"),
        ("[planilha]\nlinha_cabecalho = 0", 2, "linha que o Excel mostra"),
        ("[planilha]\nlinha_cabecalho = true", 2, "linha que o Excel mostra"),
        ("[planilha]\nabas = [1]", 2, "texto entre aspas"),
        ("[constantes]\ndata_emissao = [1]", 2, "um texto, um número"),
        ("[constantes]\nServico.X = 1", 2, "letras minúsculas"),
        (
            '[colunas]\ntomador.uf = { coluna = "UF", padrao = "SP" }\n'
            '[constantes]\ntomador.uf = "RJ"',
            4,
            "[colunas]",
        ),
        ('catalogo = ["tudo"]', 1, "rotulos"),
        ("caminhos_livres = 1", 1, "true ou false"),
        ('base = "nenhum"', 1, "padrao"),
        ('base = "meu"', 1, "volta a este mesmo"),
        ("nome = x", 1, "TOML"),
        ("[colunas]\ntomador.uf = { coluna = 'UF', valores = 3 }", 2, "tabela"),
        ("[colunas]\ntomador.uf = { dividir = 'Cidade/UF', parte = 0 }", 2, "número inteiro"),
    ],
)
def test_what_cannot_be_understood_is_refused_at_its_line(tmp_path, text, line, words):
    error = refused(tmp_path, text)
    assert (error.file, error.line) == ("meu.toml", line)
    assert words in str(error)


def test_a_circle_of_bases_is_refused(tmp_path):
    with pytest.raises(MappingError, match="volta a este mesmo"):
        mappings(tmp_path, a='base = "b"', b='base = "a"')


def test_two_files_with_one_name_are_refused(tmp_path):
    with pytest.raises(MappingError, match=r"b\.toml, linha 1: o nome “?\"?x"):
        mappings(tmp_path, a='nome = "x"', b='nome = "x"')


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "meu.toml").write_bytes('nome = "emissão"'.encode("cp1252"))
    with pytest.raises(MappingError, match="UTF-8"):
        load_mappings([tmp_path])
