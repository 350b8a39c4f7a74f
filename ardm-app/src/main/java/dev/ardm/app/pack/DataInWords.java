package dev.ardm.app.pack;

import dev.ardm.app.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What there is to say of items from which little can be learnt. */
public final class DataInWords {
    private static final double SHORT = 3;

    private DataInWords() {}

    /** Sentences for the user; none of usual data. */
    public static List<String> of(ItemSample sample) {
        List<String> words = new ArrayList<>();
        long values = sample.symbols() - sample.count();
        double mean = sample.count() == 0 ? 0 : (double) values / sample.count();
        if (sample.count() == 1 && values == 0) {
            words.add("one empty item: there is nothing to learn");
        } else if (sample.count() == 1) {
            words.add("one item: what is learnt from it serves no other, so it is only compressed"
                    + (sample.items().isEmpty() ? ", without learning it, because it is too long to be learnt" : ""));
        } else if (values == 0) {
            words.add("all " + Text.count(sample.count(), "item") + " are empty: there is nothing to learn");
        } else if (sample.equal()) {
            words.add("all " + Text.count(sample.count(), "item")
                    + " are equal: one is learnt, the others cost next to nothing");
        } else if (mean <= SHORT) {
            words.add(String.format(
                    Locale.ROOT,
                    "items of %.1f values on average: what an archive keeps beside each can take more than the item",
                    mean));
        }
        return words;
    }
}
