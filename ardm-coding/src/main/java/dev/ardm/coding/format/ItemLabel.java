package dev.ardm.coding.format;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The name, time and permissions of an item.
 *
 * @param name at most {@value ArchiveFormat#MAX_NAME_BYTES} bytes of UTF-8; an empty one counts as none
 * @param time when it was modified last, in milliseconds since 1970 (UTC), at most {@value ArchiveFormat#MAX_TIME} from it
 * @param mode who may read, write and execute it: the nine bits of POSIX, {@code rwxrwxrwx}, 0 to {@value ArchiveFormat#MAX_MODE}
 */
public record ItemLabel(String name, OptionalLong time, OptionalInt mode) {
    /** The largest distance of a time from 1970, in milliseconds. */
    public static final long MOST_TIME = ArchiveFormat.MAX_TIME;

    /** Neither name, time nor permissions. */
    public static final ItemLabel NONE = new ItemLabel("", OptionalLong.empty());

    /** A name alone. */
    public static ItemLabel named(String name) {
        return new ItemLabel(name, OptionalLong.empty());
    }

    /** This label with another name. */
    public ItemLabel renamed(String other) {
        return new ItemLabel(other, time, mode);
    }

    /** This label with a time. */
    public ItemLabel modified(long millis) {
        return new ItemLabel(name, OptionalLong.of(millis), mode);
    }

    /** This label with permissions. */
    public ItemLabel permitted(OptionalInt bits) {
        return new ItemLabel(name, time, bits);
    }

    /** A label without permissions. */
    public ItemLabel(String name, OptionalLong time) {
        this(name, time, OptionalInt.empty());
    }

    /** Checks all of it, so that an archive takes every label. */
    public ItemLabel {
        FrontCodedNames.checked(name);
        if (time.isPresent()
                && (time.getAsLong() > ArchiveFormat.MAX_TIME || time.getAsLong() < -ArchiveFormat.MAX_TIME)) {
            throw new IllegalArgumentException("a time of " + time.getAsLong() + " ms");
        }
        if (mode.isPresent() && (mode.getAsInt() < 0 || mode.getAsInt() > ArchiveFormat.MAX_MODE)) {
            throw new IllegalArgumentException("permissions of " + mode.getAsInt());
        }
    }
}
