#!/usr/bin/env bash
# Measures each kernel beside this machine's fp32 peak, and prints Markdown.
#   bench/kernels.sh
# Uses the java of JAVA_HOME or PATH. Leave the machine alone meanwhile.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.KernelShares "$@"
