#!/usr/bin/env bash
# Runs the JMH benchmarks: bench/jmh.sh [options of JMH, such as a name to match, or -h].
#   bench/jmh.sh NetworkBenchmark -p network=unet64 -p threads=1,4
# Uses the java of JAVA_HOME or PATH. Leave the machine alone meanwhile.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" org.openjdk.jmh.Main "$@"
