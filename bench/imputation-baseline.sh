#!/usr/bin/env bash
# Predicts each column of a table's test rows from the others: frequencies, and gradient-boosted trees. Prints Markdown.
#   bench/imputation-baseline.sh TRAIN.csv TEST.csv OUT.tsv [SEEDS]
# Uses the java of JAVA_HOME or PATH, and as many threads as there are processors.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.imputation.ImputationBaseline "$@"
