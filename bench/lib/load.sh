# Sourced by bench/run, which sets bench_java to the command that runs a class.
# An archive of very many small items: what it takes to write it, open it, and read items of it. Prints Markdown.
#   bench/run load MODEL DATA [ITEMS [CALLS]]
# DATA are items of the model's space, such as the test images of digits8x8; ITEMS different ones are made of them by noise,
# and each is coded. Defaults: 1000000 (a quarter to half an hour of a core), 4. A small model for a trial:
#   ./ardm train --data ../shared/data/digits8x8/train.npy.gz --preset tiny --steps 300 --out run
# Uses one thread, 64 MiB of heap, and TMPDIR for the archive. LOAD_PREFIX is put before the
# command, such as "taskset -c 3".

if [ $# -lt 2 ]; then
    echo "usage: bench/run load MODEL DATA [ITEMS [CALLS]]" >&2
    exit 2
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
items=${3:-1000000} calls=${4:-4}
# The serial collector has the least memory of its own.
bench_java=("${bench_java[@]/-XX:+UseParallelGC/-XX:+UseSerialGC}")
read -r -a prefix <<<"${LOAD_PREFIX:-}"
echo "| | |"
echo "|---|---|"
${prefix[@]+"${prefix[@]}"} "${bench_java[@]}" -Xmx64m dev.ardm.bench.load.ArchiveLoadWriter \
    "$1" "$2" "$items" "$calls" "$folder/load.ardm"
${prefix[@]+"${prefix[@]}"} "${bench_java[@]}" -Xmx64m dev.ardm.bench.load.ArchiveLoadReader \
    "$1" "$2" "$folder/load.ardm"
${prefix[@]+"${prefix[@]}"} "${bench_java[@]}" -Xmx64m dev.ardm.bench.load.StoreLoad "$1" "$2" 5000 "$calls" "$folder/store.ardm"
