package dev.ardm.coding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of documents, which have bytes beside their values and, if they are sequences, any number of these. */
class DocumentArchiveTest {
    private static final int CATEGORIES = 11;
    private static final int[] LENGTHS = {0, 1, 5, 6, 7, 300};

    @TempDir
    Path folder;

    private static ArchiveHeader sequences() {
        return new ArchiveHeader(3, Archives.modelId(1), new int[] {6}, new int[] {CATEGORIES}, 1, new byte[] {9})
                .ofDocuments(DocumentLayout.sequences(2, 10));
    }

    private static int[] document(int k) {
        Random random = new Random(k);
        return random.ints(LENGTHS[k % LENGTHS.length], 0, CATEGORIES).toArray();
    }

    private static byte[] extra(int k) {
        byte[] extra = new byte[k % 4 == 1 ? 0 : 67 * (k % 4)];
        new Random(k).nextBytes(extra);
        return extra;
    }

    private static byte[] encode(int[] values, byte[] extra) {
        int[] frequencies = new int[values.length];
        Arrays.fill(frequencies, 1 << 20);
        int[] starts = Arrays.stream(values).map(value -> value << 20).toArray();
        return CheckedStream.encode(starts, frequencies, values.length, 24, CheckedStream.checkOf(extra, values));
    }

    /** The values of a document, coded or stored. */
    private static int[] values(ArchivedDocument document) throws DamagedException {
        byte[] stream = document.stream();
        if (stream == null) {
            return Objects.requireNonNull(document.values());
        }
        AnsStack stack = CheckedStream.open(stream, 0, stream.length);
        int[] values = new int[document.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = stack.pop(Law.uniform(16, 24));
        }
        CheckedStream.close(stack, CheckedStream.checkOf(document.extra(), values));
        return values;
    }

    private byte[] write(Path path, int documents) throws IOException {
        try (ArchiveWriter writer = ArchiveWriter.create(path, sequences(), true)) {
            for (int k = 0; k < documents; k++) {
                if (k % 3 == 2) {
                    writer.addStoredDocument(extra(k), document(k), "name " + k);
                } else {
                    writer.addDocument(extra(k), document(k).length, encode(document(k), extra(k)), "name " + k);
                }
            }
            writer.commit();
        }
        return Files.readAllBytes(path);
    }

    @Test
    void sequencesComeBack() throws IOException {
        Path path = folder.resolve("a.ardm");
        write(path, 40);
        try (ArchiveReader reader = ArchiveReader.open(path)) {
            assertThat(reader.header().documents()).isEqualTo(DocumentLayout.sequences(2, 10));
            assertThat(reader.verify()).isEmpty();
            for (int k = 0; k < 40; k++) {
                ArchivedDocument document = reader.document(k);
                assertThat(document.extra()).isEqualTo(extra(k));
                assertThat(values(document)).isEqualTo(document(k));
                assertThat(reader.documentLength(k)).isEqualTo(document(k).length);
                assertThat(reader.name(k)).contains("name " + k);
            }
            assertThatIllegalStateException().isThrownBy(() -> reader.stream(0)).withMessageContaining("documents");
        }
    }

    @Test
    void rowsComeBack() throws IOException {
        ArchiveHeader header = Archives.header().ofDocuments(DocumentLayout.ROWS);
        Path path = folder.resolve("rows.ardm");
        try (ArchiveWriter writer = ArchiveWriter.create(path, header, false)) {
            for (int k = 0; k < 9; k++) {
                writer.addStoredDocument(extra(k), Archives.item(k), "");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.addDocument(new byte[0], 7, new byte[] {1}, ""))
                    .withMessage("a document of 7 values where there are 6");
            assertThatIllegalStateException().isThrownBy(() -> writer.add(new byte[] {1}));
            writer.commit();
        }
        try (ArchiveReader reader = ArchiveReader.open(path)) {
            assertThat(reader.header().documents()).isEqualTo(DocumentLayout.ROWS);
            for (int k = 0; k < 9; k++) {
                assertThat(reader.document(k).values()).isEqualTo(Archives.item(k));
                assertThat(reader.document(k).extra()).isEqualTo(extra(k));
                assertThat(reader.documentLength(k)).isEqualTo(6);
            }
        }
    }

