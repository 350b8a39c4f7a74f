package dev.ardm.data.format.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.ItemSet;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.RoundTrips;
import dev.ardm.data.registry.DataFormats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound as sequences of samples. */
class WavFormatTest {
    @TempDir
    Path dir;

    /** A file that the JDK wrote. */
    private static byte[] wav(int bits, int channels, int rate, byte[] samples) throws IOException {
        AudioFormat format = new AudioFormat(rate, bits, channels, bits > 8, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int frame = channels * bits / 8;
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(samples), format, samples.length / frame),
                AudioFileFormat.Type.WAVE,
                out);
        return out.toByteArray();
    }

    private static byte[] noise(int size) {
        byte[] samples = new byte[size];
        new Random(size).nextBytes(samples);
        return samples;
    }

    private static byte[] chunk(String id, int size, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(id.getBytes(StandardCharsets.US_ASCII))
                .putInt(size)
                .put(content)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private DataFormat format(byte[] training, String window) throws IOException {
        Path file = Files.write(dir.resolve("training.wav"), training);
        return RoundTrips.fitted("wav", Map.of("window", window), file);
    }

    @ParameterizedTest
    @CsvSource({"8,1", "8,2", "8,3", "16,1", "16,2", "16,6"})
    void filesOfAnyShapeComeBackAsSamples(int bits, int channels) throws IOException {
        int frame = channels * bits / 8;
        byte[] samples = noise(frame * 502);
        DataFormat format = format(wav(bits, channels, 22050, samples), Integer.toString(8 * channels));
        assertThat(format.space()).isEqualTo(Space.of(new int[] {8 * channels}, 1 << bits, Space.Scale.ORDERED));
        Item document = RoundTrips.assertRestored(format, dir.resolve("a.wav"), wav(bits, channels, 22050, samples));
        assertThat(document.side()).isEmpty();
        assertThat(document.values()).hasSize(502 * channels);
        ByteBuffer little = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < document.values().length; i++) {
            assertThat(document.values()[i]).isEqualTo(bits == 8 ? samples[i] & 0xFF : little.getShort(2 * i) + 32768);
        }
        RoundTrips.assertRestored(format, dir.resolve("b.wav"), wav(bits, channels, 22050, new byte[0]));
    }

    @Test
    void odditiesAreStoredBesideTheSamples() throws IOException {
        byte[] plain = wav(16, 1, 8000, noise(200));
        DataFormat format = format(plain, "16");
        byte[] riff = Arrays.copyOf(plain, 12);
        byte[] fmt = Arrays.copyOfRange(plain, 12, 36);
        byte[] data = Arrays.copyOfRange(plain, 36, plain.length);
        byte[] odd = noise(7);
        byte[] extensible = chunk(
                "fmt ",
                40,
                join(
                        new byte[] {(byte) 0xFE, (byte) 0xFF},
                        Arrays.copyOfRange(fmt, 10, 24),
                        new byte[] {22, 0, 16, 0, 4, 0, 0, 0, 1, 0},
                        noise(14)));
        byte[] lyingRiff = riff.clone();
        lyingRiff[4] ^= 1;
        byte[] lyingRate = fmt.clone();
        lyingRate[16] ^= 1;
        byte[][] files = {
            join(riff, chunk("LIST", 7, odd), new byte[1], fmt, data),
            join(riff, chunk("LIST", 7, odd), new byte[] {9}, fmt, data, chunk("id3 ", 7, odd)),
            join(riff, extensible, data),
            join(lyingRiff, fmt, data),
            join(riff, lyingRate, data),
            join(riff, fmt, chunk("fmt ", 3, noise(3)), new byte[1], data),
            join(plain, noise(1)),
            join(plain, noise(70_000)),
            Arrays.copyOf(plain, plain.length - 1),
            Arrays.copyOf(plain, plain.length - 50),
            Arrays.copyOf(plain, 44),
            join(riff, fmt, chunk("data", -1, noise(30))),
            join(riff, fmt, chunk("data", 0, noise(30))),
            join(riff, fmt, chunk("data", 7, noise(7)), new byte[1]),
        };
        for (int i = 0; i < files.length; i++) {
            Item document = RoundTrips.assertRestored(format, dir.resolve(i + ".wav"), files[i]);
            assertThat(document.side()).as("file %d", i).isNotEmpty();
        }
        assertThat(RoundTrips.items(format, dir.resolve("1.wav")).get(0).values())
                .hasSize(100);
        assertThat(RoundTrips.items(format, dir.resolve("8.wav")).get(0).values())
                .hasSize(99);
        assertThat(RoundTrips.items(format, dir.resolve("11.wav")).get(0).values())
                .hasSize(15);
    }

    @Test
    void paddingOfAnOddLengthIsCanonical() throws IOException {
        byte[] plain = wav(8, 1, 8000, noise(101));
        byte[] padded = join(WavHeader.canonical(8, 1, 8000, 101), noise(101), new byte[1]);
        DataFormat format = format(plain, "16");
        assertThat(RoundTrips.assertRestored(format, dir.resolve("a.wav"), padded)
                        .side())
                .isEmpty();
        padded[padded.length - 1] = 5;
        assertThat(RoundTrips.assertRestored(format, dir.resolve("b.wav"), padded)
                        .side())
                .isNotEmpty();
        RoundTrips.assertRestored(format, dir.resolve("c.wav"), Arrays.copyOf(padded, padded.length - 1));
    }

    @Test
    void whatIsNotReadSaysWhy() throws IOException {
        byte[] plain = wav(16, 1, 8000, noise(200));
        byte[] floats = plain.clone();
        floats[20] = 3;
        byte[] rifx = plain.clone();
        rifx[3] = 'X';
        Map<String, byte[]> files = Map.of(
                "is empty", new byte[0],
                "24 bits a sample", wav(24, 1, 8000, noise(30)),
                "32 bits a sample", wav(32, 1, 8000, noise(40)),
                "floating-point", floats,
                "RIFX", rifx,
                "not a WAV file", noise(100),
                "ends inside the chunk 'fmt '", Arrays.copyOf(plain, 30),
                "ends inside the head of a chunk", Arrays.copyOf(plain, 40),
                "no chunk 'fmt '", join(Arrays.copyOf(plain, 12), Arrays.copyOfRange(plain, 36, 100)),
                "refused; the samples are too far away", join(Arrays.copyOf(plain, 12), chunk("LIST", -2, noise(9))));
        DataFormat format = format(plain, "16");
        files.forEach((message, content) -> {
            Path file = dir.resolve("bad.wav");
            assertThatThrownBy(() -> {
                        Files.write(file, content);
                        DataFormats.fit("wav", List.of(file), Map.of());
                    })
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("bad.wav")
                    .hasMessageContaining(message);
            assertThatThrownBy(() -> RoundTrips.items(format, file)).hasMessageContaining(message);
        });
        Files.write(dir.resolve("other.wav"), wav(16, 2, 44100, noise(200)));
        assertThatThrownBy(() -> format.items(List.of(dir.resolve("other.wav"))))
                .hasMessageContaining(
                        "other.wav: is of 16 bits, 2 channels, 44100 Hz, and the model of 16 bits, 1 channel, 8000 Hz");
        assertThatThrownBy(() -> DataFormats.fit("wav", List.of(dir.resolve("other.wav")), Map.of("window", "15")))
                .hasMessageContaining("multiple of the number of channels, 2");
    }

    @Test
    void damagedSideInformationAndValuesAreRefused() throws IOException {
        DataFormat format = format(wav(8, 1, 8000, noise(20)), "16");
        assertThatThrownBy(() -> RoundTrips.write(
                        format, dir.resolve("x.wav"), List.of(new Item("d", new int[2], new byte[] {9, 1}))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("damaged");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoundTrips.write(
                        format, dir.resolve("x.wav"), List.of(new Item("d", new int[] {256}, new byte[0]))));
        assertThat(dir.resolve("x.wav")).doesNotExist();
    }

    @Test
    void shortFilesRestInSilence() throws IOException {
        for (int bits : new int[] {8, 16}) {
            byte[] file = wav(bits, 2, 8000, noise(6 * bits / 8));
            DataFormat format = format(file, "16");
            ItemSet items = format.items(List.of(dir.resolve("training.wav")));
            assertThat(items.size()).isEqualTo(1);
            assertThat(Arrays.copyOfRange(items.item(0), 6, 16)).containsOnly(1 << bits - 1);
            assertThat(((WindowSet) items).padding()).isEqualTo(10);
            assertThat(((WindowSet) items).counted(0)).isEqualTo(new WindowSet.Span(0, 6));
            assertThat(RoundTrips.items(format, dir.resolve("training.wav"))
                            .get(0)
                            .values())
                    .hasSize(6);
        }
    }

    /** The JDK has companding of its own. */
    @Test
    void muLawIsThatOfG711() throws IOException {
        byte[] all = new byte[2 << 16];
        ByteBuffer little = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        for (int s = -32768; s < 32768; s++) {
            little.putShort((short) s);
        }
        AudioFormat linear = new AudioFormat(8000, 16, 1, true, false);
        AudioFormat companded = new AudioFormat(AudioFormat.Encoding.ULAW, 8000, 8, 1, 1, 8000, false);
        byte[] expected = AudioSystem.getAudioInputStream(
                        companded, new AudioInputStream(new ByteArrayInputStream(all), linear, 1 << 16))
                .readAllBytes();
        int last = 0;
        for (int s = -32768; s < 32768; s++) {
            int level = MuLaw.level(s);
            int sent = level < 128 ? level : 0xFF - (level - 128);
            // The largest magnitude that has a level; the JDK makes louder negative samples wrap around.
            int clipped = Math.max(-32635, Math.min(32635, s));
            assertThat(sent).as("sample %d", s).isEqualTo(expected[clipped + 32768] & 0xFF);
            assertThat(level).isGreaterThanOrEqualTo(last);
            last = level;
        }
        byte[] codes = new byte[256];
        for (int level = 0; level < 256; level++) {
            codes[level] = (byte) (level < 128 ? level : 0xFF - (level - 128));
        }
        byte[] back = AudioSystem.getAudioInputStream(
                        linear, new AudioInputStream(new ByteArrayInputStream(codes), companded, 256))
                .readAllBytes();
        ByteBuffer decoded = ByteBuffer.wrap(back).order(ByteOrder.LITTLE_ENDIAN);
        for (int level = 0; level < 256; level++) {
            assertThat(MuLaw.sample(level)).as("level %d", level).isEqualTo(decoded.getShort(2 * level));
            // Minus zero is zero.
            assertThat(MuLaw.level(MuLaw.sample(level))).isEqualTo(level == 127 ? 128 : level);
        }
    }

    @Test
    void muLawIsLossyAndSaysSo() throws IOException {
        Path file = Files.write(dir.resolve("a.wav"), wav(16, 1, 8000, noise(200)));
        DataFormat format = RoundTrips.fitted("wav", Map.of("mu-law", "true", "window", "10"), file);
        assertThat(format.kind()).isEqualTo("wav-mu-law-lossy");
        assertThat(format.space()).isEqualTo(Space.of(new int[] {10}, 256, Space.Scale.ORDERED));
        assertThatThrownBy(() -> format.cursor(List.of(file)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cannot be archived");
        int[] item = format.items(List.of(file)).item(3);
        Path sample = dir.resolve("sample.wav");
        RoundTrips.write(format, sample, List.of(new Item("x", item, new byte[0])));
        assertThat(format.items(List.of(sample)).item(0)).isEqualTo(item);
        Files.write(file, wav(8, 1, 8000, noise(200)));
        assertThatThrownBy(() -> DataFormats.fit("wav", List.of(file), Map.of("mu-law", "true")))
                .hasMessageContaining("mu-law is for 16");
    }

    /** 300 samples of 16 bits, or 600 of 8, whatever the header says of them. */
    @ParameterizedTest
    @CsvSource({
        "16,0", "16,1", "16,199", "16,598", "16,599", "16,600", "16,601", "16,-1", "8,0", "8,100", "8,601", "8,-1"
    })
    void samplesThatTheHeaderDoesNotStateAreSamples(int bits, int stated) throws IOException {
        byte[] samples = new byte[600];
        Arrays.fill(samples, (byte) 3);
        byte[] plain = wav(bits, 1, 8000, samples);
        DataFormat format = format(plain, "16");
        byte[] file = plain.clone();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(40, stated);
        Item item = RoundTrips.assertRestored(format, dir.resolve("a.wav"), file);
        assertThat(item.values()).hasSize(600 * 8 / bits);
        for (int length : new int[] {701, 702}) {
            int[] longer = Arrays.copyOf(item.values(), length);
            Item redrawn = format.redrawn(item, longer, new boolean[length]);
            RoundTrips.write(format, dir.resolve(length + ".wav"), List.of(redrawn));
            byte[] written = Files.readAllBytes(dir.resolve(length + ".wav"));
            assertThat(Arrays.copyOf(written, 44)).isEqualTo(WavHeader.canonical(bits, 1, 8000, length));
            assertThat(Arrays.copyOfRange(written, 44, 644)).isEqualTo(samples);
            assertThat(RoundTrips.items(format, dir.resolve(length + ".wav"))
                            .get(0)
                            .values())
                    .isEqualTo(longer);
        }
    }

    @Test
    void chunksStayAroundSamplesOfAnotherNumber() throws IOException {
        byte[] plain = wav(8, 1, 8000, noise(200));
        DataFormat format = format(plain, "16");
        byte[] list = chunk("LIST", 4, "abcd".getBytes(StandardCharsets.US_ASCII));
        byte[] riff = Arrays.copyOf(plain, 12);
        byte[] fmt = Arrays.copyOfRange(plain, 12, 36);
        byte[] odd = chunk("data", 7, noise(7));
        byte[] longList = chunk("LIST", 52, new byte[52]); // its size is a letter
        for (byte[] behind :
                List.of(join(new byte[1], list), join("Q".getBytes(StandardCharsets.US_ASCII), list), list, longList)) {
            byte[] file = join(riff, list, fmt, odd, behind);
            Item item = RoundTrips.assertRestored(format, dir.resolve("a.wav"), file);
            assertThat(item.values()).hasSize(7);
            for (int length : new int[] {8, 9}) {
                Item redrawn = format.redrawn(item, Arrays.copyOf(item.values(), length), new boolean[length]);
                Path written = Files.createTempDirectory(dir, "longer").resolve("x.wav");
                RoundTrips.write(format, written, List.of(redrawn));
                byte[] longer = chunk("data", length, Arrays.copyOf(noise(7), length));
                byte[] last = behind == longList ? longList : list;
                byte[] expected = join(riff, list, fmt, longer, new byte[length % 2], last);
                ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).putInt(4, expected.length - 8);
                assertThat(written).hasBinaryContent(expected);
            }
        }
    }

    /** The rule of RIFF: a chunk of an odd number of bytes is followed by a byte that is not counted in it, and is 0. */
    @Test
    void oddNumbersOfBytesArePadded() throws IOException {
        DataFormat format = format(wav(8, 1, 8000, noise(200)), "16");
        for (int samples : new int[] {1, 2, 3, 4}) {
            int[] values = new int[samples];
            Arrays.fill(values, 200);
            Path file = dir.resolve(samples + ".wav");
            RoundTrips.write(format, file, List.of(new Item("x.wav", values, new byte[0])));
            byte[] written = Files.readAllBytes(file);
            int padding = samples % 2;
            assertThat(written).hasSize(44 + samples + padding);
            ByteBuffer sizes = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(sizes.getInt(4)).as("all that follows").isEqualTo(written.length - 8);
            assertThat(sizes.getInt(40)).as("without the padding").isEqualTo(samples);
            assertThat(written[written.length - 1]).isEqualTo(padding == 1 ? 0 : (byte) 200);
            Item back = RoundTrips.items(format, file).get(0);
            assertThat(back.values()).as("the padding is no sample").isEqualTo(values);
            assertThat(back.side()).isEmpty();
        }
    }
}
