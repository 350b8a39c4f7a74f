package dev.ardm.data.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.data.file.FileRemarks.Kind;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FileRemarksTest {
    @Test
    void filesAreCountedByTheirRemark() {
        FileRemarks remarks = new FileRemarks();
        for (int i = 0; i < 25; i++) {
            remarks.add(Kind.TAKEN_WITHOUT, "text", "f" + i);
        }
        remarks.add(Kind.KEPT_WHOLE, "a JPEG", "g");
        FileRemarks all = new FileRemarks();
        all.add(Kind.TAKEN_WITHOUT, "text", "first");
        all.addAll(remarks);
        assertThat(all.files().keySet())
                .containsExactly("taken without text", "kept whole, without the model (a JPEG)");
        SkippedFiles text = Objects.requireNonNull(all.files().get("taken without text"));
        assertThat(text.count()).isEqualTo(26);
        assertThat(text.first()).hasSize(10).startsWith("first", "f0").endsWith("f8");
    }

    /** Hostile files have as many different things in them as they like. */
    @Test
    void theLastOfManyRemarksAreOne() {
        FileRemarks remarks = new FileRemarks();
        for (int i = 0; i < 100; i++) {
            remarks.add(Kind.KEPT_WHOLE, "reason " + i, "f" + i);
        }
        FileRemarks all = new FileRemarks();
        all.addAll(remarks);
        assertThat(all.files()).hasSize(9);
        String others = "kept whole, without the model (for other reasons)";
        assertThat(Objects.requireNonNull(all.files().get(others)).count()).isEqualTo(92);
    }
}