    /** Byte for byte what docs/format.md says. */
    @Test
    void theLayoutIsTheOneWrittenDown() throws IOException {
        Path path = folder.resolve("a.ardm");
        byte[] stream = encode(new int[] {1, 2, 3}, new byte[] {7, 8});
        try (ArchiveWriter writer = ArchiveWriter.create(path, sequences(), false)) {
            writer.addDocument(new byte[] {7, 8}, 3, stream, "");
            writer.addStoredDocument(new byte[0], new int[] {10, 1, 2}, "");
            writer.commit();
        }
        byte[] file = Files.readAllBytes(path);
        assertThat(Arrays.copyOfRange(file, 8, 20)).containsExactly(1, 0, 3, 0, 3, 0, 0, 0, 65, 0, 0, 0);
        // Axes, extent, one category count, scale, plan, context, resting value.
        assertThat(Arrays.copyOfRange(file, 52, 60)).containsExactly(1, 6, 1, CATEGORIES, 1, 1, 9, 2);
        assertThat(file[60]).isEqualTo((byte) 10);
        int payload = 65 + (int) Archives.number(file, 65 + 4, 4);
        byte[] first = Arrays.copyOfRange(file, payload, payload + 4 + stream.length);
        byte[] expected = new byte[4 + stream.length];
        System.arraycopy(new byte[] {2, 7, 8, 3}, 0, expected, 0, 4);
        System.arraycopy(stream, 0, expected, 4, stream.length);
        assertThat(first).isEqualTo(expected);
        int at = payload + first.length;
        assertThat(Arrays.copyOfRange(file, at, at + 4)).containsExactly(0, 3, 0x1A, 0x02);
        int check = CheckedStream.checkOf(new int[] {10, 1, 2});
        assertThat(Arrays.copyOfRange(file, at + 4, at + 8))
                .containsExactly(check, check >>> 8, check >>> 16, check >>> 24);
    }

    @Test
    void everyFlippedByteIsFoundOrStaysInItsDocument() throws IOException {
        Path path = folder.resolve("a.ardm");
        int documents = 5;
        byte[] good = write(path, documents);
        Random random = new Random(2);
        int unnoticed = 0;
        for (int place = 0; place < good.length; place++) {
            byte[] bad = good.clone();
            bad[place] ^= (byte) (1 + random.nextInt(255));
            Files.write(path, bad);
            try (ArchiveReader reader = ArchiveReader.open(path)) {
                for (int k = 0; k < documents; k++) {
                    ArchiveReader.Entry entry = reader.entry(k);
                    boolean here = place >= entry.offset() && place < entry.offset() + entry.length();
                    try {
                        ArchivedDocument document = reader.document(k);
                        if (document.length() > 1000) {
                            assertThat(here).isTrue();
                            continue; // a claim; the stream would be at its end too early
                        }
                        int[] values = values(document);
                        if (here) {
                            unnoticed++;
                        } else {
                            assertThat(values).isEqualTo(document(k));
                            assertThat(document.extra()).isEqualTo(extra(k));
                        }
                    } catch (DamagedException e) {
                        assertThat(here).isTrue();
                    }
                    if (here) {
                        assertThat(reader.verify()).contains(k);
                    }
                }
            } catch (ArchiveException e) {
                assertThat(e.getMessage()).contains("a.ardm: ");
            }
        }
        // Coded documents carry at least 7 check bits.
        assertThat(unnoticed).isLessThan(10);
    }

    /** Numbers that claim more than there is cost nothing. */
    @Test
    void claimsAreNotBelieved() {
        DocumentPacking packing =
                new DocumentPacking(DocumentLayout.sequences(2, 0), new int[] {6}, new int[] {CATEGORIES});
        byte[][] hostile = {
            {},
            {5, 1},
            {(byte) 0x80},
            {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 3},
            {0},
            {0, (byte) 0x80, 0},
            {0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 3, 0, 0, 0, 0},
            {0, (byte) 0xFF, (byte) 0xFF, 3, 1}
        };
        for (byte[] bytes : hostile) {
            assertThatExceptionOfType(DamagedException.class).isThrownBy(() -> packing.read(bytes, true));
        }
    }

    @Test
    void layoutsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DocumentLayout.sequences(-1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sequences().ofDocuments(DocumentLayout.sequences(6, 0)))
                .withMessageContaining("context 6 is outside [0, 5]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sequences().ofDocuments(DocumentLayout.sequences(0, CATEGORIES)))
                .withMessageContaining("resting value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Archives.header().ofDocuments(DocumentLayout.sequences(0, 0)))
                .withMessageContaining("one axis");
    }
}
