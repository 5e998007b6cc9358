"""Problems of a cell that holds an amount, a rate or a date."""

from converter.texts.text import Text, aviso, erro

TEXTS: tuple[Text, ...] = (
    erro(
        "numero-formato",
        "Número ilegível",
        "“{valor}” não é um número.",
        "Escreva só o número, como em 1.500,00. R$ e o sinal de menos podem ficar.",
        "mil e quinhentos",
    ),
    erro(
        "numero-ambiguo",
        "Número que se lê de dois jeitos",
        "“{valor}” pode ser {leitura_br} ou {leitura_en}, e o resto da coluna não decide qual.",
        "Escreva o número com os centavos, como em 1.500,00, "
        "ou informe no mapeamento o formato da coluna.",
        "1.500",
    ),
    erro(
        "numero-convencao",
        "Número fora do padrão da coluna",
        "A coluna escreve números como {convencao}, e “{valor}” está escrito de outro jeito.",
        "Escreva este número como os demais da coluna.",
        "1,500.00",
    ),
    aviso(
        "numero-coluna-mista",
        "Coluna com dois jeitos de escrever números",
        "A coluna mistura 1.500,00 e 1,500.00; “{valor}” foi lido como {lido}.",
        "Confira o valor. Para evitar o aviso, escreva todos os números da coluna do mesmo jeito.",
        "1,500.00",
    ),
    erro(
        "numero-casas",
        "Casas decimais demais",
        "O número {exato} tem mais de {casas} casas decimais, e nada é arredondado sem você saber.",
        "Arredonde no Excel com ARRED(…; {casas}), ou digite o valor já arredondado.",
        "1500,555",
    ),
    erro(
        "numero-grande",
        "Número grande demais",
        "“{valor}” passa do maior número que uma nota aceita, com 13 algarismos antes da vírgula.",
        "Confira se não foi um CNPJ ou outro código que caiu nesta coluna.",
        "12345678000195,00",
    ),
    erro(
        "percentual-faixa",
        "Percentual fora de 0 a 100",
        "“{valor}” foi lido como {lido}%, e um percentual vai de 0 a 100.",
        "Escreva 3 ou 3% para três por cento. Em célula com formato de porcentagem, "
        "o Excel multiplica por 100 o que já estava digitado.",
        "300%",
    ),
    erro(
        "aliquota-ambigua",
        "Alíquota que se lê de dois jeitos",
        "“{valor}” pode ser uma fração ou um percentual muito pequeno: a diferença é de 100 vezes.",
        "Escreva a alíquota com o sinal de porcentagem, como em 1,5%.",
        "0,015",
    ),
    aviso(
        "aliquota-fracao",
        "Alíquota escrita como fração",
        "A alíquota “{valor}” foi lida como {lido}%, porque o ISS vai de 2% a 5%.",
        "Confira. Para evitar o aviso, escreva a alíquota em percentual, como 3 ou 3%.",
        "0,03",
    ),
    erro(
        "data-formato",
        "Data ilegível",
        "“{valor}” não é uma data que se possa ler.",
        "Escreva a data como 16/02/2026, com ou sem a hora, como em 16/02/2026 14:30.",
        "16 de fevereiro",
    ),
    erro(
        "data-inexistente",
        "Data que não existe",
        "“{valor}” não existe no calendário: dia {dia}, mês {mes}, ano {ano}.",
        "Corrija a data. Se a coluna escreve o mês antes do dia, informe isso no mapeamento.",
        "31/02/2026",
    ),
    erro(
        "data-hora",
        "Hora que não existe",
        "A hora em “{valor}” não existe.",
        "Escreva a hora de 00:00 a 23:59, ou deixe só a data.",
        "16/02/2026 25:10",
    ),
    erro(
        "data-ambigua",
        "Dia ou mês primeiro?",
        "“{valor}” pode ser {leitura_dia} ou {leitura_mes}: a coluna tem datas dos dois tipos.",
        "Escreva todas as datas da coluna como dia/mês/ano, ou informe o formato no mapeamento.",
        "03/04/2026",
    ),
    aviso(
        "data-mes-primeiro",
        "Data com o mês antes do dia",
        "A data “{valor}” foi lida como {lido}, porque a coluna escreve o mês antes do dia.",
        "Confira a data. Para evitar o aviso, informe o formato da coluna no mapeamento.",
        "02/16/2026",
    ),
    erro(
        "data-ano-curto",
        "Ano com dois algarismos",
        "A data “{valor}” tem o ano com dois algarismos.",
        "Escreva o ano com quatro, como em 16/02/2026, "
        "ou informe o formato dd/mm/aa no mapeamento.",
        "16/02/26",
    ),
    erro(
        "data-ano",
        "Ano improvável",
        "A data “{valor}” é do ano {ano}.",
        "Confira o ano da data.",
        "16/02/0026",
    ),
    erro(
        "data-numero",
        "Número no lugar de uma data",
        "“{valor}” é um número, e aqui se espera uma data.",
        "Confira se a coluna certa foi usada. Se for a data, escreva-a como 16/02/2026.",
        "150",
    ),
    aviso(
        "data-serial",
        "Data guardada como número",
        "O número {valor} foi lido como {lido}, que é a data que o Excel guarda assim.",
        "Confira a data. Para evitar o aviso, formate a coluna como Data.",
        "46069",
    ),
)
