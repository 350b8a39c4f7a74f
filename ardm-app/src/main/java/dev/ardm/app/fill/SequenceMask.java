package dev.ardm.app.fill;

import dev.ardm.core.Item;
import dev.ardm.data.format.DataFormat;

/**
 * Parts of sequences: {@code all}, {@code prefix=N}, {@code suffix=N} and {@code range=FROM,TO}, in characters, bytes or frames, of
 * sound also in seconds ({@code 1.5s}).
 */
final class SequenceMask implements FillMask {
    private static final String PARTS = "all, prefix=N, suffix=N, range=FROM,TO (of sound also in seconds: 1.5s)";

    private final MaskText mask;
    private final DataFormat format;

    SequenceMask(String text, DataFormat format) {
        this.mask = MaskText.of(text, PARTS);
        this.format = format;
        mask.requireNumbers(
                switch (mask.part()) {
                    case "all" -> 0;
                    case "prefix", "suffix" -> 1;
                    case "range" -> 2;
                    case "fields", "columns" -> throw mask.wrong("is not for files of kind " + format.kind());
                    default -> throw mask.wrong("is not understood");
                });
        mask.arguments().forEach(this::place);
    }

    /** A place in a sequence: a number of values. */
    private long place(String text) {
        try {
            long frames;
            if (text.endsWith("s") && format.framesPerSecond().isPresent()) {
                double seconds = Double.parseDouble(text.substring(0, text.length() - 1));
                frames = Math.round(seconds * format.framesPerSecond().getAsInt());
            } else {
                frames = Integer.parseInt(text);
            }
            if (frames < 0 || frames > Integer.MAX_VALUE) {
                throw mask.wrong("has a place outside every file, " + text);
            }
            return frames * format.symbolsPerFrame();
        } catch (NumberFormatException e) {
            throw mask.wrong("contains something that is not a place, " + text);
        }
    }

    @Override
    public boolean[] known(Item item, int length) {
        int own = Math.min(length, item.values().length);
        long from =
                switch (mask.part()) {
                    case "suffix" -> own - Math.min(own, place(mask.arguments().get(0)));
                    case "range" -> place(mask.arguments().get(0));
                    default -> 0;
                };
        long to =
                switch (mask.part()) {
                    case "prefix" -> place(mask.arguments().get(0));
                    case "range" -> place(mask.arguments().get(1));
                    default -> own;
                };
        boolean[] flags = new boolean[length];
        for (int i = 0; i < own; i++) {
            flags[i] = (i >= from && i < to) == mask.known();
        }
        return flags;
    }
}
