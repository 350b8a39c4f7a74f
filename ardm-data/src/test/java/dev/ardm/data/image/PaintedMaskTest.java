package dev.ardm.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaintedMaskTest {
    private static final int SIZE = 28;
    private static final Masks.Grid GRID = new Masks.Grid(SIZE, SIZE, 1);

    @TempDir
    Path dir;

    /** Whether a pixel is in the square of 36 that is to be redrawn. */
    private static boolean inside(int pixel) {
        int y = pixel / SIZE;
        int x = pixel % SIZE;
        return y >= 8 && y < 14 && x >= 16 && x < 22;
    }

    private Path painted(int channels, IntUnaryOperator value) throws IOException {
        Path path = dir.resolve("mask.png");
        int[] values = new int[SIZE * SIZE * channels];
        Arrays.setAll(values, value);
        ImageFiles.write(Space.image(SIZE, SIZE, channels, 256), values, path);
        return path;
    }

    private static void assertSquare(Path path, @Nullable Integer threshold) throws IOException {
        boolean[] known = PaintedMask.read(path, GRID, threshold);
        for (int i = 0; i < known.length; i++) {
            assertThat(known[i]).as("pixel %d", i).isEqualTo(!inside(i));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,255", "0,1", "3,255", "16,200", "0,9"})
    void theBrighterOfTwoLevelsIsMissing(int dark, int bright) throws IOException {
        assertSquare(painted(1, p -> inside(p) ? bright : dark), null);
    }

    @Test
    void noiseAroundBlackAndWhiteIsNoPaint() throws IOException {
        RandomStream random = RandomStream.of(1, RandomStream.Purpose.TEST, 0);
        assertSquare(painted(1, p -> inside(p) ? 255 - random.nextInt(25) : random.nextInt(25)), null);
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < SIZE * SIZE; p++) {
            image.setRGB(p % SIZE, p / SIZE, inside(p) ? 0xFFFFFF : 0);
        }
        Path jpeg = dir.resolve("mask.jpg");
        ImageIO.write(image, "jpg", jpeg.toFile());
        assertSquare(jpeg, null);
    }

    @Test
    void anyBrightColourIsPaint() throws IOException {
        assertSquare(painted(3, i -> i % 3 == 2 && inside(i / 3) ? 255 : 0), null);
    }

    @Test
    void whatIsTransparentIsKnown() throws IOException {
        // White on a white ground that is transparent, and black on such a ground: the paint is what is missing.
        for (int colour : new int[] {255, 0}) {
            assertSquare(painted(4, i -> i % 4 < 3 ? colour : inside(i / 4) ? 255 : 0), null);
            assertSquare(painted(2, i -> i % 2 == 0 ? colour : inside(i / 2) ? 255 : 0), null);
        }
        assertSquare(painted(4, i -> i % 4 < 3 ? (inside(i / 4) ? 255 : 0) : 255), null);
        assertSquare(painted(2, i -> i % 2 == 0 ? (inside(i / 2) ? 255 : 0) : i / 2 < 40 ? 0 : 255), null);
        assertThat(PaintedMask.read(painted(4, i -> i % 4 < 3 ? 0 : 255), GRID, null))
                .doesNotContain(false);
    }

    @Test
    void whatIsNotOfTwoLevelsNeedsAThreshold() throws IOException {
        Path ramp = painted(1, p -> p * 255 / (SIZE * SIZE));
        assertThatThrownBy(() -> PaintedMask.read(ramp, GRID, null))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        ramp + ": the mask is not clearly of two levels: its brightness is from 0 to 254")
                .hasMessageContaining("--threshold");
        Path murk = painted(1, p -> p % 9);
        assertThatThrownBy(() -> PaintedMask.read(murk, GRID, null)).hasMessageContaining("from 0 to 8");
        Path shade = painted(1, p -> inside(p) ? 150 + p % 7 : p % 101);
        assertThatThrownBy(() -> PaintedMask.read(shade, GRID, null)).hasMessageContaining("not clearly");
        assertSquare(shade, 150);
        assertThat(PaintedMask.read(shade, GRID, 151)).isNotEqualTo(PaintedMask.read(shade, GRID, 150));
    }

    @Test
    void oneLevelMarksAllOrNothing() throws IOException {
        assertThat(PaintedMask.read(painted(1, p -> 255), GRID, null)).doesNotContain(true);
        assertThat(PaintedMask.read(painted(1, p -> 7), GRID, null)).doesNotContain(false);
    }

    @Test
    void allChannelsOfAPixelAreMissing() throws IOException {
        boolean[] known = PaintedMask.read(painted(1, p -> inside(p) ? 255 : 0), new Masks.Grid(SIZE, SIZE, 3), null);
        for (int i = 0; i < known.length; i++) {
            assertThat(known[i]).isEqualTo(!inside(i / 3));
        }
        assertThatThrownBy(() -> PaintedMask.read(painted(1, p -> 0), new Masks.Grid(4, 5, 1), null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("28x28 pixels does not fit items of 4x5");
    }
}
