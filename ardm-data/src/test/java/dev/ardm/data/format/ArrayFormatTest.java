package dev.ardm.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ardm.core.RandomStream;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.IdxFile;
import dev.ardm.data.ItemWriter;
import dev.ardm.data.NpyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ArrayFormatTest {
    @TempDir
    Path dir;

    private static void fill(ItemWriter writer, Space space, int count) throws IOException {
        try (writer) {
            for (int n = 0; n < count; n++) {
                RandomStream random = RandomStream.of(2, RandomStream.Purpose.TEST, n);
                int[] item = new int[space.dimensions()];
                for (int i = 0; i < item.length; i++) {
                    item[i] = random.nextInt(space.categories(i));
                }
                item[0] = space.categories(0) - 1;
                writer.add(item, "");
            }
            writer.commit();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "npy,|b1,2",
        "npy,|u1,256",
        "npy,|i1,128",
        "npy,<u2,65536",
        "npy,>u2,512",
        "npy,<i2,32768",
        "npy,>i2,7",
        "npy,<u4,65536",
        "npy,<i4,27",
        "npy,>i4,65536",
        "npy,<i8,65536",
        "npy,<u8,512",
        "idx,|u1,256",
        "idx,|i1,128",
        "idx,>i2,32768",
        "idx,>i4,65536",
    })
    void sequencesComeBackInTheTypeTheyCameIn(String kind, String dtype, int categories) throws IOException {
        boolean idx = kind.equals("idx");
        Space space = Space.of(new int[] {9}, categories, Space.Scale.NOMINAL);
        Path path = dir.resolve("in." + kind);
        fill(
                idx ? IdxFile.create(path, false, space, 7, dtype) : NpyFile.create(path, false, space, 7, dtype),
                space,
                7);
        assertThat(idx ? IdxFile.dtype(path) : NpyFile.dtype(path)).isEqualTo(dtype);
        DataFormat fitted = DataFormats.fit(kind, List.of(path), Map.of());
        assertThat(fitted.space()).isEqualTo(space);
        DataFormat format = DataFormats.read(
                JsonMapper.shared().readTree(fitted.definition().toString()));
        assertThat(format.definition()).isEqualTo(fitted.definition());
        assertThat(format.items(List.of(path)).size()).isEqualTo(7);
        Path back = dir.resolve("back." + kind);
        TableFormatTest.restore(format, TableFormatTest.documents(format, List.of(path)), back);
        assertThat(Files.readAllBytes(back)).isEqualTo(Files.readAllBytes(path));
    }

    @Test
    void typesWithoutRoomAreRefused() throws IOException {
        Space space = Space.of(new int[] {4}, 300, Space.Scale.NOMINAL);
        Path path = dir.resolve("in.npy");
        fill(NpyFile.create(path, false, space, 3), space, 3);
        for (String dtype : List.of("|u1", "|i1", "<f4", "x")) {
            assertThatThrownBy(() -> DataFormats.fit("npy", List.of(path), Map.of("dtype", dtype)))
                    .as(dtype)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("in.npy");
        }
        assertThat(DataFormats.fit("npy", List.of(path), Map.of("dtype", "<i8"))
                        .definition()
                        .path("dtype")
                        .asString(""))
                .isEqualTo("<i8");
        assertThatThrownBy(() -> DataFormats.fit("idx", List.of(path), Map.of()))
                .hasMessageContaining("is no IDX file");
    }
}
