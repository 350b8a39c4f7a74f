package dev.ardm.bench.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ardm.app.report.Charts;
import dev.ardm.core.masking.plan.LossComponents;
import dev.ardm.core.masking.plan.Schedule;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartsTest {
    @TempDir
    Path folder;

    private Path run(String name, String... lines) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.write(run.resolve("metrics.jsonl"), List.of(lines));
        return run;
    }

    private static String report(int step, double seconds, double bits) {
        return "{\"step\":" + step + ",\"seconds\":" + seconds + ",\"validationBits\":" + bits + ",\"later\":{}}";
    }

    @Test
    void aResumedRunCountsWhatItDidLast() throws IOException {
        RunMetrics metrics = RunMetrics.read(run(
                "a", report(10, 1, 3), report(20, 2, 2.5), report(30, 3, 2.4), report(20, 2.5, 2.6), report(40, 5, 2)));
        assertThat(metrics.steps()).containsExactly(10, 20, 40);
        assertThat(metrics.bits()).containsExactly(3, 2.6, 2);
    }

    @Test
    void aBadReportIsNamed() throws IOException {
        Path bad = run("bad", report(10, 1, 3), "{\"step\":20,\"seconds\":2}");
        assertThatThrownBy(() -> RunMetrics.read(bad))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("metrics.jsonl: line 2")
                .hasMessageContaining("validationBits");
        Path cut = run("cut", "{\"step\":20,");
        assertThatThrownBy(() -> RunMetrics.read(cut))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 1");
        Path empty = run("empty");
        assertThatThrownBy(() -> RunMetrics.read(empty)).hasMessageContaining("no reports");
    }

    @Test
    void seedsAreOneBandOverWhatTheyHaveInCommon() {
        SeedBand band = SeedBand.of(
                List.of(new double[] {0, 10, 20}, new double[] {5, 15, 25}),
                List.of(new double[] {4, 2, 0}, new double[] {3, 2, 1}));
        assertThat(band.x()).containsExactly(5, 10, 15, 20);
        assertThat(band.mean()).containsExactly(3, 2.25, 1.5, 0.75);
        assertThat(band.low()).containsExactly(3, 2, 1, 0);
        assertThat(band.high()).containsExactly(3, 2.5, 2, 1.5);
    }

    @Test
    void learningCurvesShowEachSettingInItsColour() throws IOException {
        Path a = run("a", report(10, 1, 3), report(20, 2, 2), report(30, 3, 1.9));
        Path b = run("b", report(10, 1, 3.2), report(20, 2, 2.4), report(30, 3, 2.2));
        Path c = run("c", report(10, 1, 2.8), report(20, 2, 2.6), report(30, 3, 2.5));
        Path png = folder.resolve("curves.png");
        LearningCurves.draw(png, "Title", List.of(a + "=small", b + "=small", c.toString()));
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(1200);
        assertThat(image.getHeight()).isEqualTo(700);
        for (int half = 0; half < 2; half++) {
            assertThat(count(image, Charts.colour(0), 600 * half)).isGreaterThan(300);
            assertThat(count(image, Charts.colour(1), 600 * half)).isGreaterThan(300);
            assertThat(count(image, Charts.colour(2), 600 * half)).isZero();
        }
    }

    private static int count(BufferedImage image, Color colour, int left) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = left; x < left + 600; x++) {
                count += image.getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return count;
    }

    private Path table(String... lines) throws IOException {
        return Files.write(folder.resolve("loss.tsv"), List.of(lines));
    }

    @Test
    void aSparseTableIsInterpolatedWithinItsStages() throws IOException {
        LossComponents curve = LossTable.read(
                table("t\tL_t\tstandard_error\tstage", "0\t4\t0.1\t0", "2\t2\t0.1\t0", "4\t6\t0.2\t1", "7\t3\t0.2\t1"));
        assertThat(curve.stages()).isEqualTo(2);
        assertThat(curve.stage(0)).containsExactly(4, 3, 2, 2);
        assertThat(curve.stage(1)).containsExactly(6, 5, 4, 3);
        assertThat(LossTable.read(Files.writeString(folder.resolve("again.tsv"), LossTable.text(curve)))
                        .total())
                .isCloseTo(curve.total(), within(1e-9));
    }

    @Test
    void badTablesAreNamed() throws IOException {
        for (String bad : List.of(
                "3\t1\t0",
                "3\tx\t0\t0",
                "3\t-1\t0\t0",
                "0\t1\t0\t0",
                "2.5\t1\t0\t0",
                "3\t1\t-1\t0",
                "99999999\t1\t0\t0")) {
            Path file = table("t\tL_t", "0\t1\t0\t0", bad, "5\t1\t0\t0");
            assertThatThrownBy(() -> LossTable.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("loss.tsv: line 3");
        }
        Path stage = table("0\t1\t0\t0", "1\t1\t0\t1", "5\t1\t0\t1");
        assertThatThrownBy(() -> LossTable.read(stage)).hasMessageContaining("not of stage 1");
    }

    /** The curve of the paper's toy in spec: planning on noise must not make calls cheaper than steps. */
    @Test
    void aScheduleIsPlannedAndDrawnOverTheCurve() throws IOException {
        LossComponents curve =
                LossTable.read(table("0\t5\t0\t0", "1\t4\t0\t0", "2\t3\t0\t0", "3\t2.85\t0\t0", "4\t2.8\t0\t0"));
        Schedule best = LossCurve.schedule("best:3", curve);
        assertThat(curve.cost(best)).isCloseTo(18, within(1e-12));
        assertThat(LossCurve.schedule("even:5", curve)).isEqualTo(Schedule.full(5));
        Path starts = Files.writeString(folder.resolve("starts.txt"), "0\n2\n");
        assertThat(LossCurve.schedule(starts.toString(), curve)).isEqualTo(Schedule.of(new int[] {0, 2}, 5));
        Path beyond = Files.writeString(folder.resolve("beyond.txt"), "0\n7\n");
        assertThatThrownBy(() -> LossCurve.schedule(beyond.toString(), curve))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("beyond.txt");
        Path png = folder.resolve("loss.png");
        LossCurve.draw(png, "Title", curve, best);
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(count(image, Charts.colour(0), 0)).isGreaterThan(300);
        assertThat(count(image, Charts.colour(1), 0)).isGreaterThan(300);
    }
}
