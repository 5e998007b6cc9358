"""What is said of the result workbook itself: why it is not the user's, what had to go."""

from converter.model.problems import Severity
from converter.texts.text import Family, Text

_NEW_BOOK = (
    "Por isso o resultado é um arquivo novo, com as linhas como foram lidas e sem a formatação "
    "original."
)
_SAVE_AGAIN = (
    "Abra o arquivo no Excel, use Salvar como, tipo Pasta de Trabalho do Excel (.xlsx), e ponha "
    "o arquivo salvo em entrada/."
)


def _refused(code: str, title: str, message: str, hint: str = _SAVE_AGAIN) -> Text:
    return Text(code, Family.ARQUIVO, Severity.AVISO, title, f"{message} {_NEW_BOOK}", hint)


def _told(code: str, title: str, message: str, hint: str = "") -> Text:
    return Text(code, Family.ARQUIVO, Severity.AVISO, title, message, hint)


TEXTS: tuple[Text, ...] = (
    _refused(
        "livro-danificado",
        "Planilha danificada por dentro",
        "O arquivo está danificado por dentro ({parte}).",
    ),
    _refused(
        "livro-parte-repetida",
        "Parte repetida na planilha",
        "O arquivo traz duas vezes a mesma parte interna ({parte}), e não dá para saber qual vale.",
    ),
    _refused(
        "livro-parte-ausente",
        "Falta uma parte da planilha",
        "Falta dentro do arquivo uma parte que ele mesmo cita ({parte}).",
    ),
    _refused(
        "livro-nome-de-parte",
        "Nome interno proibido",
        "O arquivo traz uma parte interna com nome que o Excel não aceita ({parte}).",
    ),
    _refused(
        "livro-alvo-fora",
        "Ligação para fora do arquivo",
        "O arquivo tem uma ligação interna que aponta para fora dele ({alvo}).",
    ),
    _refused(
        "livro-relacao-externa",
        "Depende de outro arquivo ou endereço",
        "O arquivo busca conteúdo em outro arquivo ou endereço ({alvo}).",
        "No Excel, use Dados, Editar Links, Quebrar Link, salve e ponha o arquivo em entrada/.",
    ),
    _refused(
        "livro-xml-invalido",
        "Parte interna ilegível",
        "Uma parte interna do arquivo não pode ser lida com segurança ({parte}).",
    ),
    _refused(
        "livro-cifrado",
        "Planilha protegida por senha de abertura",
        "O arquivo está cifrado.",
        "Abra-o no Excel, tire a senha de abertura em Arquivo, Informações, Proteger, e salve.",
    ),
    _refused(
        "livro-grande-demais",
        "Planilha grande demais",
        "O arquivo, aberto, passa do tamanho que se pode copiar com segurança.",
        "Divida a planilha em arquivos menores.",
    ),
    _refused(
        "livro-formatos-demais",
        "Formatos demais na planilha",
        "O arquivo já usa quase todos os formatos de célula que o Excel permite ({quantidade}).",
        "Copie só os valores para uma planilha nova e ponha essa em entrada/.",
    ),
    _told(
        "livro-assinatura-retirada",
        "Assinatura digital retirada",
        "A planilha original tem assinatura digital. O resultado acrescenta abas, e a "
        "assinatura deixaria de valer: por isso ela não está no resultado. O arquivo de entrada "
        "continua assinado.",
    ),
    _told(
        "livro-editado",
        "Resultado editado foi guardado",
        "{arquivo} foi editado depois de gravado; a versão editada está guardada como {guardado}.",
    ),
    _told(
        "livro-anterior",
        "Resultado anterior guardado",
        "{arquivo} falava de notas que não estão mais na planilha; está guardado como {guardado}.",
    ),
    _told(
        "livro-aberto",
        "Resultado aberto em outro programa",
        "O arquivo {arquivo} está aberto em outro programa; o novo foi gravado como {novo}.",
        "Feche o arquivo no Excel e rode make convert outra vez.",
    ),
    _told(
        "livro-corrigir-resolvido",
        "Nada mais a corrigir",
        "Nada mais a corrigir aqui: {arquivo} foi retirado de saida/.",
    ),
)
