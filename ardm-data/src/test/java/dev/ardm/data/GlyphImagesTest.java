package dev.ardm.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.Space;
import dev.ardm.data.array.ArrayFilesTest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class GlyphImagesTest {
    private static byte[] bytes(ItemSet set) {
        int d = set.space().dimensions();
        byte[] all = new byte[set.size() * d];
        for (int n = 0; n < set.size(); n++) {
            int[] item = set.item(n);
            for (int i = 0; i < d; i++) {
                all[n * d + i] = (byte) item[i];
            }
        }
        return all;
    }

    @Test
    void glyphsAreTheSameOnEveryMachine() throws NoSuchAlgorithmException {
        ItemSet set = GlyphImages.glyphs(500, 16, 1);
        assertThat(set.space()).isEqualTo(Space.image(16, 16, 1, 256));
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(set)))
                .substring(0, 16);
        assertThat(hash).isEqualTo("fd02100d75f5d900");
    }

    @Test
    void itemsDependOnSeedAndIndexOnly() {
        ArrayFilesTest.assertSame(
                GlyphImages.glyphs(5, 20, 3), GlyphImages.glyphs(9, 20, 3).limit(5));
        assertThat(bytes(GlyphImages.glyphs(5, 20, 3))).isNotEqualTo(bytes(GlyphImages.glyphs(5, 20, 4)));
    }

    @Test
    void theyHaveInkOnBlackAndAreNeitherTrivialNorNoise() {
        ItemSet set = GlyphImages.glyphs(1000, 16, 2);
        for (int i = 0; i < set.size(); i++) {
            int[] item = set.item(i);
            long ink = Arrays.stream(item).filter(v -> v > 100).count();
            assertThat(ink).as("ink of item %d", i).isBetween(8L, 160L);
            assertThat(Arrays.stream(item).filter(v -> v == 0).count()).isGreaterThan(60);
        }
        byte[] all = bytes(set);
        Deflater deflater = new Deflater(9);
        deflater.setInput(all);
        deflater.finish();
        int packed = deflater.deflate(new byte[all.length]);
        deflater.end();
        assertThat(8.0 * packed / all.length).isBetween(1.0, 4.0);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> GlyphImages.glyphs(-1, 16, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GlyphImages.glyphs(1, 7, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
