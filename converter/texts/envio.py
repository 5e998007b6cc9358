"""What the journal, the wire, the API or the prefeitura answered."""

from collections import defaultdict

from converter.model.outcome import Message
from converter.model.problems import Severity
from converter.texts.text import Family, Text


def said(code: str, /, **details: str) -> Message:
    """One of the sentences below as a message of ours: the hint is its correction."""
    text = _BY_CODE[code]
    known = defaultdict(lambda: "…", details)
    return Message(
        code=code,
        text=text.message.format_map(known),
        correction=text.hint.format_map(known),
    )


def _text(
    code: str,
    title: str,
    message: str,
    hint: str,
    *,
    severity: Severity = Severity.ERRO,
    example: str = "",
) -> Text:
    return Text(code, Family.ENVIO, severity, title, message, hint, example)


_AVISO = Severity.AVISO
_INFO = Severity.INFO

TEXTS: tuple[Text, ...] = (
    _text(
        "diario-mais-novo",
        "Diário de uma versão mais nova",
        "O diário da pasta {pasta} foi escrito por uma versão mais nova do planilote do que esta.",
        "Atualize o planilote nesta máquina e rode de novo. Nada foi lido nem enviado.",
    ),
    _text(
        "diario-danificado",
        "Diário que não se deixa ler",
        "O diario.sqlite3 da pasta {pasta} não é um diário do planilote ou está danificado.",
        "Não o apague: ele guarda o que já foi enviado. Recupere a última cópia de segurança da"
        " pasta e rode de novo. Nada foi enviado.",
    ),
    _text(
        "diario-somente-leitura",
        "Diário que não pode ser gravado",
        "Não consigo gravar na pasta {pasta}.",
        "Confira se a pasta permite gravação e se o disco está ligado. Sem o diário nada é"
        " enviado.",
    ),
    _text(
        "diario-disco-cheio",
        "Disco cheio",
        "O disco da pasta {pasta} está cheio.",
        "Libere espaço e rode de novo: o que já tinha sido enviado está anotado e não será"
        " enviado outra vez.",
    ),
    _text(
        "diario-disco-falhou",
        "Disco com falha",
        "O disco da pasta {pasta} recusou uma gravação.",
        "Confira a conexão com a pasta (rede, pen drive) e rode de novo: o que já tinha sido"
        " enviado está anotado.",
    ),
    _text(
        "diario-ocupado",
        "Diário aberto em outro programa",
        "O diário da pasta {pasta} está aberto em outro programa.",
        "Feche o outro programa (leitor de SQLite, sincronizador de arquivos) e rode de novo.",
    ),
    _text(
        "pasta-em-uso",
        "Outra execução na mesma pasta",
        "Outra execução do planilote está trabalhando nesta pasta desde {desde} (processo {pid} na"
        " máquina {maquina}).",
        "Espere que ela termine. Se essa máquina foi desligada no meio, apague o arquivo {arquivo}"
        " e rode de novo.",
    ),
    _text(
        "url-invalida",
        "Endereço da API recusado",
        "O endereço {url} não serve: o token viajaria sem proteção ou para um lugar que não é só"
        " um endereço.",
        "Use um endereço https://servidor, sem caminho, usuário ou senha (http só para esta"
        " própria máquina).",
        example="http://api.exemplo.com.br",
    ),
    _text(
        "token-ausente",
        "Sem token para o prestador",
        "Não há token da Focus NFe para o prestador {cnpj}; os lotes dele não foram enviados.",
        "Defina a variável de ambiente FOCUS_TOKEN_{cnpj} (ou FOCUS_TOKEN, se um só token serve a"
        " todos) e rode de novo.",
    ),
    _text(
        "token-ilegivel",
        "Token que não parece um token",
        "O token do prestador {cnpj} contém espaços, acentos ou outro caractere que um token não"
        " tem; os lotes dele não foram enviados.",
        "Copie o token outra vez do painel da Focus NFe, sem espaços nem aspas.",
    ),
    _text(
        "token-recusado",
        "Token recusado",
        "A API recusou o token deste prestador (HTTP {status}): {resposta}",
        "Confira se o token é do ambiente certo (homologação e produção têm tokens diferentes) e"
        " se a empresa está habilitada no painel. Os lotes deste token esperam; rode de novo"
        " depois.",
    ),
    _text(
        "sem-internet",
        "Sem internet",
        "O endereço da API não foi encontrado: parece que esta máquina está sem internet.",
        "Confira a conexão e rode de novo. Nada deste lote saiu daqui.",
    ),
    _text(
        "api-recusa-conexao",
        "API não aceitou a conexão",
        "O servidor da API não aceitou a conexão.",
        "Espere alguns minutos e rode de novo. Nada deste lote saiu daqui.",
    ),
    _text(
        "api-nao-conecta",
        "API não respondeu à conexão",
        "O servidor da API não respondeu ao pedido de conexão.",
        "Confira a internet e o firewall e rode de novo. Nada deste lote saiu daqui.",
    ),
    _text(
        "certificado-invalido",
        "Certificado do servidor não confere",
        "O certificado do servidor não pôde ser conferido, e o token não foi enviado.",
        "Se o escritório usa um proxy que abre conexões seguras, informe o certificado dele em"
        " planilote.toml; confira também a data do computador.",
    ),
    _text(
        "proxy-recusou",
        "Proxy recusou a conexão",
        "O proxy da rede recusou a conexão com a API.",
        "Confira o proxy da rede (variáveis HTTPS_PROXY e NO_PROXY) e rode de novo. Nada deste"
        " lote saiu daqui.",
    ),
    _text(
        "conexao-caiu",
        "Conexão caiu",
        "A conexão com a API caiu antes da resposta.",
        "Rode de novo: o planilote pergunta à API o que aconteceu antes de enviar qualquer coisa.",
    ),
    _text(
        "sem-resposta",
        "API não respondeu a tempo",
        "A API recebeu o pedido e não respondeu a tempo.",
        "Rode de novo: o planilote pergunta à API o que aconteceu antes de enviar qualquer coisa.",
    ),
    _text(
        "resposta-cortada",
        "Resposta cortada",
        "A resposta da API chegou cortada.",
        "Rode de novo: o planilote busca o arquivo inteiro antes de enviar qualquer coisa.",
    ),
    _text(
        "resposta-ilegivel",
        "Resposta ilegível",
        "A resposta não segue o protocolo: algo entre esta máquina e a API a estragou.",
        "Confira proxy e antivírus da rede e rode de novo.",
    ),
    _text(
        "resposta-grande",
        "Resposta grande demais",
        "A resposta da API passou do tamanho ou do tempo que um arquivo de lote pode ter.",
        "Rode de novo; se voltar a acontecer, fale com o suporte da Focus NFe.",
    ),
    _text(
        "interrompido",
        "Interrompido pelo usuário",
        "A execução foi interrompida antes deste lote.",
        "Rode de novo para continuar de onde parou.",
    ),
    _text(
        "limite-persistente",
        "Limite de requisições",
        "A API continua dizendo que este token passou do limite de requisições.",
        "Outro programa deve estar usando o mesmo token. Espere alguns minutos e rode de novo.",
    ),
    _text(
        "redirecionamento",
        "A API mandou para outro endereço",
        "A API respondeu com um desvio (HTTP {status}); o token não foi enviado para lá.",
        "Confira o endereço em PLANILOTE_URL. A rede pode também ter uma página de acesso que"
        " ainda precisa ser aberta no navegador.",
    ),
    _text(
        "api-sem-definicao",
        "API sem resposta definitiva",
        "A API não conseguiu dizer se recebeu um lote; os seguintes não foram enviados.",
        "Espere alguns minutos e rode de novo: a pergunta é refeita antes de qualquer envio.",
    ),
    _text(
        "lote-desconhecido",
        "Lote de destino desconhecido",
        "Não se sabe se a API recebeu o lote {ref}.",
        "Rode de novo mais tarde. Não envie estas notas por outro caminho até que o planilote"
        " diga o que houve.",
    ),
    _text(
        "api-recusou",
        "Lote recusado pela API",
        "A API recusou o lote {ref}: {mensagem}",
        "{correcao}",
    ),
    _text(
        "api-recusou-lote",
        "Lote recusado pela API",
        "A API recusou o lote {ref} e nenhuma nota dele foi gerada.",
        "Corrija as linhas apontadas e rode de novo; um lote igual só é reenviado com"
        " --reenviar {ref}.",
    ),
    _text(
        "lote-mensagem",
        "Recado sobre um lote",
        "Lote {ref}: {mensagem}",
        "{correcao}",
        severity=_AVISO,
    ),
    _text(
        "prefeitura-recusou",
        "Nota recusada pela prefeitura",
        "A prefeitura recusou a nota (código {codigo}): {mensagem}",
        "{correcao}",
    ),
    _text(
        "prefeitura-mensagem",
        "Recado da prefeitura",
        "A prefeitura diz desta nota, que não recusou (código {codigo}): {mensagem}",
        "{correcao}",
        severity=_AVISO,
    ),
    _text(
        "nota-mensagem",
        "Recado sobre uma nota",
        "{mensagem}",
        "{correcao}",
        severity=_AVISO,
    ),
    _text(
        "nota-nao-processada",
        "Nota não processada",
        "A prefeitura não processou esta nota porque outra do mesmo lote tem erro.",
        "Corrija a nota com erro e rode de novo: as linhas do lote vão juntas, com nova"
        " referência.",
    ),
    _text(
        "nota-processando",
        "Nota em processamento",
        "A prefeitura ainda está processando esta nota.",
        "Baixe o arquivo de retorno outra vez mais tarde e ponha-o em retornos/.",
        severity=_INFO,
    ),
    _text(
        "nota-substituida",
        "Nota substituída",
        "A prefeitura informa que esta nota foi substituída{por}.",
        "A nota que vale é a substituta; confira-a no site da prefeitura.",
        severity=_AVISO,
    ),
    _text(
        "nota-situacao-nova",
        "Situação que o planilote não conhece",
        "A API deu a esta nota a situação “{situacao}”, que o planilote não conhece.",
        "Confira a nota no site da prefeitura e avise o suporte do planilote.",
        severity=_AVISO,
    ),
    _text(
        "nota-ja-emitida",
        "Nota já emitida",
        "O último arquivo de retorno não traz esta nota como emitida, mas um anterior já trazia"
        " número e código: vale o anterior.",
        "É o que acontece quando o mesmo arquivo sobe duas vezes no site da prefeitura. Não há o"
        " que corrigir.",
        severity=_AVISO,
    ),
    _text(
        "nota-em-dois-lotes",
        "A mesma linha em dois lotes",
        "A prefeitura autorizou esta nota depois que a mesma linha seguiu em outro lote: pode haver"
        " duas notas para o mesmo serviço.",
        "Confira as duas no site da prefeitura e cancele a que sobra.",
    ),
    _text(
        "retorno-sem-lote",
        "Arquivo de retorno sem lote",
        "Não descobri de que lote é o arquivo de retorno {arquivo}.",
        "Veja a referência com planilote situacao e rode: planilote resposta REF"
        ' "retornos/{arquivo}"',
        severity=_AVISO,
    ),
    _text(
        "retorno-varios-lotes",
        "Arquivo de retorno de mais de um lote",
        "O arquivo de retorno {arquivo} serve a mais de um lote: {refs}.",
        'Diga de qual é: planilote resposta REF "retornos/{arquivo}"',
        severity=_AVISO,
    ),
    _text(
        "retorno-ref-desconhecida",
        "Referência desconhecida",
        "Não há lote {ref} neste ambiente ({ambiente}).",
        "Veja as referências com planilote situacao; confira também o ambiente escolhido.",
    ),
    _text(
        "retorno-outro-ambiente",
        "Arquivo de retorno de outro ambiente",
        "O arquivo de retorno {arquivo} já foi lido em {outro} e não vale sozinho em {ambiente}.",
        "Se é um ensaio, tire-o da pasta retornos/. Se é mesmo o retorno da prefeitura, diga de que"
        ' lote: planilote resposta REF "retornos/{arquivo}"',
        severity=_AVISO,
    ),
    _text(
        "retorno-lote-sem-arquivo",
        "Lote ainda sem arquivo",
        "O lote {ref} ainda não tem arquivo de importação, por isso não pode ter retorno.",
        "Rode planilote converter e confira com planilote situacao.",
    ),
    _text(
        "retorno-vazio",
        "Arquivo de retorno vazio",
        "O arquivo de retorno {arquivo} está vazio.",
        "Baixe-o outra vez do site da prefeitura.",
    ),
    _text(
        "retorno-inacessivel",
        "Arquivo de retorno inacessível",
        "O sistema não deixou ler o arquivo de retorno {arquivo}.",
        "Feche o programa em que ele está aberto, confira a permissão e rode de novo.",
    ),
    _text(
        "retorno-grande",
        "Arquivo de retorno grande demais",
        "O arquivo {arquivo} é grande demais para ser um retorno de prefeitura (mais de 50 MB).",
        "Confira se é mesmo o arquivo baixado do site da prefeitura.",
    ),
    _text(
        "retorno-recusado",
        "Arquivo de retorno recusado pela API",
        "A API não aceitou o arquivo de retorno {arquivo} (HTTP {status}): {resposta}",
        "Confira se é o arquivo que a prefeitura deu para este lote, sem ter sido aberto e salvo"
        " em outro programa.",
    ),
    _text(
        "retorno-sem-resposta",
        "Retorno ainda sem resposta",
        "O arquivo de retorno {arquivo} foi enviado, mas a resposta não chegou: {motivo}",
        "Rode de novo: enviar o mesmo retorno outra vez não cria nota nenhuma.",
        severity=_AVISO,
    ),
    _text(
        "retorno-ilegivel",
        "Resposta que o planilote não entende",
        "A API respondeu ao retorno {arquivo} de um jeito que o planilote não entende: {motivo}",
        "A resposta ficou guardada no diário. Confira as notas no site da prefeitura e avise o"
        " suporte do planilote.",
    ),
    _text(
        "retorno-contagem",
        "Quantidade de notas não confere",
        "O lote {ref} tem {esperadas} nota(s) e a resposta fala de {recebidas}; nada foi anotado.",
        "Confira se o arquivo {arquivo} é mesmo o retorno deste lote.",
    ),
    _text(
        "retorno-nao-confere",
        "Retorno que não confere com o lote",
        "A resposta ao arquivo {arquivo} fala de notas que não são as do lote {ref}: {motivo}",
        "Confira se é mesmo o retorno deste lote; nada foi anotado.",
    ),
)
_BY_CODE = {text.code: text for text in TEXTS}
