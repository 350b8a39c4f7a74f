package dev.ardm.cli;

import dev.ardm.coding.ItemLabel;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** The option {@code --no-times}. */
final class StoredTimes {
    @Option(
            names = "--no-times",
            description =
                    "Do not keep when files were modified last. The same files make the same archive then, whenever"
                            + " they were written.")
    private boolean left;

    boolean kept() {
        return !left;
    }

    /** What an archive says of an item. A time that it cannot hold counts as none. */
    static ItemLabel label(String name, OptionalLong modified) {
        ItemLabel label = ItemLabel.named(name);
        if (modified.isEmpty()) {
            return label;
        }
        try {
            return label.modified(modified.getAsLong());
        } catch (IllegalArgumentException e) {
            return label;
        }
    }
}
