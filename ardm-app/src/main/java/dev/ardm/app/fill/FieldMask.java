package dev.ardm.app.fill;

import dev.ardm.core.Item;
import dev.ardm.data.format.DataFormat;
import java.io.IOException;
import java.util.Arrays;

/**
 * Parts of rows: {@code all}, {@code columns=A,B}, and {@code fields}: those that are empty or a question mark, or with {@code
 * fields=NA,...} say that.
 */
final class FieldMask implements FillMask {
    /** The default mask: empty fields and question marks are missing. */
    static final String FIELDS = "missing:fields";

    private static final String PARTS = "all, columns=A,B,...; or " + FIELDS + ", " + FIELDS + "=NA,...";

    private final MaskText mask;
    private final DataFormat format;

    FieldMask(String text, DataFormat format) {
        this.mask = MaskText.of(text, PARTS);
        this.format = format;
        switch (mask.part()) {
            case "all" -> mask.requireNumbers(0);
            case "columns" -> {}
            case "fields" -> {
                if (mask.known()) {
                    throw mask.wrong("is not understood");
                }
            }
            case "prefix", "suffix", "range" -> throw mask.wrong("is not for files of kind " + format.kind());
            default -> throw mask.wrong("is not understood");
        }
    }

    @Override
    public boolean[] known(Item item, int length) throws IOException {
        if (mask.part().equals("fields")) {
            return format.known(item, this::saysNothing);
        }
        boolean[] named = new boolean[length];
        if (mask.part().equals("columns")) {
            named = format.known(mask.arguments());
        } else {
            Arrays.fill(named, true);
        }
        // A row without a field for each column has nothing that could be drawn.
        boolean[] whole = format.known(item, text -> true);
        boolean[] flags = new boolean[length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = named[i] == mask.known() || whole[i];
        }
        return flags;
    }

    private boolean saysNothing(String field) {
        String text = field.strip();
        return text.isEmpty() || text.equals("?") || mask.arguments().contains(text);
    }
}
