#!/usr/bin/env bash
# Tabulates what bench/evidence.sh measured. Prints Markdown.
#   bench/evidence-table.sh OUT
# Uses the java of JAVA_HOME or PATH.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.EvidenceTable "$@"
