# Sourced by the scripts beside it, with $root set: builds the benchmarks and sets bench_java to the command that runs a class of theirs.
(cd "$root" && mvn -q -B -DskipTests -Dspotless.check.skip -pl ardm-bench -am package >&2)
jar=
for candidate in "$root"/ardm-bench/target/ardm-bench-*.jar; do
    if [ -z "$jar" ] || [ "$candidate" -nt "$jar" ]; then jar=$candidate; fi
done
bench_java=("${JAVA_HOME:+$JAVA_HOME/bin/}java" --add-modules=jdk.incubator.vector -XX:+UseParallelGC -Djava.awt.headless=true
    -cp "$jar:$(cat "$root/ardm-bench/target/classpath")")
