package dev.ardm.coding.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class FileSignatureTest {
    @Test
    void saysWhatAFileIs() throws IOException {
        assertThat(FileSignature.of(new byte[0])).contains("empty");
        assertThat(FileSignature.of(ArchiveFormat.magic())).contains("an ardm archive");
        assertThat(FileSignature.of("A,B\r\n1,2\t3\n".getBytes(StandardCharsets.UTF_8)))
                .contains("text");
        assertThat(FileSignature.of("Ein schöner Text".getBytes(StandardCharsets.UTF_8)))
                .contains("text");
        assertThat(FileSignature.of(new byte[] {80, 0, 0, 0, 0, 0, 0, 0, '{', '"', '_'}))
                .contains(FileSignature.SAFETENSORS);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(1);
        }
        assertThat(FileSignature.of(packed.toByteArray())).contains("a gzip file");
        assertThat(FileSignature.of(new byte[] {1, 2, 3})).isEmpty();
    }

    @Test
    void textBeyondItsFirstBytesIsNotLookedAt() {
        byte[] bytes = "x".repeat(FileSignature.BYTES + 1).getBytes(StandardCharsets.UTF_8);
        bytes[FileSignature.BYTES] = 0;
        assertThat(FileSignature.of(bytes)).contains("text");
        bytes[FileSignature.BYTES - 1] = 0;
        assertThat(FileSignature.of(bytes)).isEmpty();
    }
}
