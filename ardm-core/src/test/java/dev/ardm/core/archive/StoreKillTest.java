package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.ChildProcess;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that appends is killed again and again, as by {@code kill -9}, each time at another moment: all that it was told to be
 * durable is there, is right, and appending continues. The property {@code ardm.test.kills} says how often; 200 are for
 * changes of the container.
 */
@Tag("slow")
class StoreKillTest {
    private static final int KILLS = Integer.getInteger("ardm.test.kills", 20);

    @TempDir
    Path dir;

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void whatWasPromisedSurvives(StoreProcess.Kind kind) throws Exception {
        int kills = kind == StoreProcess.Kind.ITEMS ? KILLS : KILLS / 4; // All that differs is what a commit has in it.
        Path file = dir.resolve("store.ardm");
        LikelihoodModel model = kind.model;
        Map<Integer, String> promised = new LinkedHashMap<>();
        RandomStream random = RandomStream.of(1, Purpose.TEST, 0);
        int before = 0;
        for (int kill = 0; kill < kills; kill++) {
            // Some of them also while the archive is opened, and what was killed before is cut off.
            boolean opening = kill % 4 == 3;
            Map<Integer, String> now = killed(kind, file, "run" + kill, opening, random.nextInt(opening ? 600 : 120));
            promised.putAll(now);
            try (ItemArchive archive = ItemArchive.openCommitted(file, model)) {
                assertThat(archive.size()).isGreaterThanOrEqualTo(before + now.size());
                before = archive.size();
                check(kind, archive, now);
            }
        }
        assertThat(promised).hasSizeGreaterThan(10 * kills);
        try (ItemStore store = kind.open(file)) {
            assertThat(store.size()).isEqualTo(before);
            kind.submit(store, "the last");
        }
        try (ItemArchive archive = ItemArchive.open(file, model)) {
            assertThat(archive.size()).isEqualTo(before + 1);
            promised.put(before, "the last");
            check(kind, archive, promised);
            for (int k = 0; k < archive.size(); k++) {
                check(kind, archive, Map.of(k, archive.name(k).orElseThrow()));
            }
            assertThat(promised.keySet()).allMatch(number -> number < archive.size());
        }
    }

    private static void check(StoreProcess.Kind kind, ItemArchive archive, Map<Integer, String> promised)
            throws IOException {
        for (Map.Entry<Integer, String> item : promised.entrySet()) {
            assertThat(archive.name(item.getKey())).contains(item.getValue());
            DecodedItem there = archive.item(item.getKey());
            assertThat(there.intact()).isEqualTo(kind.item(item.getValue()).values());
            assertThat(there.item().side()).isEqualTo(kind.item(item.getValue()).side());
        }
    }

    /**
     * Lets a process append, and kills it.
     *
     * @param opening whether it is killed so long after it was started, rather than after its first promise
     * @param millis how long after
     * @return the items that it said were durable, by number
     */
    private static Map<Integer, String> killed(
            StoreProcess.Kind kind, Path file, String run, boolean opening, int millis) throws Exception {
        List<String> options = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");
        String said;
        try (ChildProcess child = ChildProcess.start(
                new ProcessBuilder(ChildProcess.java(options, StoreProcess.class.getName(), file, run, kind.name())))) {
            if (!opening) {
                child.await("\n", ChildProcess.LIMIT);
            }
            TimeUnit.MILLISECONDS.sleep(millis);
            child.process().toHandle().destroyForcibly(); // unlike Process, this leaves what it has printed
            said = child.end(ChildProcess.LIMIT).text();
        }
        Map<Integer, String> promised = new LinkedHashMap<>();
        for (String line : said.lines().toList()) {
            assertThat(line).doesNotStartWith("failed");
            String[] parts = line.split(" ", 2); // A line is one write, so it is whole.
            promised.put(Integer.parseInt(parts[0]), parts[1]);
        }
        return promised;
    }
}
