package dev.ardm.app.pack;

import dev.ardm.app.archive.Attributes;
import dev.ardm.data.registry.FileItems;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How items are packed.
 *
 * @param items what is an item; empty for what the files seem to be
 * @param minutes for training a network, where that can pay; 0 for counts alone
 * @param openMillis how long the archive may take to open, about; empty for what suits the items
 * @param replace whether a file under the archive's name may be replaced
 * @param kept of the files
 */
public record PackOptions(
        Optional<FileItems> items,
        double minutes,
        OptionalInt openMillis,
        boolean replace,
        Attributes kept,
        int threads) {}
