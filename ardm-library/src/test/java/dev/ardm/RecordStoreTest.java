package dev.ardm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.coding.error.ArchiveException;
import dev.ardm.coding.error.DamagedException;
import dev.ardm.core.store.StoreView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecordStoreTest {
    @TempDir
    static Path shared;

    private static RecordModel<String> lines;

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("s.ardm");
    }

    static String line(int number) {
        Random random = new Random(number);
        return "user " + random.nextInt(50) + " read page " + random.nextInt(900) + (number % 7 == 0 ? "\nz\u00fcrich" : "");
    }

    @BeforeAll
    static void learn() throws IOException {
        lines = Ardm.train(IntStream.range(0, 400).mapToObj(RecordStoreTest::line).toList(), RecordType.text())
                .to(shared.resolve("lines.safetensors"));
    }

    private List<Path> journals() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().contains(".journal-")).toList();
        }
    }

    @Test
    void aRecordIsThereAtOnceAndAfterwards() throws IOException {
        try (RecordStore<String> store = RecordStore.open(file(), lines)) {
            for (int k = 0; k < 300; k++) {
                assertThat(store.put(line(k))).isEqualTo(k);
                assertThat(store.get(k)).isEqualTo(line(k));
            }
            store.settle();
            assertThat(store.getAll(5, 6, 7, 200, 3)).containsExactly(line(5), line(6), line(7), line(200), line(3));
            store.put(line(300));
            assertThat(store.getAll(299, 300)).containsExactly(line(299), line(300));
            assertThat(store.stream()).containsExactlyElementsOf(
                    IntStream.rangeClosed(0, 300).mapToObj(RecordStoreTest::line).toList());
            assertThatThrownBy(() -> store.get(301)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> store.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(journals()).isEmpty();
        try (RecordArchive<String> archive = RecordArchive.open(file(), RecordType.text())) {
            assertThat(archive.size()).isEqualTo(301);
            assertThat(archive.get(17)).isEqualTo(line(17));
        }
        try (RecordStore<String> store = RecordStore.open(file(), RecordType.text())) {
            assertThat(store.put("more")).isEqualTo(301);
            store.compact();
            assertThat(store.get(301)).isEqualTo("more");
            assertThat(store.get(0)).isEqualTo(line(0));
        }
    }

    @Test
    void theNewestOfAKeyWinsAndKeysCanGo() throws IOException {
        try (RecordStore<String> store = RecordStore.open(file(), lines, StoreOptions.FAST)) {
            store.put("a", "1");
            long b = store.put("b", "2");
            store.put("a", "3");
            assertThat(store.get("a")).contains("3");
            assertThat(store.delete("b")).isTrue();
            assertThat(store.delete("b")).isFalse();
            assertThat(store.get("b")).isEmpty();
            assertThat(store.get(b)).isEqualTo("2");
            assertThatThrownBy(() -> store.get(3)).isInstanceOf(NoSuchElementException.class);
            store.settle();
            assertThat(store.get("a")).contains("3");
            store.delete("a");
            assertThat(store.stream()).containsExactly("1", "2", "3");
            assertThatIllegalArgumentException().isThrownBy(() -> store.put("", "x"));
        }
        try (RecordStore<String> store = RecordStore.open(file(), lines)) {
            assertThat(store.get("a")).isEmpty();
            assertThat(store.get("b")).isEmpty();
            assertThat(store.size()).isEqualTo(5);
            store.put("b", "4");
            assertThat(store.get("b")).contains("4");
        }
    }

    @Test
    void rowsAndArraysAreStoredToo() throws IOException {
        List<String[]> rows = IntStream.range(0, 200)
                .mapToObj(k -> new String[] {"u" + k % 9, k % 4 == 0 ? null : "" + k % 30, ""})
                .toList();
        RecordModel<String[]> model = Ardm.train(rows, RecordType.rows("user", "age", "note")).run();
        try (RecordStore<String[]> store = RecordStore.open(file(), model)) {
            store.put("x", new String[] {"new, \"quoted\"", null, "\n"});
            store.put(rows.get(4));
            store.delete("x");
            store.settle();
            assertThat(store.get(0)).containsExactly("new, \"quoted\"", null, "\n");
            assertThat(store.get(1)).containsExactly("u4", null, "");
            assertThat(store.get("x")).isEmpty();
            assertThatIllegalArgumentException().isThrownBy(() -> store.put(new String[] {"one"}));
            assertThat(store.size()).isEqualTo(3);
        }
    }

    @Test
    void manyThreadsPutAndGet() throws Exception {
        Map<Long, String> put = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        // So few bytes wait that put has to.
        try (RecordStore<String> store = RecordStore.open(file(), lines, new StoreOptions(false, 1 << 16))) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int from = 1000 * t;
                all.add(threads.submit(() -> {
                    for (int k = from; k < from + 400; k++) {
                        long number = store.put(line(k));
                        put.put(number, line(k));
                        assertThat(store.get(number)).isEqualTo(line(k));
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            assertThat(store.size()).isEqualTo(3200);
        } finally {
            threads.shutdownNow();
        }
        try (RecordStore<String> store = RecordStore.open(file(), lines)) {
            for (Map.Entry<Long, String> entry : put.entrySet()) {
                assertThat(store.get(entry.getKey())).isEqualTo(entry.getValue());
            }
        }
    }

    /** Puts lines and says so, until it is killed. */
    static final class Putting {
        public static void main(String[] arguments) throws IOException {
            RecordModel<String> model = RecordModel.open(Path.of(arguments[0]), RecordType.text());
            RecordStore<String> store = RecordStore.open(Path.of(arguments[1]), model);
            for (int k = (int) store.size(); ; k++) {
                if (store.put("key " + k % 10, line(k)) != k) {
                    throw new IllegalStateException("another number");
                }
                System.out.println(k);
            }
        }
    }

    /** However often a process is killed: what it was told is there stays, and others see it meanwhile. */
    @Test
    void nothingAcknowledgedIsLostWhenAProcessIsKilled() throws Exception {
        Random random = new Random(3);
        int acknowledged = -1;
        for (int round = 0; round < 5; round++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Putting.class.getName(),
                            shared.resolve("lines.safetensors").toString(),
                            file().toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                int more = acknowledged + 100 + random.nextInt(900);
                for (String said = out.readLine(); said != null; said = out.readLine()) {
                    acknowledged = Integer.parseInt(said);
                    if (acknowledged == more - 50) {
                        look(acknowledged);
                    }
                    if (acknowledged >= more) {
                        break;
                    }
                }
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            look(acknowledged);
        }
        assertThat(acknowledged).isGreaterThan(500);
        try (RecordStore<String> store = RecordStore.open(file(), lines)) {
            assertThat(store.size()).isGreaterThan(acknowledged);
            for (int k = 0; k < store.size(); k++) {
                assertThat(store.get(k)).isEqualTo(line(k));
            }
        }
    }

    private void look(int acknowledged) throws IOException {
        try (StoreView view = StoreView.of(file(), lines.model())) {
            assertThat(view.size()).isGreaterThan(acknowledged);
            for (int k = Math.max(0, acknowledged - 300); k <= acknowledged; k++) {
                assertThat(lines.form().record(view.get(k))).isEqualTo(line(k));
            }
        }
    }

    @Test
    void aJournalThatIsCutOffOrDamaged() throws IOException {
        Path journal = crashed(60);
        byte[] whole = Files.readAllBytes(journal);
        Files.write(journal, java.util.Arrays.copyOf(whole, whole.length - 3));
        try (RecordStore<String> store = RecordStore.open(file(), lines)) {
            assertThat(store.size()).isEqualTo(59);
            assertThat(store.get(58)).isEqualTo(line(58));
        }
        Files.deleteIfExists(file());
        journal = crashed(60);
        byte[] damaged = Files.readAllBytes(journal);
        damaged[damaged.length / 2] ^= 1;
        Files.write(journal, damaged);
        assertThatThrownBy(() -> RecordStore.open(file(), lines))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(".journal-0");
        damaged[8] = 9;
        Files.write(journal, damaged);
        assertThatThrownBy(() -> RecordStore.open(file(), lines))
                .isInstanceOf(ArchiveException.class)
                .hasMessageContaining("newer version");
        Files.writeString(journal, "something else that is long enough");
        assertThatThrownBy(() -> RecordStore.open(file(), lines)).hasMessageContaining("no journal");
    }

    /** A store of lines whose process ended before it coded anything. */
    private Path crashed(int records) throws IOException {
        Path other = folder.resolve("other.ardm");
        Path copy = folder.resolve("s.ardm.journal-0");
        try (RecordStore<String> store = RecordStore.open(other, lines)) {
            for (int k = 0; k < records; k++) {
                store.put(line(k));
            }
            Files.copy(folder.resolve("other.ardm.journal-0"), copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        Files.delete(other);
        RecordArchive.write(file(), lines, List.of());
        return copy;
    }

    @Test
    void oneStoreAtATime() throws IOException {
        try (RecordStore<String> store = RecordStore.open(file(), lines)) {
            store.put("x");
            assertThatThrownBy(() -> RecordStore.open(file(), lines)).isInstanceOf(IOException.class);
            store.put("y");
        }
        RecordStore<String> store = RecordStore.open(file(), lines);
        store.close();
        store.close();
        assertThatThrownBy(() -> store.put("z")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aForgottenStoreGivesItsLockBack() throws Exception {
        forget();
        IOException last = null;
        for (int k = 0; k < 200; k++) {
            System.gc();
            try (RecordStore<String> store = RecordStore.open(file(), lines)) {
                assertThat(store.get(0)).isEqualTo("x");
                return;
            } catch (IOException e) {
                last = e;
                Thread.sleep(50);
            }
        }
        throw new AssertionError("the lock is still held", last);
    }

    private void forget() throws IOException {
        RecordStore.open(file(), lines).put("x");
    }
}
