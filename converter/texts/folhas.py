"""Words of the sheets of the result workbook that are not problems."""

from converter.model.outcome import LoteState, Situacao

SIMULACAO = "SIMULAÇÃO, sem valor fiscal"
HOMOLOGACAO = "HOMOLOGAÇÃO: ambiente de testes, sem valor fiscal"
BANNERS = {"simulado": SIMULACAO, "homologacao": HOMOLOGACAO}
AMBIENTES = {
    "simulado": "simulado (nada saiu deste computador)",
    "homologacao": "homologação (testes da prefeitura)",
    "producao": "produção",
}

ESTADOS = {
    LoteState.PREPARADO: "pronto para enviar",
    LoteState.ENVIANDO: "em envio",
    LoteState.GERADO: "arquivo gerado, à espera do retorno da prefeitura",
    LoteState.RECUSADO: "recusado",
    LoteState.DESCONHECIDO: "destino desconhecido",
    LoteState.RESPONDIDO: "respondido pela prefeitura",
}

SEM_PRESTADOR = "(sem prestador)"

RESULTADO_AJUDA = (
    "Uma linha para cada linha da sua planilha. O número da linha leva até ela; o ref leva ao lote."
)
ERROS_AJUDA = "Um problema por linha. Clique em Onde para ir direto à célula da sua planilha."
SEM_ERROS = "Nenhum problema encontrado."
RESPOSTA_AJUDA = "O que a prefeitura respondeu, nota a nota."
SEM_RESPOSTA = (
    "Ainda não há resposta da prefeitura. Baixe o arquivo de retorno no site dela, ponha em "
    "retornos/ e rode: {converter}"
)
LOTE_AJUDA = (
    "À esquerda, o arquivo linha a linha, como foi gerado. À direita, uma nota por linha: a posição"
    " de cada campo está no comentário do título. O filtro esconde a linha toda, arquivo e nota."
)
LOTE_SEM_LEITURA = "O arquivo linha a linha, como foi gerado."
LOTE_PEDIDO = "Ainda não há arquivo de importação: este é o pedido, como será ou foi enviado."

PASSO_DESCONHECIDO = (
    "Não se sabe se {quantos} chegou ao destino. Não envie outra vez. Rode: {situacao}"
    " (o planilote pergunta à API antes de qualquer novo envio)."
)
PASSO_CORRIGIR = (
    "Corrija as células coloridas de {arquivo}, ponha esse arquivo em entrada/ e rode: {converter}"
    " (o que já foi enviado não vai de novo)."
)
PASSO_ABA = (
    "Veja em Erros o que falta à aba inteira. O que vale para todas as notas vai no "
    "planilote.toml; uma coluna se acrescenta ou se renomeia em {arquivo}, que depois vai para "
    "entrada/."
)
PASSO_RECUSADO = "Veja em Erros por que {quantos} foi recusado, corrija e rode: {converter}"
PASSO_ENVIAR = "Nada foi enviado ainda. Confira os valores e, para enviar, rode: {converter}"
PASSO_RETORNO = (
    "Envie à prefeitura {quantos} em {saida}/lotes/, baixe o arquivo de retorno, ponha em "
    "retornos/ e rode: {converter}"
)
PASSO_RETORNO_SIMULADO = (
    "Isto é uma simulação, em outra API (a de PLANILOTE_URL): não envie nada à prefeitura de "
    "verdade. Se é a do simulador do planilote, abra esse endereço no navegador e, em cada lote, "
    "use “Levar o arquivo à prefeitura” e “Baixar o arquivo de retorno”. Ponha o que baixou em "
    "retornos/ e rode: {converter}"
)
PASSO_PRONTO = "Tudo pronto: todas as notas deste arquivo têm resposta da prefeitura."
PASSO_NOTAS_RECUSADAS = (
    "A prefeitura recusou {quantas}. O motivo está em Resposta: corrija a planilha e "
    "rode: {converter}"
)
PASSO_REPETIDAS = (
    "Nada a fazer: as notas deste arquivo já foram enviadas antes. "
    "Resultado diz onde cada uma está."
)
PASSO_ERROS = "Veja em Erros o que impede de aproveitar a planilha, corrija e rode: {converter}"
PASSO_NADA = "Não havia nada para enviar neste arquivo."
PASSO_ARQUIVO = "O arquivo não pôde ser lido. Veja em Erros o que fazer."

