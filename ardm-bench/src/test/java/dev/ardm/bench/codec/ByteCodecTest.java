package dev.ardm.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.app.report.ByteCodec;
import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteCodecTest {
    /** Rows of words that repeat between rows, not within. */
    private static List<byte[]> rows(int count, long seed) {
        List<String> words =
                List.of("Husband", "Not-in-family", "Private", "Self-employed", "Bachelors", "Never-married");
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomStream random = RandomStream.of(seed, Purpose.TEST, i);
            StringBuilder row = new StringBuilder();
            for (int field = 0; field < 6; field++) {
                row.append(words.get(random.nextInt(words.size())))
                        .append(random.nextInt(100))
                        .append(',');
            }
            rows.add(row.toString().getBytes(StandardCharsets.UTF_8));
        }
        return rows;
    }

    @Test
    void sizesAreThoseOfWholeStreams() throws IOException {
        byte[] random = new byte[5000];
        RandomStream stream = RandomStream.of(0, Purpose.TEST, 0);
        for (int i = 0; i < random.length; i++) {
            random[i] = (byte) stream.nextInt(256);
        }
        for (ByteCodec codec : List.of(ByteCodec.deflate(), ByteCodec.zstd(), ByteCodec.xz())) {
            assertThat(codec.size(List.of(random))).as(codec.name()).isBetween(5000L, 5100L);
            assertThat(codec.size(List.of(new byte[5000]))).as(codec.name()).isBetween(10L, 200L);
            assertThat(codec.size(List.of(random, random))).as(codec.name()).isEqualTo(2 * codec.size(List.of(random)));
            assertThat(codec.size(List.of(new byte[0]))).as(codec.name()).isLessThan(64);
        }
    }

    @Test
    void aDictionaryHelpsWhereRowsAreAlike() throws IOException {
        List<byte[]> test = rows(50, 1);
        long alone = ByteCodec.zstd().size(test);
        assertThat(ByteCodec.zstd(rows(2000, 0), 8).size(test)).isLessThan(alone * 7 / 10);
    }

    @Test
    void programsThatAreMissingAreNamed() throws IOException {
        List<String> missing = new ArrayList<>();
        List<ByteCodec> installed = InstalledCodec.installed(missing);
        assertThat(installed.size() + missing.size()).isEqualTo(5);
        byte[] bytes = new byte[100_000];
        for (int k = 0; k < 60; k++) {
            bytes[k] = (byte) (k * k * 31);
        }
        for (ByteCodec codec : installed) {
            assertThat(codec.size(List.of(bytes))).as(codec.name()).isBetween(20L, 2000L);
        }
    }

    @Test
    void recordingsAreSplitByTheirIndex(@TempDir Path folder) throws IOException {
        Path zip = folder.resolve("recordings.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (int index = 0; index < 8; index++) {
                out.putNextEntry(new ZipEntry("recordings/7_ada_" + index + ".wav"));
                out.write(wav(100 + index));
            }
            out.putNextEntry(new ZipEntry("README.md"));
        }
        Recordings recordings = Recordings.read(zip);
        assertThat(recordings.test()).hasSize(5);
        assertThat(recordings.training()).hasSize(3);
        assertThat(Recordings.samples(recordings.test().get(4))).isEqualTo(104);
        assertThatThrownBy(() -> Recordings.samples(new byte[50])).isInstanceOf(IOException.class);
    }

    private static byte[] wav(int samples) throws IOException {
        AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioInputStream silence =
                new AudioInputStream(new ByteArrayInputStream(new byte[2 * samples]), format, samples);
        AudioSystem.write(silence, AudioFileFormat.Type.WAVE, out);
        return out.toByteArray();
    }
}
