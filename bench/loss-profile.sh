#!/usr/bin/env bash
# Measures loss components of a model at some steps on items of a data set, as the table that loss-curve.sh draws.
#   bench/loss-profile.sh MODEL DATA OUT.tsv POINTS ITEMS [HELD_OUT [SEED]]
# HELD_OUT: DATA is what the model was trained on; look only at the items that training held out.
# Uses the java of JAVA_HOME or PATH.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.chart.LossProfile "$@"
