#!/usr/bin/env bash
# Measures what general compressors make of the data sets adult, digits8x8, spoken-digits and text27, and prints Markdown. bzip2, bzip3 and zpaq
# take part where they are installed.
#   bench/classical.sh ../shared/data
# Uses the java of JAVA_HOME or PATH.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.codec.ClassicalCodecs "$@"
