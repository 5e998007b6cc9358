"""Things decided without asking, told in Resumo."""

from converter.model.problems import Severity
from converter.texts.text import Family, Text


def _text(code: str, title: str, message: str, hint: str = "") -> Text:
    return Text(code, Family.RESUMO, Severity.INFO, title, message, hint)


TEXTS: tuple[Text, ...] = (
    _text(
        "formato-pelo-conteudo",
        "Formato reconhecido pelo conteúdo",
        "O nome do arquivo termina em .{extensao}, mas o conteúdo é {formato}; valeu o conteúdo.",
    ),
    _text(
        "csv-codificacao",
        "Codificação do texto",
        "Texto lido em {codificacao}.",
    ),
    _text(
        "csv-codificacao-suposta",
        "Codificação suposta",
        "O arquivo não diz em que codificação está; pelos acentos, foi lido em {codificacao}.",
        "Se algum acento sair errado, salve o arquivo como CSV UTF-8.",
    ),
    _text(
        "csv-separador",
        "Separador de colunas",
        "Colunas separadas por {separador}.",
    ),
    _text(
        "csv-separador-declarado",
        "Separador declarado",
        "Colunas separadas por {separador}, como pede a linha “sep=” do próprio arquivo.",
    ),
    _text(
        "datas-1904",
        "Datas contadas desde 1904",
        "A pasta conta as datas a partir de 1904 (padrão antigo do Mac); foi levado em conta.",
    ),
    _text(
        "macros-nao-executadas",
        "Macros não executadas",
        "O arquivo tem macros: elas são conservadas no resultado e nunca são executadas.",
    ),
    _text(
        "severidade-alterada",
        "Peso de um aviso mudado",
        "“{titulo}” ({codigo}) vale como {nivel} por decisão do planilote.toml; o normal é "
        "{normal}.",
        "Para voltar ao normal, apague a linha {codigo} de [severidade].",
    ),
    _text(
        "vinculos-externos",
        "Vínculos com outros arquivos",
        "Há fórmulas que buscam valores em outros arquivos; foram usados os últimos valores "
        "salvos.",
        "Se os outros arquivos mudaram, abra este no Excel, atualize os vínculos e salve.",
    ),
)
