package dev.ardm.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The flags of other compressors in place of a command: {@code ardm -d FILE} for {@code ardm decompress FILE}. As there, the
 * last one wins, flags may be joined ({@code -dc}), and {@code --} ends them.
 */
final class Shorthands {
    private static final Map<String, String> COMMANDS = Map.of(
            "z", "compress",
            "d", "decompress",
            "t", "test",
            "l", "list");
    private static final Map<String, String> LONG = Map.of(
            "--compress", "compress",
            "--decompress", "decompress",
            "--test", "test",
            "--list", "list");
    private static final Pattern JOINED = Pattern.compile("-([cfhkqv0-9]*)([zdtl])([zdtlcfhkqv0-9]*)");
    /** Options whose value may look like a flag. */
    private static final Set<String> VALUED =
            Set.of("-m", "--model", "-o", "--calls", "--context", "--threads", "--item", "--names", "--format");

    private Shorthands() {}

    /** The arguments with the command in front; unchanged if they begin with one, or no flag asks for one. */
    static String[] expanded(String... args) {
        if (args.length == 0 || !args[0].startsWith("-") || args[0].equals("-")) {
            return args;
        }
        String command = null;
        List<String> rest = new ArrayList<>();
        int at = 0;
        for (; at < args.length && !args[at].equals("--"); at++) {
            String arg = args[at];
            if (VALUED.contains(arg) && at + 1 < args.length) {
                rest.add(arg);
                rest.add(args[++at]);
                continue;
            }
            if (LONG.containsKey(arg)) {
                command = LONG.get(arg);
                continue;
            }
            Matcher joined = JOINED.matcher(arg);
            while (joined.matches()) {
                command = COMMANDS.get(joined.group(2));
                arg = "-" + joined.group(1) + joined.group(3);
                joined = JOINED.matcher(arg);
                // The last flag decides: of joined ones the next round finds it.
            }
            if (!arg.equals("-") || args[at].equals("-")) {
                rest.add(arg);
            }
        }
        rest.addAll(Arrays.asList(args).subList(at, args.length));
        if (command == null) {
            return args;
        }
        rest.add(0, command);
        return rest.toArray(String[]::new);
    }
}
