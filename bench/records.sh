#!/usr/bin/env bash
# The tables of docs/results/records.md: lines of logs and of JSON, each readable alone, next to other coders.
#   bench/records.sh DATA_FOLDER
# brotli, 7-Zip and zpaq are measured where they are installed (Debian: brotli, p7zip-full, zpaq).
set -euo pipefail
if [ $# -ne 1 ]; then
    echo "usage: bench/records.sh DATA_FOLDER" >&2
    exit 2
fi
pairs=()
for set in logs/apache logs/bgl logs/zookeeper logs/android records/movies; do
    for part in train test; do
        for file in "$1/$set-$part".*; do
            pairs+=("$file")
        done
    done
done
exec "$(dirname "${BASH_SOURCE[0]}")/run" records "${pairs[@]}"
