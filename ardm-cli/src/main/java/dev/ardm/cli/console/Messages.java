package dev.ardm.cli.console;

import dev.ardm.app.Text;
import java.io.PrintWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that commands say on standard error: a line each. Messages repeat names, keys and values of files, which may be hostile: no
 * control characters, and never more than 200 characters of something long.
 */
public final class Messages {
    private static final int MOST = 200;
    private static final String GAP = " ... ";
    /** Longer than any message whose parts are short. */
    private static final int LONG = 600;

    private static final Pattern LONG_WORD = Pattern.compile("\\S{" + (MOST + 1) + ",}");
    private static final Pattern EXCEPTION = Pattern.compile("\\b([a-z]\\w*\\.)+[A-Z]\\w*(Exception|Error)(: )?");

    private Messages() {}

    public static void print(PrintWriter err, String message) {
        err.println("ardm: " + shown(message));
        err.flush();
    }

    /** A message as it is shown. */
    static String shown(String message) {
        String line = LONG_WORD
                .matcher(Text.printable(message.replaceAll("\\s+", " ").strip()))
                .replaceAll(word -> Matcher.quoteReplacement(shortened(word.group())));
        return line.length() > LONG ? shortened(line) : line;
    }

    private static String shortened(String text) {
        int end = MOST / 4;
        return text.substring(0, MOST - end - GAP.length()) + GAP + text.substring(text.length() - end);
    }

    /** A message of a library, without the names that its exceptions have in Java. */
    static String withoutExceptions(String message) {
        return EXCEPTION.matcher(message).replaceAll("");
    }
}
