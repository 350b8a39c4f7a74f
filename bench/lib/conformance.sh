#!/usr/bin/env bash
# Runs ./ardm selftest under every kind of compiler, vector width, Java and processor at hand, each several times in a fresh JVM, since the
# timing of compilation alone changes sums that have no written order. Prints Markdown; fails if two results differ.
#   bench/run conformance [RUNS [SLOW_RUNS]] [--quick | --full]
# RUNS is 10 unless given; SLOW_RUNS, of interpreters and emulated processors, is RUNS unless given. --quick: the small set of checks
# everywhere; --full: the large one where it takes minutes. What would take hours keeps to smaller sets, as the table says.
# Environment: ARDM_JOBS (JVMs at a time, one for each processor unless given), ARDM_CACHE (for aarch64.sh),
# ARDM_MNIST_ITEMS (items of the MNIST archive to decode in one more run on aarch64, 1 unless given).
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." >/dev/null && pwd)
# Sets of checks by how slow a configuration is.
numbers= fast=standard slow=standard slower=quick
for argument in "$@"; do
    case $argument in
        --quick) fast=quick slow=quick slower=kernels ;;
        --full) fast=full ;;
        *[!0-9]* | '' | 0*)
            echo "usage: bench/run conformance [RUNS [SLOW_RUNS]] [--quick | --full]" >&2
            exit 2
            ;;
        *) numbers="$numbers $argument" ;;
    esac
done
# shellcheck disable=SC2086  # several numbers
set -- $numbers
runs=${1:-10} slow_runs=${2:-${1:-10}}
processors=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
jobs=${ARDM_JOBS:-$processors}
scratch=$(mktemp -d)
stop() {
    local running
    running=$(jobs -p)
    # shellcheck disable=SC2086  # several processes
    [ -z "$running" ] || kill $running 2>/dev/null || true
    rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

"$root/ardm" --version >&2 # builds it if that is needed
jar=
for candidate in "$root"/ardm-cli/target/ardm-cli-*.jar; do
    case $candidate in *-tests.jar | *-sources.jar | *-javadoc.jar) continue ;; esac
    if [ -z "$jar" ] || [ "$candidate" -nt "$jar" ]; then jar=$candidate; fi
done
classpath=$jar:$(cat "$root/ardm-cli/target/classpath")

