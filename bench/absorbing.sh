#!/usr/bin/env bash
# What absorbing diffusion costs with a model in some numbers of steps, from the loss components in its file.
#   bench/absorbing.sh MODEL STEPS...
# Uses the java of JAVA_HOME or PATH.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.AbsorbingBounds "$@"
