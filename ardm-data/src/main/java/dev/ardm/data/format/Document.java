package dev.ardm.data.format;

import java.util.OptionalLong;

/**
 * What an archive stores as one: a file or a row.
 *
 * @param name of the file, relative to the folder it was found in, with {@code /} between its parts; of a row what its format
 *     says
 * @param values the symbols, each in {@code [0, categories)} of the space: any number of them for a sequence, exactly {@code
 *     space().dimensions()} for a row
 * @param extra what else is needed to restore the file byte for byte; empty in the normal case, and for what a model made up
 * @param modified when its file was modified last, in milliseconds since 1970 (UTC), if it is one and that is known
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares documents.
public record Document(String name, int[] values, byte[] extra, OptionalLong modified) {
    /** A document whose file, if it is one, has no known time. */
    public Document(String name, int[] values, byte[] extra) {
        this(name, values, extra, OptionalLong.empty());
    }
}