# The version of the Java in folder $1, such as 17.
java_version() {
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

# One Java of each version from 17 on: the given one, and what is found.
javas=()
seen=' '
given=${JAVA_HOME:-}
if [ -z "$given" ] && command -v java >/dev/null; then
    given=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
fi
for home in "$given" /usr/lib/jvm/* /usr/java/* /opt/java/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    [ -n "$home" ] && [ -x "$home/bin/java" ] || continue
    version=$(java_version "$home")
    [ "${version:-0}" -ge 17 ] || continue
    case $seen in *" $version "*) continue ;; esac
    seen="$seen$version "
    javas=("${javas[@]+"${javas[@]}"}" "$home/bin/java")
done
[ ${#javas[@]} -gt 0 ] || {
    echo "conformance: no Java 17 or later was found" >&2
    exit 1
}

count=0
names=() sets=()

# One JVM: java, checks, file of the output, options.
one() {
    local java=$1 checks=$2 out=$3 start
    shift 3
    start=$(date +%s)
    # shellcheck disable=SC2086  # several options
    if "$java" -XX:+UseParallelGC -Xmx2g "-Dardm.home=$root" "$@" -cp "$classpath" dev.ardm.cli.Main selftest $checks \
        >"$out" 2>&1 </dev/null; then
        echo "seconds $(($(date +%s) - start))" >>"$out"
    else
        echo "failed with exit code $?" >>"$out"
    fi
}

# Starts the runs of a configuration: its name, runs, set of checks, java, options.
configuration() {
    local name=$1 times=$2 checks=$3 java=$4 run
    shift 4
    names[count]=$name sets[count]=$checks
    case $checks in standard) checks= ;; *) checks=--$checks ;; esac
    for run in $(seq "$times"); do
        while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do sleep 0.1; done
        one "$java" "$checks" "$scratch/$count.$run" "$@" &
    done
    count=$((count + 1))
}

vector=--add-modules=jdk.incubator.vector
ignore=-XX:+IgnoreUnrecognizedVMOptions
quiet=-XX:CompileCommand=quiet
first=yes
for java in "${javas[@]}"; do
    label="Java $(java_version "$(dirname "$(dirname "$java")")")"
    configuration "$label" "$runs" $fast "$java" $vector
    configuration "$label, no Vector API" "$runs" $fast "$java"
    configuration "$label, C1 only" "$runs" quick "$java" $vector -XX:TieredStopAtLevel=1
    configuration "$label, interpreter" "$slow_runs" kernels "$java" $vector -Xint
    configuration "$label, interpreter, no Vector API" "$slow_runs" quick "$java" -Xint
    for bits in 128 256 512; do
        configuration "$label, vectors of at most $bits bits" "$runs" $fast "$java" $vector -Dardm.vector.bits=$bits
    done
    configuration "$label, no superword" "$runs" $fast "$java" $vector -XX:-UseSuperWord
    case $(uname -m) in
        x86_64 | amd64)
            for avx in 3 2 1; do
                configuration "$label, UseAVX=$avx" "$runs" $slow "$java" $vector $ignore -XX:UseAVX=$avx
            done
            # No fused multiply-add: it is emulated.
            configuration "$label, UseAVX=0" "$runs" quick "$java" $vector $ignore -XX:UseAVX=0
            configuration "$label, no multiply-add" "$runs" $slow "$java" $vector $ignore -XX:-UseFMA
            configuration "$label, no multiply-add, C1 only" "$runs" quick "$java" $ignore -XX:-UseFMA -XX:TieredStopAtLevel=1
            configuration "$label, no multiply-add, interpreter" "$slow_runs" kernels "$java" $ignore -XX:-UseFMA -Xint
            ;;
    esac
    [ -n "$first" ] || continue
    first=
    configuration "$label, C1 only, no Vector API" "$runs" $slow "$java" -XX:TieredStopAtLevel=1
    configuration "$label, C2 only" "$runs" $fast "$java" $vector -XX:-TieredCompilation
    configuration "$label, C2 from the first call" "$runs" kernels "$java" $vector -XX:-TieredCompilation -Xcomp $quiet \
        '-XX:CompileCommand=compileonly,dev.ardm.exact.*::*'
    configuration "$label, no superword, no Vector API" "$runs" $slow "$java" -XX:-UseSuperWord
done

missing=
if [ "$(uname -m)" != aarch64 ]; then
    if arm=$("$root/bench/lib/aarch64.sh"); then
        label="aarch64, Java $("$arm" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p')"
        configuration "$label, SVE" "$slow_runs" $slower "$arm" $vector
        configuration "$label, no Vector API" "$slow_runs" quick "$arm"
        configuration "$label, C1 only" "$slow_runs" kernels "$arm" $vector -XX:TieredStopAtLevel=1
        configuration "$label, interpreter, no Vector API" "$slow_runs" kernels "$arm" -Xint
        export QEMU_CPU=cortex-a72 # has no SVE
        configuration "$label, NEON" "$slow_runs" quick "$arm" $vector
        configuration "$label, and MNIST" 1 "quick --items ${ARDM_MNIST_ITEMS:-1}" "$arm"
        unset QEMU_CPU
    else
        missing=aarch64
    fi
fi
wait

echo "| configuration | checks | kernels | runs | seconds | different hashes | hash |"
echo "|---|---|---|---|---|---|---|"
bad=0
for ((i = 0; i < count; i++)); do
    hashes=$(sed -n 's/^overall //p' "$scratch/$i".* | sort | uniq -c | sort -rn)
    good=$(cat "$scratch/$i".* | grep -c '^seconds ' || true)
    all=$(ls "$scratch/$i".* | wc -l)
    distinct=$(printf '%s' "$hashes" | grep -c . || true)
    kernels=$(sed -n 's/^on \([^ ]*\) kernels.*/\1/p' "$scratch/$i".* | sort -u | tr '\n' ' ')
    seconds=$(sed -n 's/^seconds //p' "$scratch/$i".* | sort -n | sed -n '1p;$p' | tr '\n' '-')
    hash=$(printf '%s\n' "$hashes" | sed -n '1s/^ *[0-9]* \(.\{12\}\).*/\1/p')
    echo "| ${names[i]} | ${sets[i]} | ${kernels% } | $((all)) | ${seconds%-} | $distinct | ${hash:-none} |"
    sed -n "s/^overall /${sets[i]} /p" "$scratch/$i".* >>"$scratch/all"
    if [ "$good" -ne "$((all))" ]; then
        bad=1
        for file in "$scratch/$i".*; do
            grep -q '^seconds ' "$file" || { echo "--- ${names[i]}, ${file##*/}:" && tail -n 20 "$file"; } >&2
        done
    fi
done
# One hash for each set of checks.
echo
sets_seen=$(sed -n 's/ [0-9a-f]\{64\}$//p' "$scratch/all" | sort -u)
while IFS= read -r checks; do
    distinct=$(sed -n "s/^$checks \([0-9a-f]\{64\}\)$/\1/p" "$scratch/all" | sort -u)
    if [ "$(printf '%s\n' "$distinct" | wc -l)" -eq 1 ]; then
        echo "Checks \`$checks\`: \`$distinct\` everywhere."
    else
        bad=1
        echo "Checks \`$checks\`: DIFFERENT HASHES: $distinct"
    fi
done <<EOF
$sets_seen
EOF
if [ -n "$missing" ]; then
    echo
    echo "**LEFT OUT: $missing. It was not checked on this machine.**"
fi
exit $bad
