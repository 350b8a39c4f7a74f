package dev.ardm.app.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ardm.data.source.Lines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PrimerSearchTest {
    private static List<Alternative> search(List<String> lines, long most) throws IOException {
        return new PrimerSearch(Lines.format(), ItemSample.of(Lines.cursor(lines), Long.MAX_VALUE), most, 1, done -> {})
                .run();
    }

    private static Alternative smallest(List<Alternative> tried) {
        return PrimerSearch.chosen(tried, Long.MAX_VALUE, true);
    }

    @Test
    void fromRandomBytesNothingIsLearnt() throws IOException {
        List<Alternative> tried = search(Lines.random(100, 30, 1), 1 << 20);
        Alternative chosen = smallest(tried);
        assertThat(chosen.symbols()).isZero();
        assertThat(chosen.itemBytes()).isBetween(3000L, 3100L);
        PrimerSearch search = new PrimerSearch(
                Lines.format(),
                ItemSample.of(Lines.cursor(Lines.random(100, 30, 1)), Long.MAX_VALUE),
                1 << 20,
                1,
                done -> {});
        assertThat(PrimerChoice.of(
                                search,
                                tried,
                                OptionalInt.empty(),
                                ItemSample.of(Lines.cursor(Lines.random(100, 30, 1)), Long.MAX_VALUE))
                        .why())
                .contains("kept as they are");
    }

    @Test
    void ofEqualItemsOneIsLearnt() throws IOException {
        List<Alternative> tried = search(Collections.nCopies(300, "the same line again"), 1 << 20);
        assertThat(PrimerSearch.chosen(tried, 20, true).primer().cardinality()).isEqualTo(1);
        assertThat(tried).hasSizeLessThanOrEqualTo(3);
    }

    /** A line has log2(16 x 900) = 13.8 bits; learning the 16 sentences costs their 34 random letters each. */
    @Test
    void modelAndItemsComeCloseToTheEntropyOfTheirSource() throws IOException {
        int lines = 800;
        double bits = lines * (Math.log(16 * 900) / Math.log(2)) + 16 * 34 * (Math.log(26) / Math.log(2));
        Alternative chosen = smallest(search(Lines.sentences(lines, 16, 1), 1 << 20));
        long emptyModel = 500;
        assertThat((double) chosen.bytes()).isBetween(0.95 * bits / 8, 1.4 * bits / 8 + emptyModel);
    }

    /** Whatever is learnt must be paid for where items have nothing in common with it. */
    @Test
    void noMoreSymbolsAreLearntThanAreAllowed() throws IOException {
        for (Alternative one : search(Lines.sentences(400, 16, 2), 3000)) {
            assertThat(one.symbols()).as(one.name()).isLessThanOrEqualTo(3000);
        }
    }

    /** Of two kinds of lines, one of them rare, the rare ones are among those that are learnt for what they cost. */
    @Test
    void itemsThatAreBadlyPredictedAreLearnt() throws IOException {
        List<String> lines = new ArrayList<>(Lines.sentences(400, 4, 3));
        List<String> rare = Lines.random(8, 44, 4);
        for (int k = 0; k < rare.size(); k++) {
            lines.set(50 * k + 3, rare.get(k));
        }
        Alternative dear = search(lines, 1 << 20).stream()
                .filter(one -> one.name().contains("cost most"))
                .findFirst()
                .orElseThrow();
        for (int k = 0; k < rare.size(); k++) {
            assertThat(dear.primer().get(50 * k + 3)).as("rare line %s", k).isTrue();
        }
    }

    @Test
    void theSearchIsDeterministic() throws IOException {
        List<String> lines = Lines.sentences(200, 8, 5);
        assertThat(search(lines, 1 << 20)).isEqualTo(search(lines, 1 << 20));
    }

    private static Alternative alternative(long symbols, long bytes) {
        return new Alternative("of " + symbols, new BitSet(), symbols, bytes, 0);
    }

    @Test
    void openingFastIsPreferredWhileItCostsLittle() {
        Alternative none = alternative(0, 2000);
        Alternative some = alternative(100, 1040);
        Alternative more = alternative(200, 1020);
        Alternative all = alternative(400, 1000);
        List<Alternative> tried = List.of(none, all, some, more);
        assertThat(PrimerSearch.chosen(tried, 100, false)).isEqualTo(some);
        assertThat(PrimerSearch.chosen(tried, 400, false)).isEqualTo(all);
        assertThat(PrimerSearch.chosen(tried, 50, false))
                .as("nothing small opens so fast")
                .isEqualTo(some);
        assertThat(PrimerSearch.chosen(tried, 50, true)).as("asked for").isEqualTo(none);
    }
}
