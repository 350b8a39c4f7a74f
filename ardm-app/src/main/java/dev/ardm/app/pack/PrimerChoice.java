package dev.ardm.app.pack;

import dev.ardm.app.Text;
import dev.ardm.core.counts.CountsModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The alternatives of a search, and the one that was chosen.
 *
 * @param model of the one that was chosen
 * @param sentences for the user
 */
record PrimerChoice(CountsModel model, List<String> sentences) {
    private static final double RANDOM = 0.98;

    static PrimerChoice of(PrimerSearch search, List<Alternative> tried, OptionalInt openMillis, ItemSample sample)
            throws IOException {
        long open = (long) openMillis.orElse(PrimerSearch.USUAL_MILLISECONDS) * PrimerSearch.SYMBOLS_PER_MILLISECOND;
        Alternative chosen = PrimerSearch.chosen(tried, open, openMillis.isPresent());
        Alternative smallest =
                tried.stream().min(Comparator.comparingLong(Alternative::bytes)).orElseThrow();
        List<String> sentences = new ArrayList<>();
        for (Alternative one : tried) {
            sentences.add("  " + one.name() + ": about " + Text.count(one.bytes(), "byte") + " (model "
                    + Text.number(one.modelBytes()) + ")");
        }
        long values = sample.symbols() - sample.count();
        String why;
        if (chosen.symbols() == 0 && chosen.itemBytes() >= RANDOM * values && values > 0) {
            why = "nothing in these items repeats, so they are kept as they are";
        } else if (chosen == smallest) {
            why = "the smallest, model and items together";
        } else {
            why = Text.percent(chosen.bytes() - smallest.bytes(), smallest.bytes()) + " more than the smallest, and opens "
                    + Text.number(Math.max(2, smallest.symbols() / Math.max(1, chosen.symbols()))) + " times faster";
        }
        sentences.add("chosen: " + chosen.name() + ": " + why + "; opening takes about "
                + Text.number(Math.max(1, chosen.symbols() / PrimerSearch.SYMBOLS_PER_MILLISECOND)) + " ms");
        return new PrimerChoice(search.model(chosen.primer()), sentences);
    }
}
