#!/usr/bin/env bash
# Runs the fuzz targets with Jazzer and prints a table of what came of it.
#   bench/run fuzz [SECONDS [TARGET...]]
# SECONDS for each target, 3600 unless given; all targets unless some are named (see docs/internals/fuzzing.md).
# Environment: ARDM_FUZZ (folder for corpora, logs and findings; target/fuzz unless given), JAVA_HOME,
# FUZZ_JOBS (targets side by side, 1 unless given; about 650 MB each), FUZZ_TIMEOUT (seconds after which an input is taken
# for one that hangs: 10 unless given; more where targets wait for processors).
# Files for the parsers are written to TMPDIR, best a file system in memory. Exits with 1 if there are findings.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." >/dev/null && pwd)
seconds=${1:-3600}
case $seconds in
    *[!0-9]* | '' | 0*)
        echo "usage: bench/run fuzz [SECONDS [TARGET...]]" >&2
        exit 2
        ;;
esac
shift || true
jobs=${FUZZ_JOBS:-1} timeout=${FUZZ_TIMEOUT:-10}
for number in "$jobs" "$timeout"; do
    case $number in
        *[!0-9]* | '' | 0*)
            echo "fuzz: FUZZ_JOBS and FUZZ_TIMEOUT must be whole numbers above 0, not '$number'" >&2
            exit 2
            ;;
    esac
done
seeds=$root/ardm-fuzz/src/test/resources/corpus
[ $# -gt 0 ] || set -- $(cd "$seeds" && ls -d -- */ | tr -d /)
for target in "$@"; do
    [ -d "$seeds/$target" ] || {
        echo "fuzz: there is no target $target" >&2
        exit 2
    }
done
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -pl ardm-fuzz -am package >&2)
classpath=$root/ardm-fuzz/target/test-classes:$(cat "$root/ardm-fuzz/target/classpath")
out=${ARDM_FUZZ:-$root/target/fuzz}
mkdir -p "$out"
out=$(cd "$out" && pwd)
scratch=$(mktemp -d)
running=()
stop() {
    for process in ${running[@]+"${running[@]}"}; do
        kill "$process" 2>/dev/null || true
    done
    wait
    rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

# The last number behind $2 in log $1, or 0.
number() {
    sed -n "s/.*$2 *\([0-9][0-9]*\).*/\1/p" "$1" | tail -n 1 | grep . || echo 0
}

# Runs target $1. Its last exit status and its seconds of processor are written to the scratch folder.
fuzz() {
    local target=$1 code=0 process=
    trap '[ -z "$process" ] || kill "$process" 2>/dev/null || true' TERM
    # 256 MiB of heap are the limit of every target; Jazzer itself takes about 400 MiB beside it.
    "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx256m -XX:+UseSerialGC -Djava.awt.headless=true "-Djava.io.tmpdir=$scratch/$target" \
        "-Dardm.fuzz.seeds=$seeds/$target" \
        -cp "$classpath" com.code_intelligence.jazzer.Jazzer --target_class=dev.ardm.fuzz.FuzzDriver "--target_args=$target" \
        '--instrumentation_includes=dev.ardm.**:com.twelvemonkeys.**:tools.jackson.core.**' --keep_going=100 \
        "--reproducer_path=$out/$target/findings" "-artifact_prefix=$out/$target/findings/" \
        "-max_total_time=$seconds" "-timeout=$timeout" "-report_slow_units=$timeout" -rss_limit_mb=1024 -max_len=65536 -use_value_profile=1 \
        -print_final_stats=1 "$out/$target/corpus" "$seeds/$target" >"$out/$target/log" 2>&1 </dev/null &
    process=$!
    wait "$process" || code=$?
    # The second line is of children that have ended, minutes and seconds of user and system.
    times >"$scratch/$target.times"
    sed -n '2s/[ms]/ /gp' "$scratch/$target.times" | awk '{ printf "%d\n", 60 * ($1 + $3) + $2 + $4 }' >"$scratch/$target.processor"
    echo "$code" >"$scratch/$target.code"
}

# Writes the row of target $1; exits when its process was killed.
report() {
    local target=$1 log=$out/$1/log findings executions code
    findings=$(find "$out/$target/findings" -type f ! -name '*.java' | wc -l)
    executions=$(number "$log" 'stat::number_of_executed_units:')
    if [ "$executions" = 0 ]; then
        echo "fuzz: $target did not run; see $log" >&2
        failed=1
    fi
    [ "$findings" -eq 0 ] || failed=1
    echo "| $target | $seconds | $(cat "$scratch/$target.processor") | $executions | $(number "$log" ' cov:') |" \
        "$(number "$log" 'stat::slowest_unit_time_sec:') | $findings |"
    code=$(cat "$scratch/$target.code")
    [ "$code" -lt 126 ] || exit "$code"
}

failed=0
echo '| target | seconds | of a processor | executions | coverage (edges) | slowest input (seconds) | findings |'
echo '|---|---|---|---|---|---|---|'
while [ $# -gt 0 ]; do
    side=("${@:1:jobs}")
    shift "${#side[@]}"
    running=()
    for target in "${side[@]}"; do
        mkdir -p "$out/$target/corpus" "$out/$target/findings" "$scratch/$target"
        fuzz "$target" &
        running+=($!)
    done
    wait "${running[@]}"
    running=()
    for target in "${side[@]}"; do
        report "$target"
    done
done
exit $failed
