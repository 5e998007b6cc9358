from datetime import UTC, datetime
from pathlib import Path

import pytest

from converter.errors import SettingsError
from converter.model.notas import Prestador
from converter.model.problems import Severity
from converter.runtime import config
from converter.settings import load
from converter.texts.catalogue import assumption

NOW = datetime(2026, 11, 22, tzinfo=UTC)
BARUERI = Prestador("45782190000184", "1", "3505708")
CURITIBA = Prestador("45782190000184", "1", "4106902")


def decided(pasta: Path, text: str = "", ambiente: str | None = None) -> config.RunConfig:
    (pasta / "planilote.toml").write_text(text, encoding="utf-8")
    return config.load(load({}, pasta=str(pasta), ambiente=ambiente), NOW, {}, {})


def test_a_lote_holds_what_its_citys_layout_takes(tmp_path: Path) -> None:
    made = decided(tmp_path)
    assert made.splitting(BARUERI).notas == 1000
    assert made.splitting(CURITIBA).notas == 50


def test_a_city_may_be_given_its_own_limit(tmp_path: Path) -> None:
    made = decided(tmp_path, "[municipios.4106902]\nnotas_por_lote = 7\n")
    assert made.splitting(CURITIBA).notas == 7


def test_a_severity_can_be_raised_lowered_and_silenced(tmp_path: Path) -> None:
    text = '[severidade]\nlinha-repetida = "aviso"\nlinha-alterada = "silencio"\n'
    made = decided(tmp_path, text)
    assert made.severity("linha-repetida") is Severity.AVISO
    assert made.severity("linha-alterada") is None
    assert made.severity("cnpj-digito") is Severity.ERRO


def test_resumo_is_told_of_each_severity_that_was_changed(tmp_path: Path) -> None:
    made = decided(tmp_path, '[severidade]\ncnpj-digito = "aviso"\n')
    (told,) = map(assumption, made.changed)
    assert "(cnpj-digito) vale como aviso" in told
    assert "o normal é erro" in told
    assert decided(tmp_path).changed == ()


def test_an_old_competencia_nags_only_where_it_counts(tmp_path: Path) -> None:
    assert decided(tmp_path).severity("competencia-antiga") is None
    assert decided(tmp_path, ambiente="homologacao").severity("competencia-antiga")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[severidade]\nnao-existe = "aviso"\n', "não existe o código “nao-existe”"),
        ('[severidade]\ncnpj-digito = "leve"\n', "escolha um destes"),
        ("padroes = 3\n", "padroes"),
        ("outra = 1\n", "não existe a opção “outra”"),
        ('[[prestadores]]\ncnpj = "123"\n', "não é válido"),
        ("[severidade]\ncnpj-digito = [1]\n", "escolha um destes"),
        ('cnpj_alfanumerico = "não"\n', "true ou false"),
        ('parcial = "sim"\n', "true ou false"),
        ('processos = "dois"\n', "número inteiro"),
        ("mapeamento = 3\n", "texto entre aspas"),
        ("[municipios]\n3505708 = 3\n", "3505708"),
        ("[municipios.350570]\n", "não é o código de um município"),
        ("[municipios.3505708]\nnotas_por_lotes = 5\n", "notas_por_lotes"),
        ('[municipios.3505708]\nnotas_por_lote = "x"\n', "número inteiro"),
        ("[municipios.3505708]\nnotas_por_lote = 0\n", "1 ou mais"),
        ('[municipios.3505708]\nformato_aliquota = "fração"\n', "percentual, fracao"),
        ("[municipios.3505708]\nobrigatorio = true\n", "seção"),
        ("[municipios.3505708.obrigatorio]\ncep = true\n", "“cep”"),
        ("[municipios.3505708.opcoes.natureza]\n1 = 'x'\n", "“natureza”"),
        ("[municipios.3505708.opcoes.natureza_operacao]\n1 = 2\n", "natureza_operacao"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        decided(tmp_path, text)


def test_the_fingerprint_changes_with_what_decides_and_only_then(tmp_path: Path) -> None:
    first = decided(tmp_path).fingerprint
    assert decided(tmp_path).fingerprint == first
    assert decided(tmp_path, "parcial = true\n").fingerprint != first
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "meu.toml").write_text(
        'nome = "meu"\nbase = "padrao"\n', encoding="utf-8"
    )
    assert decided(tmp_path).fingerprint != first
