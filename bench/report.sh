#!/usr/bin/env bash
# Measures a model: time to encode and decode, peak memory, size of the decoder. Prints Markdown.
#   bench/report.sh MODEL DATA
# Uses the java of JAVA_HOME or PATH. Leave the machine alone meanwhile.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.Report "$@"
