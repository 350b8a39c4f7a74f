#!/usr/bin/env bash
# What a model of a table's rows says of each hidden column of the test rows. Prints Markdown.
#   bench/imputation.sh MODEL TRAIN.csv TEST.csv [THREADS]
# Uses the java of JAVA_HOME or PATH.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.imputation.ImputationComparison "$@"
