package dev.ardm.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import dev.ardm.core.Space;
import dev.ardm.data.GlyphImages;
import dev.ardm.data.ItemSet;
import dev.ardm.data.PackedItemSet;
import dev.ardm.data.image.ImageFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private static final ItemSet TRAINING = GlyphImages.glyphs(800, 16, 1);
    private static final List<int[]> ITEMS = GlyphImages.glyphs(20, 16, 2).all();

    @Test
    void everyCompressorBeatsRawBytesOnGlyphsAndADictionaryHelps() {
        List<Baselines.Result> results = Baselines.measure(TRAINING, ITEMS);
        assertThat(results)
                .extracting(Baselines.Result::name)
                .containsExactly("PNG", "Deflate, level 9", "zstd, level 19", "zstd, level 19, dictionary of 16 KiB");
        assertThat(results)
                .allSatisfy(result -> assertThat(result.bitsPerDimension()).isBetween(0.5, 8.0));
        assertThat(results.get(3).bitsPerDimension()).isLessThan(results.get(2).bitsPerDimension());
    }

    @Test
    void whatTheyAreGivenHoldsTheWholeItem() throws Exception {
        int[] item = ITEMS.get(0);
        byte[] raw = Baselines.raw(TRAINING.space(), item);
        assertThat(raw).hasSize(256);
        assertThat(new InflaterInputStream(new ByteArrayInputStream(Baselines.deflated(raw)), new Inflater(true))
                        .readAllBytes())
                .isEqualTo(raw);
        byte[] dictionary = Baselines.dictionary(TRAINING);
        try (ZstdCompressCtx compress = new ZstdCompressCtx();
                ZstdDecompressCtx decompress = new ZstdDecompressCtx()) {
            compress.loadDict(dictionary);
            decompress.loadDict(dictionary);
            assertThat(decompress.decompress(compress.compress(raw), raw.length))
                    .isEqualTo(raw);
        }
        assertThat(Baselines.raw(Space.image(1, 2, 1, 1000), new int[] {999, 1}))
                .containsExactly(999 & 0xFF, 999 >> 8, 1, 0);
    }

    @Test
    void pngIsNoLongerThanOurOwnWriterMakesIt() throws Exception {
        for (Space space : List.of(
                TRAINING.space(),
                Space.image(16, 4, 4, 256),
                Space.image(8, 8, 4, 256),
                Space.image(4, 8, 2, 1000),
                Space.image(4, 16, 3, 256))) {
            int[] item = new int[space.dimensions()];
            for (int i = 0; i < item.length; i++) {
                item[i] = i * i % space.maxCategories();
            }
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageFiles.write(space, item, png);
            assertThat(Baselines.png(space, item)).isBetween(57, png.size());
        }
    }

    @Test
    void tooFewItemsMakeNoDictionary() {
        ItemSet few = PackedItemSet.of(TRAINING.space(), ITEMS.subList(0, 3), null);
        assertThat(Baselines.dictionary(few)).isNull();
        assertThat(Baselines.measure(few, ITEMS)).hasSize(3);
    }
}
