package dev.ardm.coding.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.ardm.coding.internal.bytes.ByteSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ScratchFileTest {
    @TempDir
    Path folder;

    @Test
    void severalAreThereAtOnceAndNoneIsLeft() throws IOException {
        Path target = folder.resolve("out.bin");
        try (FileChannel a = ScratchFile.open(target);
                FileChannel b = ScratchFile.open(target)) {
            a.write(ByteBuffer.wrap(new byte[] {1}), 5);
            b.write(ByteBuffer.wrap(new byte[] {2}), 0);
            ByteBuffer read = ByteBuffer.allocate(10);
            assertThat(a.read(read, 0)).isEqualTo(6);
            assertThat(read.get(5)).isEqualTo((byte) 1);
        }
        assertThat(folder).isEmptyDirectory();
        assertThatIOException()
                .isThrownBy(() -> ScratchFile.open(folder.resolve("missing/out.bin")))
                .withMessageContaining("missing/out.bin: cannot be written");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void itHasNoName() throws IOException {
        try (FileChannel file = ScratchFile.open(folder.resolve("out.bin"))) {
            file.write(ByteBuffer.wrap(new byte[100]));
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void whatIsSpilledComesBackInOrder() throws IOException {
        Random random = new Random(1);
        for (int records : new int[] {0, 1, 10, 20_000, 200_000}) {
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            ByteArrayOutputStream actual = new ByteArrayOutputStream();
            ByteSink record = new ByteSink();
            try (Spill spill = new Spill(folder.resolve("out.bin"))) {
                for (int k = 0; k < records; k++) {
                    record.clear();
                    for (int n = random.nextInt(20); n >= 0; n--) {
                        record.number(random.nextInt(256), 1);
                    }
                    expected.writeBytes(record.toByteArray());
                    spill.add(record);
                }
                assertThat(spill.size()).isEqualTo(expected.size());
                spill.writeTo(actual);
            }
            assertThat(actual.toByteArray()).isEqualTo(expected.toByteArray());
            assertThat(folder).isEmptyDirectory();
        }
    }
}
