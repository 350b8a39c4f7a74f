#!/usr/bin/env bash
# Compares the exact engine with LibTorch on whole networks, in one run, and prints Markdown.
#   bench/engines.sh models/mnist/model.safetensors [mnist|unet64|transformer ...]
# Uses the java of JAVA_HOME or PATH. Takes about ten minutes; leave the machine alone meanwhile.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.EngineComparison "$@"
