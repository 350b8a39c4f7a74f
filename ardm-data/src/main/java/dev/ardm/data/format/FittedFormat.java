package dev.ardm.data.format;

import dev.ardm.data.ItemSet;

/** A format, and the items that it was fitted to. */
public record FittedFormat(DataFormat format, ItemSet items) {}
