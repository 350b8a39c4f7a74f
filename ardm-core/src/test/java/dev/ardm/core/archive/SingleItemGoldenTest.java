package dev.ardm.core.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.coding.format.ItemLayout;
import dev.ardm.core.Item;
import dev.ardm.core.family.Models;
import dev.ardm.core.model.LikelihoodModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes of single items that were made once, which every later version reads. */
class SingleItemGoldenTest {
    private static final Path MODELS =
            Path.of(System.getProperty("basedir", ".")).resolve("../models");

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("tiny-lines", ItemLayout.RECORDS, text("abcabc"), "18c67c25b910c93f484019f7997575"),
                Arguments.of("tiny-lines", ItemLayout.RECORDS, sided(text("ab"), 3), "14c6d4010001037bfa3f9e1dc5"),
                Arguments.of("tiny-counts", ItemLayout.RECORDS, text("ab"), "10d82a87fede1bad"),
                Arguments.of("tiny-rows", ItemLayout.ROWS, null, "00346edd09d9"),
                Arguments.of(
                        "tiny-unet",
                        ItemLayout.VALUES,
                        null,
                        "086bcd0500042f2f2fd1829e9c2b177b87496d315db67596e83a28bb76988c9c63a7966b85b50f4b318461863570641a0a3d0cf5f31993eb8491664d4aa7ccdd7d298fa2df1d177f7c7e87f56f5732f17c2295948f808481e6e34b246b45b3107f3ae3"));
    }

    private static Item text(String text) {
        return Item.ofBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Item sided(Item item, int side) {
        return new Item("", item.values(), new byte[] {(byte) side});
    }

    /** @param item null for one that the model draws */
    @ParameterizedTest
    @MethodSource
    void golden(String name, ItemLayout layout, Item item, String hex) throws IOException {
        LikelihoodModel model = Models.open(MODELS.resolve(name + "/model.safetensors"), 1);
        int categories = model.space().maxCategories();
        Item wanted = item == null
                ? Item.of(model.sample(1, model.plan(4), 7, LikelihoodModel.NO_PROGRESS)
                        .get(0))
                : new Item(
                        "",
                        Arrays.stream(item.values()).map(v -> v % categories).toArray(),
                        item.side());
        SingleItemCodec codec = new SingleItemCodec(model, model.plan(4), layout);
        assertThat(HexFormat.of().formatHex(codec.encode(wanted))).isEqualTo(hex);
        Item back = codec.decode(HexFormat.of().parseHex(hex));
        assertThat(back.values()).isEqualTo(wanted.values());
        assertThat(back.side()).isEqualTo(wanted.side());
    }
}
