#!/usr/bin/env bash
# Installs ardm into a repository of its own, and builds and runs every example against it on the default Java.
#
# Usage: examples/run.sh [options of Maven, such as --offline]
set -euo pipefail

examples=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" >/dev/null && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
repository=$scratch/repository

# What was fetched before need not be fetched again; what this project installed before must not be found.
fetched=${HOME:-/nonexistent}/.m2/repository
if [ -d "$fetched" ]; then
    cp -al "$fetched" "$repository" 2>/dev/null || { rm -rf "$repository" && cp -a "$fetched" "$repository"; }
    rm -rf "$repository/dev/ardm"
fi

echo "--- installing ardm"
(cd "$examples/.." && mvn -q -B "$@" -Dmaven.repo.local="$repository" -DskipTests -pl ardm-library -am install)

echo "--- building the examples"
cp -R "$examples" "$scratch/examples"
cd "$scratch/examples"
mvn -q -B "$@" -Dmaven.repo.local="$repository" package

run() {
    echo "--- $1"
    java -cp "$1/target/$1-1.jar:$1/target/lib/*" "example.$2"
}
run first-steps FirstSteps
run log-store LogStore
run image-service ImageService
run database-rows DatabaseRows
run outlier-scores OutlierScores
