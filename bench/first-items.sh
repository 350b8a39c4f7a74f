#!/usr/bin/env bash
# Writes the first items of an array or folder as NPY, for measurements on part of a set.
#   bench/first-items.sh DATA COUNT OUT.npy
# Uses the java of JAVA_HOME or PATH.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.FirstItems "$@"
