#!/usr/bin/env bash
# Draws loss components (tab-separated: t, L_t in bits, standard error, stage) with stage boundaries, and the staircase of a schedule.
#   bench/loss-curve.sh OUT.png TITLE LOSS.tsv [SCHEDULE.txt | even:CALLS | best:CALLS]
# Uses the java of JAVA_HOME or PATH.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.chart.LossCurve "$@"
