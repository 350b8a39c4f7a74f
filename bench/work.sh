#!/usr/bin/env bash
# Measures what is saved by logits that are not computed and calls that need not wait, and prints Markdown.
#   bench/work.sh models/mnist/model.safetensors
# Uses the java of JAVA_HOME or PATH. Leave the machine alone meanwhile.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
source "$root/bench/java.sh"
exec "${bench_java[@]}" dev.ardm.bench.WorkComparison "$@"
