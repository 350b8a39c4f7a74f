package dev.ardm.data.format;

/**
 * What an archive stores as one: a file or a row.
 *
 * @param name of the file, relative to the folder it was found in, with {@code /} between its parts; of a row what its format
 *     says
 * @param values the symbols, each in {@code [0, categories)} of the space: any number of them for a sequence, exactly {@code
 *     space().dimensions()} for a row
 * @param extra what else is needed to restore the file byte for byte; empty in the normal case, and for what a model made up
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier; nobody compares documents.
public record Document(String name, int[] values, byte[] extra) {}
