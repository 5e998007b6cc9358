"""What `mapear` says and asks on a terminal."""

ABRE = (
    "Uma pergunta por coluna. Enter aceita a primeira sugestão; ou digite o número de outra, o "
    "nome do campo, “nada” se a coluna não é da nota, ou “situação” se ela diz quando não enviar."
)
SEM_PERGUNTAS = "Todas as colunas de “{planilha}” foram entendidas; nada a perguntar."
REVER = "Rever também as outras {quantas} de “{planilha}”? [s/N]"
COLUNA = "Coluna {letra}, “{cabecalho}” ({planilha})"
EXEMPLOS = "  exemplos: {amostras}"
MOTIVO = "  {motivo}"
OPCAO = "  {numero}. {rotulo}"
PERGUNTA = "O que ela é? [Enter = {primeira}]"
PERGUNTA_SEM_SUGESTAO = "O que ela é? [Enter = decidir depois]"
PALAVRAS = "Não enviar quando a célula diz (separe por ponto e vírgula)"
DESCONHECIDA = "“{valor}” não é um campo.{seria}"
SERIA = " Seria “{rotulo}”?"
ESCOLHA = "Resposta, pelo número [Enter = decidir depois]"
NUMERO = "Digite um número de 1 a {quantas}, ou só Enter."
DUAS = "“{rotulo}” já é a coluna {coluna}. Escolha outra coisa para a {letra}."
ESCRITO = (
    "Respostas guardadas em {arquivo}. Valem para toda planilha com estes cabeçalhos. "
    "Agora rode: {conferir}"
)
NADA_NOVO = "Nada mudou: não havia o que guardar."
NADA, SITUACAO = "nada", "situação"
