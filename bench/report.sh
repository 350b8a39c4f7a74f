#!/usr/bin/env bash
# Measures a model: time to encode and decode, peak memory, size of the decoder. Prints Markdown.
#   bench/report.sh MODEL DATA
# Uses the java of JAVA_HOME or PATH. Leave the machine alone meanwhile.
set -euo pipefail

root=$(cd -P "$(dirname "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -pl ardm-bench -am package >&2)
jar=
for candidate in "$root"/ardm-bench/target/ardm-bench-*.jar; do
    if [ -z "$jar" ] || [ "$candidate" -nt "$jar" ]; then jar=$candidate; fi
done
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
exec "$java" --add-modules=jdk.incubator.vector -XX:+UseParallelGC -Djava.awt.headless=true \
    -cp "$jar:$(cat "$root/ardm-bench/target/classpath")" dev.ardm.bench.Report "$@"
