package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No bytes may lead to anything but the four errors, and damage in one item stays there. */
class DamagedArchiveTest {
    private static final int ITEMS = 19;

    @TempDir
    Path folder;

    private Path put(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("bad.ardm"), bytes);
    }

    private byte[] good(boolean names) throws IOException {
        return Archives.write(folder.resolve("good.ardm"), ITEMS, names);
    }

    private static int headerLength(byte[] file) {
        return file[16] & 0xFF | (file[17] & 0xFF) << 8;
    }

    private static int indexAt(byte[] file) {
        int footer = file.length - ArchiveFormat.FOOTER_BYTES;
        return file[footer] & 0xFF | (file[footer + 1] & 0xFF) << 8;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyFlippedByteIsFoundOrStaysInItsItem(boolean names) throws IOException {
        byte[] good = good(names);
        Random random = new Random(1);
        int refused = 0;
        int undetected = 0;
        for (int place = 0; place < good.length; place++) {
            for (int flip : new int[] {0xFF, 1 << random.nextInt(8)}) {
                byte[] bad = good.clone();
                bad[place] ^= (byte) flip;
                put(bad);
                try (ArchiveReader reader = ArchiveReader.open(folder.resolve("bad.ardm"))) {
                    assertThat(place).isBetween(headerLength(good), indexAt(good) - 1);
                    undetected += checkItems(reader, place);
                } catch (ArchiveException e) {
                    refused++;
                    assertThat(e.getMessage()).contains("bad.ardm: ");
                    assertThat(place < headerLength(good) || place >= indexAt(good))
                            .isTrue();
                    assertThat(e instanceof NotAnArchiveException).isEqualTo(place < 8);
                }
            }
        }
        assertThat(refused).isEqualTo(2 * (good.length - (indexAt(good) - headerLength(good))));
        // Each item carries at least 7 check bits.
        assertThat(undetected).isLessThan(6);
    }

    /** Returns 1 if the item with the damage was read as something else. */
    private static int checkItems(ArchiveReader reader, int place) throws IOException {
        int undetected = 0;
        for (int k = 0; k < ITEMS; k++) {
            ArchiveReader.Entry entry = reader.entry(k);
            if (place < entry.offset() || place >= entry.offset() + entry.length()) {
                assertThat(Archives.read(reader, k)).isEqualTo(Archives.item(k));
                continue;
            }
            assertThat(reader.verify()).contains(k);
            assertThat(reader.blockDamaged(k)).isTrue();
            try {
                Archives.read(reader, k);
                assertThat(entry.stored()).isFalse();
                undetected++;
            } catch (DamagedException e) {
                assertThat(e.item()).isEqualTo(k);
                assertThat(e.offset()).isBetween(entry.offset(), entry.offset() + entry.length());
                assertThat(e.getMessage()).contains("bad.ardm: damaged, item " + k + ", byte ", "the other 18 items");
            }
        }
        return undetected;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyTruncationIsCalledOne(boolean names) throws IOException {
        byte[] good = good(names);
        for (int length = 1; length < good.length; length++) {
            put(Arrays.copyOf(good, length));
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> ArchiveReader.open(folder.resolve("bad.ardm")))
                    .withMessageContaining("truncated");
        }
    }

    @Test
    void otherFilesAreNotArchives() throws IOException {
        for (String text : new String[] {"", "A", "ARDM\r\n", "# A text\n".repeat(100)}) {
            put(text.getBytes(StandardCharsets.UTF_8));
            assertThatExceptionOfType(NotAnArchiveException.class)
                    .isThrownBy(() -> ArchiveReader.open(folder.resolve("bad.ardm")))
                    .withMessageContaining("bad.ardm: not an ardm file");
        }
    }

    @Test
    void bytesPutInOrAddedAreDamage() throws IOException {
        byte[] good = good(true);
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            int at = random.nextInt(good.length + 1);
            byte[] bad = Arrays.copyOf(good, good.length + 1 + random.nextInt(50));
            System.arraycopy(good, at, bad, bad.length - (good.length - at), good.length - at);
            if (at < ArchiveFormat.FIXED_HEADER_BYTES) {
                continue; // The version itself has moved.
            }
            put(bad);
            assertThatExceptionOfType(DamagedException.class)
                    .isThrownBy(() -> ArchiveReader.open(folder.resolve("bad.ardm")));
        }
        byte[] twice = Arrays.copyOf(good, 2 * good.length);
        System.arraycopy(good, 0, twice, good.length, good.length);
        put(twice);
        assertThatExceptionOfType(DamagedException.class)
                .isThrownBy(() -> ArchiveReader.open(folder.resolve("bad.ardm")));
    }

    @Test
    void whatANewerVersionWroteIsCalledSo() throws IOException {
        // Format version; flags of the header; flags of the index.
        byte[] good = good(false);
        int[] places = {8, 9, 12, 13, 14, 15, indexAt(good), indexAt(good) + 3};
        for (int place : places) {
            for (boolean repaired : new boolean[] {true, false}) {
                byte[] newer = good.clone();
                newer[place] |= 4;
                if (repaired) {
                    Archives.repair(newer, 0, headerLength(good));
                    Archives.repair(newer, indexAt(good), good.length - ArchiveFormat.FOOTER_BYTES);
                } else if (place >= indexAt(good)) {
                    continue;
                }
                put(newer);
                NewerVersionException e =
                        assertThrows(NewerVersionException.class, () -> ArchiveReader.open(folder.resolve("bad.ardm")));
                assertThat(e).hasMessageContaining("bad.ardm: written by a newer version");
                assertThat(e.getMessage().contains("or damaged")).isEqualTo(!repaired);
            }
        }
    }

    /** With checksums put right, the checks behind them have to hold. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hostileBytesWithGoodChecksums(boolean names) throws IOException {
        byte[] good = good(names);
        int header = headerLength(good);
        int footer = good.length - ArchiveFormat.FOOTER_BYTES;
        Random random = new Random(names ? 4 : 5);
        int opened = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] bad = good.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                int part = random.nextInt(3);
                int from = part == 0 ? 8 : part == 1 ? indexAt(good) : footer;
                int to = part == 0 ? header : part == 1 ? footer : good.length;
                int at = from + random.nextInt(to - from);
                bad[at] = random.nextInt(3) == 0 ? (byte) -random.nextInt(2) : (byte) random.nextInt();
            }
            Archives.repair(bad, 0, header);
            Archives.repair(bad, indexAt(good), footer);
            Archives.repair(bad, footer, bad.length);
            put(bad);
            try (ArchiveReader reader = ArchiveReader.open(folder.resolve("bad.ardm"))) {
                opened++;
                reader.verify();
                for (int k = 0; k < reader.size(); k++) {
                    reader.name(k);
                    if (reader.header().documents() != null) {
                        readDocument(reader, k);
                    } else if (reader.entry(k).stored()) {
                        readStored(reader, k);
                    } else {
                        assertThat(reader.stream(k)).isNotEmpty();
                    }
                }
            } catch (ArchiveException e) {
                assertThat(e.getMessage()).contains("bad.ardm: ");
            }
        }
        assertThat(opened).isGreaterThan(250);
    }

    private static void readDocument(ArchiveReader reader, int k) throws IOException {
        try {
            reader.documentLength(k);
            reader.document(k);
        } catch (DamagedException e) {
            assertThat(e.item()).isEqualTo(k);
        }
    }

    private static void readStored(ArchiveReader reader, int k) throws IOException {
        try {
            reader.stored(k);
        } catch (DamagedException e) {
            assertThat(e.item()).isEqualTo(k);
        }
    }
}
