package dev.ardm.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.cli.Cli;
import dev.ardm.core.family.Models;
import dev.ardm.core.masking.MaskingModel;
import dev.ardm.core.pair.PairModel;
import dev.ardm.core.prediction.PredictionModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sound is stored by linear predictors and filled in by a network. */
class TrainSoundTest {
    private static final int HEADER = 44;

    @TempDir
    Path folder;

    private Path data;

    /** Two tones in each of two channels, and noise. */
    private static byte[] stereo(int frames, long seed) {
        Random random = new Random(seed);
        double pitch = 0.05 + 0.2 * random.nextDouble();
        ByteBuffer wav = ByteBuffer.allocate(HEADER + 4 * frames).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 4 * frames);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        wav.putShort((short) 2).putInt(8000).putInt(32000).putShort((short) 4);
        wav.putShort((short) 16).put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4 * frames);
        for (int k = 0; k < frames; k++) {
            double left = 6000 * Math.sin(pitch * k) + 3000 * Math.sin(3.1 * pitch * k);
            wav.putShort((short) (left + 10 * random.nextGaussian()));
            wav.putShort((short) (left / 2 + 500 * Math.sin(0.3 * k) + 10 * random.nextGaussian()));
        }
        return wav.array();
    }

    @BeforeEach
    void makeSound() throws IOException {
        data = Files.createDirectories(folder.resolve("sound"));
        for (int k = 0; k < 24; k++) {
            Files.write(data.resolve("take-" + k + ".wav"), stereo(200 + 5 * k, k));
        }
    }

    private Cli.Result train(Object... more) {
        Object[] arguments = {"train", "--data", data, "--out", folder.resolve("run"), "--preset", "tiny"};
        Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Cli.run(all);
    }

    @Tag("slow")
    @Test
    void twoModelsAreTheDefault() throws IOException {
        train("--steps", "200", "--set", "batch=2", "--set", "weights=f16", "--format", "window=64")
                .good();
        Path run = folder.resolve("run");
        PairModel pair = (PairModel) Models.read(run.resolve("model.safetensors"));
        assertThat(pair.storing()).isInstanceOf(PredictionModel.class);
        assertThat(pair.filling()).isInstanceOf(MaskingModel.class);
        assertThat(pair.provenance().get("storing")).contains("linear prediction stores");
        assertThat(pair.storing().provenance().get("held_out")).contains("+-", "bits a sample on 1 recording ");

        Path archive = folder.resolve("sound.ardm");
        Cli.run("compress", "-m", run, "-o", archive, data).good();
        Cli.run("decompress", "-m", run, "-o", folder + "/back/", archive).good();
        long bytes = 0;
        for (int k = 0; k < 24; k++) {
            Path file = data.resolve("take-" + k + ".wav");
            bytes += Files.size(file);
            assertThat(folder.resolve("back").resolve(file.getFileName())).hasSameBinaryContentAs(file);
        }
        // Noise of 10 has an entropy of 5.4 bits, where a sample has 16; the tones of each file are learnt anew.
        assertThat(Files.size(archive)).isLessThan(bytes * 3 / 5);

        Path whole = data.resolve("take-3.wav");
        Path filled = folder.resolve("filled.wav");
        Cli.run("fill", "-m", run, "--calls", 2, "--input", whole, "--mask", "missing:range=0.01s,0.02s", "-o", filled)
                .good();
        byte[] before = Files.readAllBytes(whole);
        byte[] after = Files.readAllBytes(filled);
        assertThat(Arrays.copyOf(after, HEADER + 4 * 80)).isEqualTo(Arrays.copyOf(before, HEADER + 4 * 80));
        assertThat(Arrays.copyOfRange(after, HEADER + 4 * 160, after.length))
                .isEqualTo(Arrays.copyOfRange(before, HEADER + 4 * 160, before.length));
    }

    @Test
    void predictorsAloneTakeTheirOptionsOnly() throws IOException {
        train("--network", "prediction", "--process", "upscale:4").refused("--network prediction takes");
        train("--network", "prediction", "--steps", "20", "--seed", "3").good();
        Path file = folder.resolve("run/model.safetensors");
        String id = Models.read(file).idText();
        Files.delete(file);
        train("--network", "prediction", "--steps", "20", "--seed", "3").good();
        assertThat(Models.read(file).idText()).isEqualTo(id);
        train("--network", "prediction", "--steps", "20").failed("already contains a run");

        Path text = folder.resolve("text.txt");
        Files.writeString(text, "no sound\n".repeat(40));
        Cli.run(
                        "train",
                        "--data",
                        text,
                        "--items",
                        "files",
                        "--network",
                        "prediction",
                        "--out",
                        folder.resolve("other"))
                .failed("prediction is for sound");
    }
}
