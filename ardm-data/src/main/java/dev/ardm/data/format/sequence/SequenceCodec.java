package dev.ardm.data.format.sequence;

import dev.ardm.core.Item;
import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.format.DataFormat;
import dev.ardm.data.format.FormatFamily;
import dev.ardm.data.format.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;
import tools.jackson.databind.node.ObjectNode;

/** How a file becomes symbols and symbols become a file. Immutable. */
interface SequenceCodec {
    /** See {@link DataFormat#kind}. */
    String kind();

    /** See {@link DataFormat#extension}. */
    String extension();

    /** Number of different symbols. */
    int categories();

    /** The meaning of the symbols. */
    Space.Scale scale();

    /** The symbol that fills a window after the end of a file that is shorter. */
    int paddingValue();

    /** Number of symbols of a frame. Windows begin and end between frames. */
    int symbolsPerFrame();

    /** Frames per second, if frames are times. */
    default OptionalInt framesPerSecond() {
        return OptionalInt.empty();
    }

    /** Adds to a definition what {@link FormatFamily#read} needs. */
    void define(ObjectNode definition);

    /** Whether a file of a folder or zip file is of this kind, by its name. */
    boolean wants(String name);

    /** Treatment of gzip when reading items for archives; training and evaluation always unpack it. */
    InputFile.Gzip gzipOfDocuments();

    /** Whether zip files are looked into. */
    boolean opensZips();

    /** Whether {@link #write} restores what {@link #read} read. */
    boolean lossless();

    /** Whether what {@link #write} restores is the file byte by byte. */
    default boolean restoresBytes() {
        return true;
    }

    /**
     * Reads a file to its end.
     *
     * @param place its name in messages
     * @param symbols takes them
     * @return what else {@link #write} needs to restore the file; empty in the normal case
     * @throws DataException if it is not of this kind
     */
    byte[] read(String place, InputStream in, SymbolSequence.Builder symbols) throws IOException;

    /**
     * Writes a file.
     *
     * @param place its name in messages
     * @param values all in range
     * @param side as {@link #read} returned it, or empty
     * @throws DataException if the side information is damaged
     */
    void write(String place, int[] values, byte[] side, OutputStream out) throws IOException;

    /**
     * The side information of an item, some of whose symbols were drawn anew.
     *
     * @param length number of symbols now
     * @param known whether a symbol is the item's own
     * @throws DataException if the item's side information is damaged
     */
    default byte[] redrawnSide(Item item, int length, boolean[] known) throws DataException {
        return length == item.values().length ? item.side() : new byte[0];
    }
}