CORES = {
    Situacao.AUTORIZADA: "3BA55D",
    Situacao.ENVIADA: "3E7CB1",
    Situacao.REPETIDA: "9AA5B1",
    Situacao.RETIDA: "F0B429",
    Situacao.REJEITADA: "D64545",
    Situacao.RECUSADA: "A61B1B",
    Situacao.CANCELADA: "7B8794",
    Situacao.DESCONHECIDA: "8E5BC0",
}

CORRIGIR_AJUDA = (
    "Corrija as células vermelhas; confira as amarelas. Cada uma traz uma nota com o que fazer. "
    "Depois salve e ponha este arquivo em entrada/. As linhas sem cor estão certas: esperam as "
    "outras do mesmo prestador."
)
COMO_CORRIGIR = "Como corrigir: "

NAO_E_DA_NOTA = "não é da nota"
SITUACAO_DA_NOTA = "situação da nota (não enviar quando …)"
SITUACAO_CURTA = "situação da nota"
"""What *Usar como* offers besides the labels of the catalogue."""

RESPONDIDA_CAMPO = "é {rotulo}"
RESPONDIDA_SITUACAO = "é a situação da nota: não enviar quando {palavras}"
PERGUNTA_PERDIDA = "uma pergunta feita sobre o arquivo de origem"
USAR_COMO, NAO_ENVIAR, RESPOSTA = "Usar como", "Não enviar quando", "Resposta"
USO = {"usada": "usada", "ignorada": "ignorada", "pergunta": "pergunta"}
COLUNAS_AJUDA = "O que foi entendido de cada coluna da sua planilha que tem dados."
COLUNAS_RESPONDA = (
    "Responda em “Usar como” as linhas vermelhas, e mude ali as que não foram bem entendidas. "
    "Depois salve e ponha este arquivo em entrada/: a resposta vale também para as próximas "
    "planilhas com estes cabeçalhos."
)
COLUNAS_ONDE = "Para responder ou mudar, use a aba Colunas de {arquivo} e ponha-o em entrada/."
COLUNAS_SEM_ONDE = "Se alguma não foi bem entendida, diga qual é com planilote mapear."
PERGUNTAS_AJUDA = (
    "Escolha uma resposta para cada pergunta, salve e ponha este arquivo em entrada/. As linhas "
    "de que ela trata esperam até lá."
)
PERGUNTAS_ONDE = "Responda na aba Perguntas de {arquivo} e ponha-o em entrada/."
SERIA = "seria {rotulos}?"
OU = " ou "
VEJA_PERGUNTAS = "veja a aba Perguntas"
NAO_ENTENDIDA = "não foi entendida"
COLUNAS_ALEM = "E mais {quantas} que não couberam nesta lista."
LINHAS_ALEM = " e mais {quantas}"
ESCOLHA_DICA = "Escolha na lista. Abra-a com Alt + seta para baixo."
ESCOLHA_RECUSA = "Escolha um item da lista: outro texto não seria entendido."
SITUACAO_DICA = (
    "Só para situação da nota: as palavras que fazem a linha não ser enviada, separadas por ponto "
    "e vírgula. Por exemplo: cancelada; estornada"
)
PASSO_RESPONDER = (
    "Responda {quantas} em {onde} de {arquivo}, ponha esse arquivo em entrada/ e rode: {converter}"
    " (as linhas de que elas tratam esperam até lá)."
)
ENDERECO_PEDIDO = (
    "A planilha não traz isto do tomador, e quase toda prefeitura o exige de quem tem CNPJ. "
    "Preencha o que souber; o que ficar em branco não impede o envio se a sua não o exigir."
)
