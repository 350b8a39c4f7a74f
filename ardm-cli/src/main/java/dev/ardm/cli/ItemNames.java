package dev.ardm.cli;

import java.io.IOException;

/** The names of numbered items. */
@FunctionalInterface
interface ItemNames {
    /** The name of an item. */
    String name(int item) throws IOException;
}
