#!/usr/bin/env bash
# What happens to processes: kill -9, Ctrl-C, a full disk, what is read-only, a folder that is removed, a source that changes.
# Prints the rows of docs/internals/faults.md that are about processes; ends with 1 if something did not hold.
#   bench/run faults [ROUNDS [TEST]]
# ROUNDS of each fault, 200 by default; TEST is a method of ProcessFaultsTest, such as killed. For the rows "disk full" a small
# file system of its own is mounted, where that is allowed. FAULTS_PREFIX is put before Maven, such as "taskset -c 3".
set -uo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/../.." >/dev/null && pwd)
rounds=${1:-200} tests=ProcessFaultsTest${2:+#$2}
folder=$(mktemp -d)
mounted=
finish() {
    if [ -n "$mounted" ]; then umount "$folder/disk"; fi
    rm -rf "$folder"
}
trap finish EXIT
mkdir "$folder/disk"
options=()
if mount -t tmpfs -o size=4m ardm-faults "$folder/disk" 2>/dev/null; then
    mounted=yes
    options=("-Dardm.test.faults.disk=$folder/disk")
else
    echo "faults: no file system can be mounted here; the rows about a full disk are left out" >&2
fi
read -r -a prefix <<<"${FAULTS_PREFIX:-}"
${prefix[@]+"${prefix[@]}"} mvn -q -B -Dspotless.check.skip -f "$root/pom.xml" -pl ardm-cli -am test \
    -Dtest="$tests" -Dsurefire.failIfNoSpecifiedTests=false \
    -Dardm.test.faults="$rounds" -Dardm.test.faults.table="$folder/table" ${options[@]+"${options[@]}"} >"$folder/log" 2>&1
code=$?
echo "| fault | command | rounds | struck while writing, or refused | complete all the same | what must hold |"
echo "|---|---|---|---|---|---|"
sort "$folder/table" 2>/dev/null
if [ $code -ne 0 ]; then
    cat "$folder/log" >&2
    exit 1
fi
