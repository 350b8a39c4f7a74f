#!/usr/bin/env bash
# Draws validation bits per dimension of several runs against steps and against seconds. Runs of one label are drawn as one line with a band.
#   bench/curves.sh OUT.png TITLE RUN_DIR[=label]...
# Uses the java of JAVA_HOME or PATH.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.chart.LearningCurves "$@"
