"""Problems of the header row and of mappings, told once per sheet."""

from converter.model.problems import Severity
from converter.texts.text import Family, Text

TEXTS: tuple[Text, ...] = (
    Text(
        "cabecalho-nao-reconhecido",
        Family.CABECALHO,
        Severity.ERRO,
        "Cabeçalho não reconhecido",
        "A aba “{planilha}” não tem uma linha de cabeçalho que o planilote conheça. "
        "Colunas reconhecidas: {reconhecidos}.",
        "Rode “planilote mapear” com este arquivo: sai um rascunho de mapeamento para você "
        "completar em mappings/. Ou copie as notas para um modelo (“planilote modelo”).",
        "Col1; Col2; Col3",
    ),
    Text(
        "sem-aba-de-notas",
        Family.CABECALHO,
        Severity.ERRO,
        "Nenhuma aba com notas",
        "Todas as abas do arquivo estão vazias, ocultas ou fora do mapeamento.",
        "Se as notas estão em uma aba oculta, reexiba-a no Excel (clique direito em uma aba, "
        "Reexibir) e salve.",
        "arquivo com uma só aba, oculta",
    ),
    Text(
        "mapeamento-desconhecido",
        Family.CABECALHO,
        Severity.ERRO,
        "Mapeamento desconhecido",
        "Não existe mapeamento chamado “{mapeamento}”.",
        "Use um destes: {mapeamentos}.",
        "--mapeamento padrão",
    ),
    Text(
        "mapeamento-ambiguo",
        Family.CABECALHO,
        Severity.ERRO,
        "Dois mapeamentos servem igualmente",
        "O cabeçalho da aba “{planilha}” serve igualmente aos mapeamentos {mapeamentos}, e cada um "
        "leria a planilha de um jeito.",
        'Diga qual usar com --mapeamento NOME, ou com a linha mapeamento = "NOME" no '
        "planilote.toml.",
        "dois arquivos de mappings/ com as mesmas colunas",
    ),
    Text(
        "mapeamento-rascunho",
        Family.CABECALHO,
        Severity.ERRO,
        "O mapeamento ainda é um rascunho",
        "A aba “{planilha}” foi lida com o mapeamento {mapeamento}, que ainda tem palpites por "
        "confirmar; nenhuma nota dela é enviada assim.",
        "Abra o {mapeamento}, confira as linhas com “# confirmar” e apague a linha "
        "“rascunho = true”.",
        "mapeamento feito por planilote mapear",
    ),
    Text(
        "coluna-duplicada",
        Family.CABECALHO,
        Severity.ERRO,
        "Duas colunas para o mesmo campo",
        "As colunas {colunas} querem dizer a mesma coisa: {rotulo}.",
        "Apague ou renomeie a que não vale. Se as duas precisam ficar, escolha uma pela letra em "
        'um mapeamento: letra = "F".',
        "Valor; Valor total",
    ),
    Text(
        "coluna-ausente",
        Family.CABECALHO,
        Severity.ERRO,
        "Falta uma coluna obrigatória",
        "Falta a coluna “{rotulo}”, e nenhuma outra se parece com ela.",
        "Acrescente a coluna. Se o valor é igual para todas as notas, escreva-o uma vez no "
        "planilote.toml ou em [constantes] do mapeamento “{mapeamento}”.",
        "planilha sem a coluna Valor",
    ),
    Text(
        "coluna-ausente-parecida",
        Family.CABECALHO,
        Severity.ERRO,
        "Falta uma coluna obrigatória, e há uma parecida",
        "Falta a coluna “{rotulo}”. A coluna {coluna}, “{cabecalho}”, parece ser ela, mas o nome "
        "não é exatamente um dos conhecidos.",
        "Se é ela, mude o cabeçalho para “{rotulo}”; ou ponha “{cabecalho}” no seu mapeamento.",
        "Valor dos servisos",
    ),
    Text(
        "coluna-parecida",
        Family.CABECALHO,
        Severity.AVISO,
        "Coluna não usada, parecida com uma conhecida",
        "A coluna {coluna}, “{cabecalho}”, não foi usada. Ela se parece com “{rotulo}”.",
        "Se é a mesma coisa, mude o cabeçalho para “{rotulo}”. Se não é, pode deixar como está.",
        "Aliqota",
    ),
    Text(
        "prestador-indefinido",
        Family.CABECALHO,
        Severity.ERRO,
        "Não se sabe quem é o prestador",
        "A aba “{planilha}” não diz de quem são as notas, e o planilote.toml não tem um prestador "
        "único.",
        "Ponha o arquivo em uma subpasta de entrada/ com o CNPJ ou o nome do prestador, ou "
        "acrescente a coluna “CNPJ do prestador”, ou cadastre o prestador no planilote.toml.",
        "planilha sem CNPJ do prestador",
    ),
    Text(
        "prestador-fora-da-pasta",
        Family.CABECALHO,
        Severity.AVISO,
        "Prestador diferente do da pasta",
        "O arquivo está na pasta do prestador {pasta}, mas a linha {linha} é do prestador {valor}. "
        "Vale o que está na planilha.",
        "Confira se o arquivo está na pasta certa antes de enviar.",
        "22.333.444/0001-81 na pasta 11222333000181",
    ),
    Text(
        "planilha-sem-linhas",
        Family.CABECALHO,
        Severity.AVISO,
        "Planilha só com cabeçalho",
        "A aba “{planilha}” tem cabeçalho e nenhuma nota abaixo dele.",
        "Preencha as notas a partir da linha seguinte ao cabeçalho.",
        "modelo ainda em branco",
    ),
    Text(
        "notas-na-aba-exemplo",
        Family.CABECALHO,
        Severity.ERRO,
        "Notas preenchidas na aba de exemplo",
        "A aba “{planilha}” do modelo só serve de exemplo e nunca é enviada, mas a linha {linha} "
        "tem dados que não são os do exemplo.",
        "Passe as notas para a aba “Notas” e deixe a aba de exemplo como estava.",
        "nota digitada na aba Exemplo",
    ),
    Text(
        "modelo-antigo",
        Family.CABECALHO,
        Severity.AVISO,
        "Modelo de uma versão anterior",
        "Este arquivo nasceu da versão {versao} do modelo “{modelo}”; a atual é a {atual}. As "
        "colunas dele continuam valendo.",
        "Quando puder, gere o modelo novo com “planilote modelo {modelo}”.",
        "modelo gerado há um ano",
    ),
    Text(
        "modelo-de-versao-futura",
        Family.CABECALHO,
        Severity.AVISO,
        "Modelo mais novo que este planilote",
        "Este arquivo nasceu da versão {versao} do modelo “{modelo}”, mais nova que a {atual} "
        "deste planilote.",
        "Atualize o planilote, para que nenhuma coluna nova fique de fora.",
        "modelo gerado por outra instalação",
    ),
    Text(
        "mapeamento-lembrado",
        Family.RESUMO,
        Severity.INFO,
        "Mapeamento já escolhido antes",
        "Aba “{planilha}”: usado o mapeamento “{mapeamento}”, escolhido antes para este cabeçalho.",
        "Para trocar, use --mapeamento NOME.",
    ),
    Text(
        "aba-oculta",
        Family.RESUMO,
        Severity.INFO,
        "Aba oculta",
        "A aba “{planilha}” está oculta e não foi convertida.",
        "Se ela tem notas, reexiba-a no Excel e salve.",
    ),
    Text(
        "aba-vazia",
        Family.RESUMO,
        Severity.INFO,
        "Aba vazia",
        "A aba “{planilha}” está vazia.",
        "Nada a fazer.",
    ),
    Text(
        "aba-sem-cabecalho",
        Family.RESUMO,
        Severity.INFO,
        "Aba sem cabeçalho conhecido",
        "A aba “{planilha}” não tem cabeçalho conhecido e não foi convertida.",
        "Se ela tem notas, use “planilote mapear” para criar um mapeamento.",
    ),
    Text(
        "aba-sem-notas",
        Family.RESUMO,
        Severity.INFO,
        "Aba que não é de notas",
        "A aba “{planilha}” tem colunas conhecidas, mas não as de uma lista de notas (valor, data, "
        "discriminação), e não foi convertida.",
        "Se ela tem notas, complete o cabeçalho.",
    ),
    Text(
        "aba-excluida",
        Family.RESUMO,
        Severity.INFO,
        "Aba fora do mapeamento",
        "A aba “{planilha}” ficou de fora porque o mapeamento assim diz.",
        "Para incluí-la, mude abas ou ignorar_abas no mapeamento.",
    ),
    Text(
        "aba-do-modelo",
        Family.RESUMO,
        Severity.INFO,
        "Aba de apoio do modelo",
        "A aba “{planilha}” é do próprio modelo e nunca é enviada.",
        "Nada a fazer.",
    ),
    Text(
        "linhas-de-total",
        Family.RESUMO,
        Severity.INFO,
        "Linhas de total",
        "Aba “{planilha}”, linhas de total deixadas de fora: {linhas}.",
        "Se alguma é uma nota, preencha a data, o tomador e a discriminação dela.",
    ),
    Text(
        "linhas-de-cabecalho",
        Family.RESUMO,
        Severity.INFO,
        "Cabeçalho repetido",
        "Aba “{planilha}”, linhas de cabeçalho repetido deixadas de fora: {linhas}.",
        "Nada a fazer.",
    ),
    Text(
        "linhas-de-rodape",
        Family.RESUMO,
        Severity.INFO,
        "Linhas de rodapé",
        "Aba “{planilha}”, linhas de rodapé deixadas de fora: {linhas}.",
        "Se alguma é uma nota, preencha as colunas dela.",
    ),
    Text(
        "linhas-fora-das-colunas",
        Family.RESUMO,
        Severity.INFO,
        "Linhas preenchidas só em colunas não usadas",
        "Aba “{planilha}”, linhas contadas como em branco, com algo só em colunas não usadas: "
        "{linhas}.",
        "Se alguma é uma nota, preencha as colunas reconhecidas.",
    ),
    Text(
        "valor-padrao",
        Family.RESUMO,
        Severity.INFO,
        "Valor que a planilha não traz",
        "Aba “{planilha}”: {rotulo} = {padrao}, conforme {origem}.",
        "Para mudar, acrescente a coluna à planilha ou altere esse valor.",
    ),
    Text(
        "campos-livres",
        Family.RESUMO,
        Severity.INFO,
        "Campos enviados como estão",
        "Aba “{planilha}”: enviados sem conferência, por não estarem no catálogo: {campos}.",
        "Confira no guia da sua prefeitura se os nomes estão certos.",
    ),
)
