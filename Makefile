# A porta da frente: `make` mostra o que existe.
.DEFAULT_GOAL := help
.SUFFIXES:

PYTHON ?= python3.11
ARGS ?=
COBERTURA ?= 90

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif

# As frases do programa dizem o comando na forma em que se digita aqui.
convert conferir situacao abrir cancelar planilote: export PLANILOTE_FORMA := make

# The suite starts hundreds of processes, and without it each compiles all that it imports.
test test-longo cobertura: export PYTHONDONTWRITEBYTECODE :=

# Their own place: what they need is no part of what they judge.
TOOLS := $(BIN:.venv/%=.ferramentas/%)/python
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help convert conferir situacao abrir cancelar planilote templates docs test test-longo check cobertura mutacao release pacote bench golden pictures pinos auditoria clean

help: ## mostra esta lista
	@echo 'planilote: ponha as planilhas em entrada/ e rode: make convert'
	@awk -F ':.*## ' '/^##@ / { print substr($$0, 5) } /^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

convert: .venv/usar ## converte as planilhas de entrada/ (ARGS="--ambiente homologacao" para outras opções)
	@$(BIN)/planilote converter $(ARGS)

conferir: .venv/usar ## confere tudo e não envia nada
	@$(BIN)/planilote conferir $(ARGS)

situacao: .venv/usar ## mostra cada lote e o que falta fazer
	@$(BIN)/planilote situacao $(ARGS)

cancelar: .venv/usar ## faz o arquivo que cancela notas de um lote (ARGS='REF 7 --descricao "Valor errado"')
	@$(BIN)/planilote cancelar $(ARGS)

vigiar: .venv/usar ## fica de olho na pasta e converte cada planilha que chega
	@$(BIN)/planilote vigiar $(ARGS)

abrir: .venv/usar ## abre a página no navegador
	@$(BIN)/planilote abrir $(ARGS)

planilote: .venv/usar ## roda qualquer outro comando (ARGS="modelo", ARGS="mapear entrada/notas.xlsx")
	@$(BIN)/planilote $(ARGS)

##@ Para quem desenvolve:
templates: .venv/testar ## gera de novo as planilhas-modelo de templates/
	@$(BIN)/python scripts/gen_templates.py

docs: .venv/testar ## gera de novo as páginas feitas a partir do código
	@$(BIN)/python scripts/gen_docs.py
	@$(BIN)/python scripts/gen_layouts.py
	@$(BIN)/python scripts/gen_guia.py

pinos: .ferramentas/pronto ## gera de novo pinos.txt: cada pacote que make convert instala, com o hash de cada arquivo
	@$(TOOLS) -m uv pip compile pyproject.toml --group pyproject.toml:ambiente --constraint constraints.txt \
		--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --output-file pinos.txt

auditoria: .ferramentas/pronto ## procura avisos de segurança sobre o que make convert instala (precisa da internet)
	@$(TOOLS) -m pip_audit --requirement pinos.txt --disable-pip --progress-spinner off || \
		{ echo 'Há avisos acima, ou nenhuma fonte de avisos respondeu.'; exit 1; }

golden: .venv/testar ## gera de novo o esperado de tests/casos/ (confira a diferença antes de guardar)
	@$(BIN)/python -m tests.casos.gerar

test: .venv/testar ## roda os testes
	@$(BIN)/python -m tests.page.chromium
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not longo" $(ARGS)

pictures: .venv/testar ## desenha de novo as imagens da página que o guia mostra (precisa do Chromium)
	@$(BIN)/python scripts/gen_page_pictures.py --guia docs/imagens/pagina

test-longo: .venv/longo ## roda também os testes demorados
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

check: .venv/testar ## formato, lint, tipos, camadas, páginas geradas em dia
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python scripts/check_texts.py
	$(BIN)/python scripts/gen_docs.py --check
	$(BIN)/python scripts/gen_layouts.py --check
	$(BIN)/python scripts/exemplos.py --check
	$(BIN)/python scripts/gen_templates.py --check

cobertura: .venv/testar ## roda os testes e exige a cobertura de ramos combinada
	$(BIN)/python -m pytest -n auto --dist loadgroup -m "not longo" --cov --cov-report=term:skip-covered --cov-fail-under=$(COBERTURA) $(ARGS)

mutacao: .venv/testar ## estraga aos poucos os módulos que não podem errar e diz o que nenhum teste viu
	$(BIN)/python scripts/mutacao.py $(ARGS)

release: .venv/testar ## monta o pacote, instala num ambiente vazio e converte o exemplo com ele
	$(BIN)/python scripts/release.py $(ARGS)

bench: .venv/bench ## mede o tempo e a memória ao lado do que se usa hoje, e grava docs/desempenho.md
	$(BIN)/python -m tests.bench $(ARGS)

pacote: release .venv/pacote ## monta também o programa que não precisa de Python, e o prova
	$(BIN)/python scripts/pacote.py $(ARGS)

clean: ## apaga o ambiente de execução (nunca as planilhas nem o diário)
	rm -rf .venv .ferramentas build dist *.egg-info

# Cada marca é refeita quando muda o que ela instala.
.venv/usar: pyproject.toml pinos.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'É preciso ter o Python 3.11 ou mais novo. Se ele tem outro nome, use: make convert PYTHON=nome'; exit 2; }
	@test -d .venv || { echo 'Primeira vez: preparando o ambiente em .venv (um ou dois minutos)...'; $(PYTHON) -m venv .venv; }
	@$(PIP) install --quiet --require-hashes --requirement pinos.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/testar: .venv/usar constraints.txt
	@$(PIP) install --quiet --constraint constraints.txt --group dev
	@touch $@

.venv/pacote: .venv/testar
	@$(PIP) install --quiet --constraint constraints.txt --group pacote
	@touch $@

.ferramentas/pronto: constraints.txt
	@test -d .ferramentas || $(PYTHON) -m venv .ferramentas
	@$(TOOLS) -m pip --disable-pip-version-check install --quiet --constraint constraints.txt uv pip-audit
	@touch $@

.venv/longo: .venv/testar tests/workbook/ooxml/package-lock.json tests/reading/sheetjs/package-lock.json
	@$(PIP) install --quiet --constraint constraints.txt --group longo
	@command -v npm > /dev/null && npm ci --silent --prefix tests/workbook/ooxml || echo 'Sem npm: a validação Open XML vai ser pulada.'
	@command -v npm > /dev/null && npm ci --silent --prefix tests/reading/sheetjs || echo 'Sem npm: as planilhas do SheetJS vão ser puladas.'
	@command -v soffice > /dev/null || echo 'Sem LibreOffice (soffice): a comparação com ele vai ser pulada.'
	@touch $@

.venv/bench: .venv/testar
	@$(PIP) install --quiet --constraint constraints.txt --editable '.[dask]' --group bench
	@touch $@
