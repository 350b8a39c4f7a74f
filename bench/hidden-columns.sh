#!/usr/bin/env bash
# The protocol of the imputation baseline for other programs: writes the test rows with one column hidden at a time, and scores what came back.
#   bench/hidden-columns.sh write TRAIN.csv TEST.csv FOLDER
#   bench/hidden-columns.sh score TRAIN.csv TEST.csv COLUMN=FILLED.csv ...
# Uses the java of JAVA_HOME or PATH.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.imputation.HiddenColumnsFiles "$@"
