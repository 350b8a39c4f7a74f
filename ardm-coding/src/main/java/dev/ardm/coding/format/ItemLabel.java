package dev.ardm.coding.format;

import java.util.OptionalLong;

/**
 * The name and time of an item.
 *
 * @param name at most {@value ArchiveFormat#MAX_NAME_BYTES} bytes of UTF-8; an empty one counts as none
 * @param time when it was modified last, in milliseconds since 1970 (UTC), at most {@value ArchiveFormat#MAX_TIME} from it
 */
public record ItemLabel(String name, OptionalLong time) {
    /** The largest distance of a time from 1970, in milliseconds. */
    public static final long MOST_TIME = ArchiveFormat.MAX_TIME;

    /** Neither name nor time. */
    public static final ItemLabel NONE = new ItemLabel("", OptionalLong.empty());

    /** A name alone. */
    public static ItemLabel named(String name) {
        return new ItemLabel(name, OptionalLong.empty());
    }

    /** This name with a time. */
    public ItemLabel modified(long millis) {
        return new ItemLabel(name, OptionalLong.of(millis));
    }

    /** Checks name and time, so that an archive takes every label. */
    public ItemLabel {
        FrontCodedNames.checked(name);
        if (time.isPresent()
                && (time.getAsLong() > ArchiveFormat.MAX_TIME || time.getAsLong() < -ArchiveFormat.MAX_TIME)) {
            throw new IllegalArgumentException("a time of " + time.getAsLong() + " ms");
        }
    }
}
