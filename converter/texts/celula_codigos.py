"""Problems of a cell that holds an identifier or a code of a table."""

from converter.texts.text import Text, aviso, erro

TEXTS: tuple[Text, ...] = (
    erro(
        "cnpj-tamanho",
        "CNPJ com caracteres de mais ou de menos",
        "O CNPJ “{valor}” tem {tamanho} caracteres; são 14.",
        "Confira o número no cartão CNPJ. Se faltam zeros à esquerda, formate a coluna como Texto "
        "e digite o número inteiro.",
        "7504505000",
    ),
    erro(
        "cnpj-caractere",
        "CNPJ com um caractere que não cabe ali",
        "No CNPJ “{valor}” há {caractere} onde não pode haver.",
        "Um CNPJ tem 12 letras ou números e termina em dois números, sem acentos: "
        "12.ABC.345/01DE-35. Deixe na célula só o CNPJ.",
        "07.504.505/0001-3X",
    ),
    erro(
        "cnpj-digito",
        "CNPJ que não confere",
        "O CNPJ “{valor}” não existe: os dois últimos números não combinam com os anteriores.",
        "Algum caractere foi trocado ao digitar. Confira o número inteiro no cartão CNPJ "
        "ou com o cliente.",
        "07.504.505/0001-33",
    ),
    erro(
        "cnpj-zeros",
        "CNPJ só de zeros",
        "“{valor}” é um CNPJ só de zeros, que não pertence a ninguém.",
        "Digite o CNPJ verdadeiro. Se o tomador não tem CNPJ, deixe a célula vazia.",
        "00.000.000/0000-00",
    ),
    erro(
        "cnpj-alfanumerico",
        "CNPJ com letras ainda não aceito neste envio",
        "O CNPJ “{valor}” tem letras, e o envio está configurado para aceitar só números.",
        "O CNPJ pode estar certo. Se o município já aceita CNPJ com letras, escreva "
        "cnpj_alfanumerico = true em planilote.toml.",
        "12.ABC.345/01DE-35",
    ),
    aviso(
        "cnpj-zeros-repostos",
        "Zeros do CNPJ repostos",
        "O CNPJ estava sem os zeros à esquerda ({valor}) e foi lido como {completo}.",
        "Confira se é este o CNPJ. Para evitar o aviso, formate a coluna como Texto "
        "e digite o número inteiro.",
        "7504505000132",
    ),
    erro(
        "cpf-tamanho",
        "CPF com algarismos de mais ou de menos",
        "O CPF “{valor}” tem {tamanho} algarismos; são 11.",
        "Confira o número com o cliente. Se faltam zeros à esquerda, formate a coluna como Texto "
        "e digite o número inteiro.",
        "519668180",
    ),
    erro(
        "cpf-caractere",
        "CPF com algo que não é número",
        "No CPF “{valor}” há {caractere}, e um CPF só tem números.",
        "Deixe na célula só os 11 números do CPF; pontos e traço são opcionais.",
        "519.668.180-9O",
    ),
    erro(
        "cpf-digito",
        "CPF que não confere",
        "O CPF “{valor}” não existe: os dois últimos números não combinam com os anteriores.",
        "Algum número foi trocado ao digitar. Confira o CPF inteiro com o cliente.",
        "519.668.180-93",
    ),
    erro(
        "cpf-repetido",
        "CPF de um só algarismo",
        "“{valor}” repete o mesmo algarismo; a Receita não dá CPF assim a ninguém.",
        "Digite o CPF verdadeiro. Se o tomador não informou o CPF, deixe a célula vazia.",
        "111.111.111-11",
    ),
    aviso(
        "cpf-zeros-repostos",
        "Zeros do CPF repostos",
        "O CPF estava sem os zeros à esquerda ({valor}) e foi lido como {completo}.",
        "Confira se é este o CPF. Para evitar o aviso, formate a coluna como Texto "
        "e digite o número inteiro.",
        "1234567890",
    ),
    erro(
        "documento-ambiguo",
        "CPF ou CNPJ?",
        "“{valor}” pode ser o CPF {cpf} ou o CNPJ {cnpj}.",
        "Escreva o documento com pontos e traços, que o distinguem, "
        "ou use uma coluna para o CPF e outra para o CNPJ.",
        "40013359800",
    ),
    erro(
        "documento-tamanho",
        "Nem CPF nem CNPJ",
        "“{valor}” tem {tamanho} caracteres: não é um CPF, de 11, nem um CNPJ, de 14.",
        "Confira o documento. Se faltam zeros à esquerda, formate a coluna como Texto "
        "e digite o número inteiro.",
        "12345",
    ),
    erro(
        "cep-tamanho",
        "CEP com algarismos de mais ou de menos",
        "O CEP “{valor}” tem {tamanho} algarismos; são 8.",
        "Escreva o CEP completo, como em 01310-100. O CEP antigo, de cinco, não vale mais.",
        "01310",
    ),
    erro(
        "cep-caractere",
        "CEP com algo que não é número",
        "No CEP “{valor}” há {caractere}, e um CEP só tem números.",
        "Deixe na célula só o CEP, como em 01310-100.",
        "01310-1OO",
    ),
    erro(
        "cep-inexistente",
        "CEP que não existe",
        "O CEP “{valor}” não existe: nenhum começa por 00.",
        "Confira o CEP no site dos Correios.",
        "00000-000",
    ),
    aviso(
        "cep-zero-reposto",
        "Zero do CEP reposto",
        "O CEP estava sem o zero à esquerda ({valor}) e foi lido como {completo}.",
        "Confira se é este o CEP. Para evitar o aviso, formate a coluna como Texto "
        "e digite o CEP inteiro.",
        "1310100",
    ),
    erro(
        "uf-desconhecida",
        "UF desconhecida",
        "“{valor}” não é uma unidade da federação.",
        "Escreva a sigla, como SP, ou o nome do estado. Para o exterior, EX.",
        "SPO",
    ),
    erro(
        "municipio-tamanho",
        "Código de município incompleto",
        "O código de município “{valor}” tem {tamanho} algarismos; o do IBGE tem 7.",
        "Use o código do IBGE, como 3550308 para São Paulo, ou escreva o nome do município.",
        "7107",
    ),
    erro(
        "municipio-desconhecido",
        "Código de município desconhecido",
        "O código “{valor}” não está na tabela de municípios do IBGE.",
        "Confira o código de 7 algarismos no site do IBGE, ou escreva o nome do município.",
        "3550309",
    ),
    aviso(
        "municipio-sem-digito",
        "Código de município completado",
        "O código “{valor}” estava sem o último algarismo e foi lido como {completo}, {nome}.",
        "Confira se é este o município.",
        "355030",
    ),
    erro(
        "municipio-nome",
        "Município desconhecido",
        "Nenhum município se chama “{valor}” na tabela do IBGE.",
        "Escreva o nome oficial, sem abreviar, ou o código de 7 algarismos do IBGE.",
        "S. Paulo",
    ),
    erro(
        "municipio-ambiguo",
        "Mais de um município com este nome",
        "Há mais de um município chamado “{valor}”: {candidatos}.",
        "Preencha a UF, escreva o nome com ela, como em Bom Jesus/PI, ou use o código do IBGE.",
        "Bom Jesus",
    ),
    erro(
        "municipio-uf",
        "Município de outra UF",
        "Não há município chamado “{valor}” em {uf}. Com este nome existe: {candidatos}.",
        "Corrija o município ou a UF.",
        "Campinas, com UF RJ",
    ),
    erro(
        "servico-formato",
        "Código de serviço ilegível",
        "“{valor}” não tem a forma de um item da lista de serviços.",
        "Escreva o item da LC 116, como 1.07, ou o código nacional de 6 algarismos, como 010701.",
        "item 7",
    ),
    erro(
        "servico-data",
        "Código de serviço virou data",
        "O Excel transformou o código de serviço em uma data ({valor}).",
        "Formate a coluna como Texto e digite o código de novo, como 1.07.",
        "01/07/2026",
    ),
    erro(
        "servico-inexistente",
        "Serviço fora da lista",
        "O item {item} não está na lista de serviços em vigor (LC 116/2003).",
        "Confira o item na lista. Se o município usa códigos próprios, escreva para ele "
        'formato_item_servico = "livre" em planilote.toml.',
        "1.10",
    ),
    erro(
        "servico-incompleto",
        "Código de serviço com um algarismo a menos",
        "“{valor}” está incompleto: depois do ponto vão dois algarismos. Pode ser {leituras}.",
        "O Excel apaga o zero final de um número. Formate a coluna como Texto "
        "e digite o código inteiro.",
        "4.1",
    ),
    erro(
        "servico-tamanho",
        "Código de serviço comprido demais",
        "O código de serviço passa dos {limite} caracteres que a nota aceita.",
        "Deixe na célula só o código que o município publica, sem a descrição.",
    ),
    erro(
        "servico-sem-desdobro",
        "Falta o código nacional do serviço",
        "O município pede o código nacional de 6 algarismos, e a planilha traz só o item {item}.",
        "Acrescente os dois algarismos do desdobramento, como em 01.07.01. "
        "A lista está no site nacional da NFS-e.",
        "1.07",
    ),
    aviso(
        "servico-zero-reposto",
        "Zero do código de serviço reposto",
        "O código de serviço estava sem o zero à esquerda ({valor}) e foi lido como {completo}.",
        "Confira se é este o serviço. Para evitar o aviso, formate a coluna como Texto "
        "e digite o código inteiro.",
        "107",
    ),
    aviso(
        "servico-fora-da-lista",
        "Código nacional fora da lista da LC 116",
        "O código {completo} é do grupo 99, que a lista da LC 116 não traz, e vai como está.",
        "Confira se o município aceita este código.",
        "990101",
    ),
    erro(
        "cnae-tamanho",
        "CNAE com algarismos de mais ou de menos",
        "O CNAE “{valor}” tem {tamanho} algarismos; a subclasse tem 7.",
        "Escreva a subclasse completa, como em 6209-1/00.",
        "6209-1",
    ),
    erro(
        "cnae-caractere",
        "CNAE com algo que não é número",
        "No CNAE “{valor}” há {caractere}, e um CNAE só tem números.",
        "Deixe na célula só o código, como em 6209-1/00.",
        "6209-1/OO",
    ),
    erro(
        "cnae-desconhecido",
        "CNAE desconhecido",
        "O CNAE “{valor}” não está na tabela de subclasses do IBGE.",
        "Confira o código no cartão CNPJ do prestador.",
        "6209-1/99",
    ),
    aviso(
        "cnae-zero-reposto",
        "Zero do CNAE reposto",
        "O CNAE estava sem o zero à esquerda ({valor}) e foi lido como {completo}.",
        "Confira se é este o CNAE. Para evitar o aviso, formate a coluna como Texto "
        "e digite o código inteiro.",
        "111301",
    ),
    erro(
        "nbs-formato",
        "Código NBS ilegível",
        "“{valor}” não tem a forma de um código NBS, que tem 9 algarismos e começa por 1.",
        "Escreva o código completo, como em 1.1502.10.00.",
        "1.1502",
    ),
    aviso(
        "nbs-fora-da-tabela",
        "Código NBS fora da tabela da NFS-e",
        "O código NBS “{valor}” não está na tabela da NFS-e nacional e vai como está.",
        "Confira o código. A nomenclatura completa tem códigos que a tabela ainda não traz.",
        "1.0402.29.00",
    ),
)
