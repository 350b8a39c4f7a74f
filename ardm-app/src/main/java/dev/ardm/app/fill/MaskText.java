package dev.ardm.app.fill;

import java.util.List;

/**
 * A mask as it is written: {@code missing:PART} or {@code known:PART}, where PART may be {@code NAME=A,B,...}.
 *
 * @param text all of it
 * @param known whether the part is known, and all else missing; else the reverse
 * @param part its name
 * @param arguments what stands after {@code =}, between commas
 * @param parts what parts there are, for messages
 */
record MaskText(String text, boolean known, String part, List<String> arguments, String parts) {
    /**
     * Takes a mask apart.
     *
     * @throws IllegalArgumentException if it is not written like that
     */
    static MaskText of(String text, String parts) {
        boolean known = text.startsWith("known:");
        String rest = text.substring(text.indexOf(':') + 1);
        int equals = rest.indexOf('=');
        MaskText mask = new MaskText(
                text,
                known,
                equals < 0 ? rest : rest.substring(0, equals),
                equals < 0 ? List.of() : List.of(rest.substring(equals + 1).split(",", -1)),
                parts);
        if (!known && !text.startsWith("missing:")) {
            throw mask.wrong("is not understood");
        }
        return mask;
    }

    /** A complaint. */
    IllegalArgumentException wrong(String cause) {
        return new IllegalArgumentException(
                "mask \"" + text + "\" " + cause + "; expected missing:PART or known:PART with PART one of " + parts);
    }

    /** Refuses another number of arguments. */
    void requireNumbers(int wanted) {
        if (arguments.size() != wanted) {
            throw wrong("needs " + wanted + (wanted == 1 ? " number" : " numbers"));
        }
    }
}
