# The project's commands. `make help` lists them. Each does only what is not done yet.

SHELL := /bin/bash
.DEFAULT_GOAL := help
comma := ,
.PHONY: help setup run own serve test check soak load bench lint audit first-load browser office scanner

# python3.11 where there is one, else any python3 from 3.11 on. That of the system comes first, if it can make a .venv: it
# gets the system's security updates, and works up to a sixth faster than one that was compiled without profiling.
able = $(shell $(1) -c 'import sys; $(2); print(sys.version_info >= (3, 11))' 2>/dev/null | grep True)
PYTHON := $(firstword $(foreach p,/usr/bin/python3.11 /usr/bin/python3,$(if $(call able,$p,import ensurepip$(comma) venv),$p)) \
  $(foreach p,python3.11 python3,$(if $(call able,$p,pass),$p)))
VENV := .venv
PY := $(VENV)/bin/python
AS_ROOT := $(if $(filter-out 0,$(shell id -u)),sudo)
APT := $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get

# What is installed is named by what asked for it, so that a changed pin or Python installs again and nothing else does.
stamp = $(VENV)/$(1)-$(shell { $(PYTHON) -V; cat $(2); } 2>/dev/null | sha256sum | cut -c1-12)
MADE := $(call stamp,made,/dev/null)
RUNTIME := $(call stamp,runtime,requirements.txt)
SCRIPTS := pages/browser
PACKED := $(call stamp,packed,requirements.txt $(SCRIPTS)/*/*.js)
FONTS := $(VENV)/fonts
TESTING := $(call stamp,testing,requirements.txt requirements-dev.txt)

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: $(PACKED) $(FONTS)  ## create .venv and install the runtime packages

run: export MINGSHU_STORE := $(or $(MINGSHU_STORE),data/store)
run: setup  ## set up, load the sample county on first use, serve http://localhost:8501 on this machine only
	@test -s "$$MINGSHU_STORE/warehouse/CURRENT" || $(MAKE) --no-print-directory first-load
	@$(PY) -m access first
	@echo "明数：http://localhost:8501 （只在本机；按 Ctrl+C 停止）"
	@echo "这是样例县。自己县里用，另开一个终端：make own"
	@exec env MINGSHU_LISTEN=127.0.0.1 $(PY) -m serving

own: export MINGSHU_STORE := $(or $(MINGSHU_STORE),data/own-county)
own: export MINGSHU_PORT := $(or $(MINGSHU_PORT),8502)
own: setup  ## begin from nothing for a county of one's own, beside the sample county: http://localhost:8502
	@$(PY) -m access first
	@echo "明数：http://localhost:$$MINGSHU_PORT/move-in （从空库开始；只在本机；按 Ctrl+C 停止）"
	@exec env MINGSHU_LISTEN=127.0.0.1 $(PY) -m serving

serve: setup  ## serve the office as configured in settings.toml; says what is missing instead of starting
	@$(PY) -m access ready
	@exec $(PY) -m serving

# Compiled once, not by each of the hundred processes that tests start: an empty value lets Python keep what it compiled.
test check soak: export PYTHONDONTWRITEBYTECODE :=

# A load is flushed to disk several times, and waiting for that is a third of the tests' time: with 12 GB of memory to
# spare, what they write lies in it.
SPARE := $(shell { test "$$(awk '/^MemAvailable/ {print $$2}' /proc/meminfo)" -gt 12000000 \
  && test "$$(df -k --output=avail /dev/shm | tail -1)" -gt 6000000 && echo /dev/shm; } 2>/dev/null)
test: export TMPDIR := $(or $(SPARE),$(TMPDIR),/tmp)
test: $(TESTING) browser office scanner  ## set up, lint, run all tests, in one process more than there are cores
	@$(MAKE) --no-print-directory lint >$(VENV)/lint.log 2>&1 & lint=$$!; $(PY) -m pytest -n auto; tests=$$?; \
	wait $$lint || { cat $(VENV)/lint.log; exit 1; }; exit $$tests

check: $(TESTING)  ## run the contracts and the tests of changed files, without a browser (seconds)
	@$(PY) -m tests.own_tests | xargs -d '\n' $(PY) -m pytest -q -m "not soak and not browser"

soak: $(TESTING) browser office  ## simulate long use and attacks, then run the tests that are too slow for `make test`
	@$(PY) -m tests.soak
	@$(PY) -m pytest --hypothesis-profile=soak -m "soak or property"

load: $(TESTING)  ## let thirty sessions click for a minute; report errors, times and memory
	@$(PY) -m tests.load

bench: $(TESTING) browser  ## measure the time of intake, readings, pages, papers and drafts
	@$(PY) -m tests.bench

lint: $(TESTING)  ## check style, formatting and types (ruff, mypy)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy

# pip-audit asks a service on the internet, so it is no part of `make test`, and it has an environment of its own.
audit: $(MADE)  ## look up known vulnerabilities of the pinned packages (needs the internet)
	@test -x $(VENV)/audit/bin/pip-audit || { $(PYTHON) -m venv $(VENV)/audit \
	  && $(VENV)/audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1; }
	@$(VENV)/audit/bin/pip-audit --strict --no-deps --disable-pip -r requirements.txt -r requirements-dev.txt

first-load:
	@$(PY) -m etl sample data/sample-county
	@$(PY) -m etl load data/sample-county --who 系统导入

# A font with Chinese letters, for what is written as PDF. Looked for once; without one all else works, and the PDF says so.
$(FONTS): $(MADE)
	@fc-list :lang=zh 2>/dev/null | grep -q . || { command -v apt-get >/dev/null || exit 0; \
	  echo "安装写 PDF 需要的中文字体（只在第一次）"; \
	  $(APT) update -q && $(APT) install -qy --no-install-recommends fontconfig fonts-noto-cjk; } \
	  || echo "中文字体没有装上，一页纸 PDF 暂时写不了，其他不受影响。"
	@touch $@

# For the browser tests alone: a system Chromium, a font with Chinese letters, and what Playwright's driver links to.
browser: $(TESTING)
	@command -v chromium-headless-shell chromium google-chrome >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . \
	  && $(PY) -m playwright --version >/dev/null 2>&1 || { \
	  echo "安装浏览器测试需要的 Chromium 和中文字体（只在第一次）"; \
	  $(APT) update -q && $(APT) install -qy --no-install-recommends fontconfig fonts-noto-cjk libatomic1 \
	    && { $(APT) install -qy --no-install-recommends chromium-headless-shell \
	      || $(APT) install -qy --no-install-recommends chromium; }; }

# For the tests of Office files alone: LibreOffice without its windows, which prints them, and a reader of what it printed.
office: $(TESTING)
	@command -v pdftotext >/dev/null && cd "$$(dirname "$$(readlink -f "$$(command -v soffice)")" 2>/dev/null)" 2>/dev/null \
	  && ls libswlo.* libsdlo.* libsclo.* >/dev/null 2>&1 || { \
	  echo "安装检查 Word、PPT、Excel 文稿需要的 LibreOffice（只在第一次）"; \
	  $(APT) update -q && $(APT) install -qy --no-install-recommends poppler-utils \
	    libreoffice-writer-nogui libreoffice-impress-nogui libreoffice-calc-nogui; }

# For the tests of the virus scanner alone: the real daemon; the signatures are the tests' own.
scanner: $(TESTING)
	@command -v clamd >/dev/null || ls /usr/sbin/clamd >/dev/null 2>&1 || { \
	  echo "安装测试要用的查病毒程序 ClamAV（只在第一次）"; \
	  $(APT) update -q && $(APT) install -qy --no-install-recommends clamav-daemon; }

$(MADE):
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更高版本。"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { $(APT) update -q && $(APT) install -qy python3-venv; }
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(RUNTIME): $(MADE)
	@echo "安装运行所需的软件包（只在第一次，约一分钟）"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@rm -f $(VENV)/runtime-* && touch $@

# What the browser fetches, compressed once beside the originals. Brotli would save little more and take a minute.
$(PACKED): $(RUNTIME)
	@$(PY) -m servestatic.compress --quiet --no-brotli --no-zstd $(VENV)/lib/python3.*/site-packages/streamlit/static/static
	@$(PY) -m servestatic.compress --quiet --no-brotli --no-zstd $(SCRIPTS)
	@rm -f $(VENV)/packed-* && touch $@

$(TESTING): $(PACKED)
	@echo "安装测试所需的软件包（只在第一次）"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@rm -f $(VENV)/testing-* && touch $@
