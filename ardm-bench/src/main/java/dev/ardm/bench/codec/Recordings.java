package dev.ardm.bench.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * The Free Spoken Digit Dataset by its official split: a recording {@code digit_speaker_index.wav} is for tests if its index is 0 to 4.
 *
 * @param training whole WAV files
 * @param test whole WAV files
 */
record Recordings(List<byte[]> training, List<byte[]> test) {
    private static final Pattern NAME = Pattern.compile("[0-9]_[a-z]+_([0-9]+)\\.wav");
    private static final int TEST_INDICES = 5;
    private static final int MOST_BYTES = 1 << 24;

    /**
     * Reads all recordings of a zip file.
     *
     * @throws IOException if it has none, or one of 16 MiB or more; the message names it
     */
    static Recordings read(Path zip) throws IOException {
        Recordings recordings = new Recordings(new ArrayList<>(), new ArrayList<>());
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Matcher name = NAME.matcher(entry.getName().replaceFirst(".*/", ""));
                if (!name.matches()) {
                    continue;
                }
                byte[] bytes = file.getInputStream(entry).readNBytes(MOST_BYTES);
                if (bytes.length == MOST_BYTES) {
                    throw new IOException(zip + ": " + entry.getName() + " is too large for a recording of a digit");
                }
                boolean tested = Integer.parseInt(name.group(1)) < TEST_INDICES;
                (tested ? recordings.test : recordings.training).add(bytes);
            }
        }
        if (recordings.test.isEmpty() || recordings.training.isEmpty()) {
            throw new IOException(zip + ": no recordings named digit_speaker_index.wav for both parts");
        }
        return recordings;
    }

    /** Number of samples of a WAV file. */
    static long samples(byte[] wav) throws IOException {
        try (AudioInputStream audio = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav))) {
            return audio.getFrameLength();
        } catch (UnsupportedAudioFileException e) {
            throw new IOException("not a WAV file: " + e.getMessage(), e);
        }
    }
}
