#!/usr/bin/env bash
# Runs the fuzz targets with Jazzer, one after the other, and prints a table of what came of it.
#   bench/fuzz.sh [SECONDS [TARGET...]]
# SECONDS for each target, 3600 unless given; all targets unless some are named (see docs/fuzzing.md).
# Environment: ARDM_FUZZ (folder for corpora, logs and findings; target/fuzz unless given), JAVA_HOME.
# Files for the parsers are written to TMPDIR, best a file system in memory. Exits with 1 if there are findings.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
seconds=${1:-3600}
case $seconds in
    *[!0-9]* | '' | 0*)
        echo "usage: bench/fuzz.sh [SECONDS [TARGET...]]" >&2
        exit 2
        ;;
esac
shift || true
seeds=$root/ardm-fuzz/src/test/resources/corpus
[ $# -gt 0 ] || set -- $(cd "$seeds" && ls -d -- */ | tr -d /)
for target in "$@"; do
    [ -d "$seeds/$target" ] || {
        echo "fuzz: there is no target $target" >&2
        exit 2
    }
done
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -pl ardm-fuzz -am package >&2)
classpath=$root/ardm-fuzz/target/classes:$(cat "$root/ardm-fuzz/target/classpath")
out=${ARDM_FUZZ:-$root/target/fuzz}
mkdir -p "$out"
out=$(cd "$out" && pwd)
scratch=$(mktemp -d)
running=
stop() {
    [ -z "$running" ] || kill "$running" 2>/dev/null || true
    rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

# The last number behind $2 in log $1, or 0.
number() {
    sed -n "s/.*$2 *\([0-9][0-9]*\).*/\1/p" "$1" | tail -n 1 | grep . || echo 0
}

failed=0
echo '| target | seconds | executions | executions per second | coverage (edges) | findings |'
echo '|---|---|---|---|---|---|'
for target in "$@"; do
    mkdir -p "$out/$target/corpus" "$out/$target/findings"
    log=$out/$target/log
    # 256 MiB of heap are the limit of every target; Jazzer itself takes about 400 MiB beside it.
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+UseSerialGC -Djava.awt.headless=true "-Djava.io.tmpdir=$scratch" \
        "-Dardm.fuzz.seeds=$seeds/$target" \
        -cp "$classpath" com.code_intelligence.jazzer.Jazzer --target_class=dev.ardm.fuzz.FuzzDriver "--target_args=$target" \
        '--instrumentation_includes=dev.ardm.**:com.twelvemonkeys.**:tools.jackson.core.**' --keep_going=100 \
        "--reproducer_path=$out/$target/findings" "-artifact_prefix=$out/$target/findings/" \
        "-max_total_time=$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 -use_value_profile=1 -print_final_stats=1 \
        "$out/$target/corpus" "$seeds/$target" >"$log" 2>&1 </dev/null &
    running=$!
    code=0
    wait "$running" || code=$?
    running=
    findings=$(find "$out/$target/findings" -type f ! -name '*.java' | wc -l)
    executions=$(number "$log" 'stat::number_of_executed_units:')
    if [ "$executions" = 0 ]; then
        echo "fuzz: $target did not run; see $log" >&2
        failed=1
    fi
    [ "$findings" -eq 0 ] || failed=1
    echo "| $target | $seconds | $executions | $((executions / seconds)) | $(number "$log" ' cov:') | $findings |"
    [ "$code" -lt 126 ] || exit "$code"
done
exit $failed
