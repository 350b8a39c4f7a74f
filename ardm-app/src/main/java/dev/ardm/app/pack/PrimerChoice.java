package dev.ardm.app.pack;

import dev.ardm.app.Text;
import dev.ardm.core.model.Model;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The alternatives of a search, and the one that was chosen.
 *
 * @param model of the one that was chosen
 * @param why it was chosen, for the user
 */
record PrimerChoice(List<Alternative> tried, Alternative chosen, Model model, String why) {
    private static final double RANDOM = 0.98;

    static PrimerChoice of(PrimerSearch search, List<Alternative> tried, OptionalInt openMillis, ItemSample sample) {
        long open = (long) openMillis.orElse(PrimerSearch.USUAL_MILLISECONDS) * search.symbolsPerMillisecond();
        Alternative chosen = PrimerSearch.chosen(tried, open, openMillis.isPresent(), search.tolerated());
        Alternative smallest =
                tried.stream().min(Comparator.comparingLong(Alternative::bytes)).orElseThrow();
        long values = sample.symbols() - sample.count();
        String why;
        if (sample.count() > 1 && chosen.symbols() == 0 && chosen.itemBytes() >= RANDOM * values && values > 0) {
            why = "nothing in these items repeats, so they are kept as they are";
        } else if (chosen == smallest) {
            why = "the smallest, model and items together";
        } else {
            why = Text.percent(chosen.bytes() - smallest.bytes(), smallest.bytes())
                    + " more than the smallest, and opens "
                    + Text.number(Math.max(2, smallest.symbols() / Math.max(1, chosen.symbols()))) + " times faster";
        }
        String opening = "; opening takes about "
                + Text.number(Math.max(1, chosen.symbols() / search.symbolsPerMillisecond())) + " ms";
        return new PrimerChoice(tried, chosen, search.model(chosen.primer()), chosen.name() + ": " + why + opening);
    }
}
