#!/usr/bin/env bash
# Models of sources of known entropy beside that entropy. Prints Markdown.
#   bench/known.sh [SEED...]
# Uses the java of JAVA_HOME or PATH, and one thread.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.KnownSources "$@"
