package dev.ardm.data.format.sequence;

import dev.ardm.data.DataException;
import dev.ardm.data.format.MemoryBudget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Symbols in memory: one byte each, or two if there are more than 256 of them. In pieces, so that it grows without copies. */
final class SymbolSequence {
    /** The most symbols of a file, which must fit an array as one item. */
    static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private static final int PIECE_BITS = 18;
    private static final int PIECE = 1 << PIECE_BITS;

    private final byte[][] narrow;
    private final char[][] wide;
    private final int length;

    private SymbolSequence(byte[][] narrow, char[][] wide, int length) {
        this.narrow = narrow;
        this.wide = wide;
        this.length = length;
    }

    /** Symbols below 256. */
    static SymbolSequence ofBytes(int[] symbols) {
        byte[][] pieces = new byte[(symbols.length + PIECE - 1) >>> PIECE_BITS][];
        for (int p = 0; p < pieces.length; p++) {
            int from = p << PIECE_BITS;
            pieces[p] = new byte[Math.min(PIECE, symbols.length - from)];
            for (int i = 0; i < pieces[p].length; i++) {
                pieces[p][i] = (byte) symbols[from + i];
            }
        }
        return new SymbolSequence(pieces, new char[0][], symbols.length);
    }

    /** Memory in bytes of that many symbols below 256, with their name in a set of windows. */
    static long memory(int symbols) {
        return 160L + symbols;
    }

    int length() {
        return length;
    }

    /** Copies symbols from {@code start} on to the beginning of an array. */
    void copy(int start, int count, int[] out) {
        Objects.checkFromIndexSize(start, count, length);
        for (int i = 0; i < count; i++) {
            int at = start + i;
            int piece = at >>> PIECE_BITS;
            int within = at & PIECE - 1;
            out[i] = narrow.length > 0 ? narrow[piece][within] & 0xFF : wide[piece][within];
        }
    }

    /** All symbols. */
    int[] toArray() {
        int[] out = new int[length];
        copy(0, length, out);
        return out;
    }

    /** Takes symbols one by one. */
    static final class Builder {
        private final String file;
        private final MemoryBudget budget;
        private final int bytesHeld;
        private final boolean isNarrow;
        private final List<byte[]> narrow = new ArrayList<>();
        private final List<char[]> wide = new ArrayList<>();
        private byte[] narrowPiece = {};
        private char[] widePiece = {};
        private int within = PIECE;
        private long length;

        /**
         * Begins a sequence.
         *
         * @param file for messages
         * @param categories of a symbol
         * @param copied whether all symbols will be in an array as well
         */
        Builder(String file, int categories, MemoryBudget budget, boolean copied) {
            this.file = file;
            this.budget = budget;
            this.isNarrow = categories <= 256;
            this.bytesHeld = (isNarrow ? 1 : 2) + (copied ? 4 : 0);
        }

        /** Appends a symbol, which the caller knows to be in range. */
        void add(int symbol) throws DataException {
            if (within == PIECE) {
                grow();
            }
            if (isNarrow) {
                narrowPiece[within++] = (byte) symbol;
            } else {
                widePiece[within++] = (char) symbol;
            }
            length++;
        }

        /** How many there are. */
        int length() {
            return (int) length;
        }

        private void grow() throws DataException {
            if (length > MAX_LENGTH - PIECE) {
                throw DataException.in(file, "has more than " + (MAX_LENGTH - PIECE) + " symbols; split it");
            }
            budget.take(file, (long) bytesHeld * PIECE);
            within = 0;
            if (isNarrow) {
                narrowPiece = new byte[PIECE];
                narrow.add(narrowPiece);
            } else {
                widePiece = new char[PIECE];
                wide.add(widePiece);
            }
        }

        SymbolSequence build() throws DataException {
            if (length > 0 && within < PIECE) {
                budget.take(file, (long) -bytesHeld * (PIECE - within));
                if (isNarrow) {
                    narrow.set(narrow.size() - 1, Arrays.copyOf(narrowPiece, within));
                } else {
                    wide.set(wide.size() - 1, Arrays.copyOf(widePiece, within));
                }
            }
            return new SymbolSequence(narrow.toArray(new byte[0][]), wide.toArray(new char[0][]), (int) length);
        }
    }
}
