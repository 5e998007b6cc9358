"""Why a target is not met, from a profile; by hand, beside the numbers it explains."""

SHORTFALLS: tuple[str, ...] = (
    "### Por que cinco metas não foram cumpridas",
    "",
    "- **10 mil linhas.** Dos 0,9 s, 0,2 s são o início do Python e das bibliotecas (numpy, lxml, "
    "click e as nossas), o mesmo que o piso inteiro; o resto, por etapa: ler 0,20, conferir 0,10, "
    "montar 0,07, agrupar e diário 0,06, escrever 0,13, e 0,1 em abrir a pasta, o diário e os "
    "mapeamentos. O script leva só 6,1 s nesta máquina: doze vezes menos são 0,5 s, e o piso mais "
    "o início do Python já são 0,4.",
    "- **100 mil linhas.** Script e piso distam 26 vezes; 15 vezes o script e 1,7 vez o piso são a "
    "mesma coisa, com tudo o que o piso não faz (conferir 22 colunas, identidade de cada linha, "
    "diário, folhas). Por etapa, em segundos: ler 1,6 (1,4 no calamine), mapear 0,2, conferir "
    "0,75, montar os pedidos 0,55, agrupar e diário 0,85 (0,6 no SQLite, que guarda cada linha "
    "uma vez e a procura por dois índices), relatar 0,25, escrever 1,35, começar 0,25. Nenhuma "
    "etapa passa muito de um quarto do total. O piso era 3,8 s com o zlib e é 2,2 s com o isal, "
    "que também nos serve: contra o piso antigo seriam 1,6 vez.",
    "- **Dois processos.** Duas execuções independentes ao mesmo tempo, cada uma com tudo seu, "
    "rendem 1,84 vez nesta máquina: é o teto. Do que falta, metade é o processo do diário (2 s de "
    "9, que só ele pode fazer) e metade é levar e trazer os arquivos.",
    "",
    "O que já se tentou: três passagens pelas colunas viraram uma (0,5 s), o leitor de limites da "
    "folha uma só busca (0,3 s), o zlib deu lugar ao isal (0,9 s), o diário deixou de ler todas as "
    "linhas do ambiente por arquivo (4,5 s em 200 arquivos), as células saem da memória quando já "
    "não servem.",
)
