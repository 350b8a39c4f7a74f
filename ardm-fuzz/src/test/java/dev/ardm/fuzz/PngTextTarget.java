package dev.ardm.fuzz;

import dev.ardm.data.DataException;
import dev.ardm.data.png.PngFile;
import java.util.Map;
import java.util.Set;

/** The chunks of a PNG file and the texts in them. */
final class PngTextTarget implements FuzzTarget {
    /** No entry is longer, in bytes. */
    private static final int MOST_TEXT = 1 << 20;

    @Override
    public String name() {
        return "png-text";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(DataException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        Map<String, String> texts = PngFile.read(input, "input.png").texts();
        texts.values()
                .forEach(text -> PropertyViolation.unless(text.length() <= MOST_TEXT, "no text exceeds the limit"));
    }
}
