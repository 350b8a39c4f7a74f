package dev.ardm.cli;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Which items of an archive are meant, by name, by number from 0, or by a pattern ({@code *} any characters, {@code ?} one).
 * A name goes before a number, a number before a pattern.
 */
final class ItemSelection {
    private static final int NEAREST = 3;

    private ItemSelection() {}

    /**
     * The items meant, in the order of the archive, each once.
     *
     * @throws UserError if one is not there, with the names that come nearest
     */
    static List<Integer> of(Path archive, int size, ItemNames names, List<String> wanted) throws IOException {
        TreeSet<Integer> selected = new TreeSet<>();
        for (String one : wanted) {
            List<Integer> found = find(size, names, one);
            if (found.isEmpty()) {
                throw new UserError(archive + ": there is no item " + Text.printable(one) + "; "
                        + (size == 0 ? "the archive is empty" : "it has the items 0.." + (size - 1))
                        + nearest(size, names, one));
            }
            selected.addAll(found);
        }
        return List.copyOf(selected);
    }

    private static List<Integer> find(int size, ItemNames names, String wanted) throws IOException {
        Pattern pattern = glob(wanted);
        List<Integer> exact = new ArrayList<>();
        List<Integer> matching = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            String name = names.name(k);
            if (name.equals(wanted)) {
                exact.add(k);
            } else if (pattern.matcher(name).matches()) {
                matching.add(k);
            }
        }
        if (!exact.isEmpty()) {
            return exact;
        }
        if (wanted.matches("\\d{1,9}") && Integer.parseInt(wanted) < size) {
            return List.of(Integer.parseInt(wanted));
        }
        return matching;
    }

    /** A pattern over whole names; a star goes over slashes as well, since an archive has no folders to walk through. */
    static Pattern glob(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private record Near(int distance, String name) {}

    private static String nearest(int size, ItemNames names, String wanted) throws IOException {
        if (wanted.length() > 1024) {
            return "";
        }
        PriorityQueue<Near> best = new PriorityQueue<>(
                Comparator.comparing(Near::distance).thenComparing(Near::name).reversed());
        int most = Math.max(2, wanted.length() / 2);
        LevenshteinDistance bounded = new LevenshteinDistance(most);
        for (int k = 0; k < size; k++) {
            String name = names.name(k);
            String last = name.substring(name.lastIndexOf('/') + 1);
            int distance = Math.min(bounded(bounded, wanted, name, most), bounded(bounded, wanted, last, most));
            if (distance <= most) {
                best.add(new Near(distance, name));
                if (best.size() > NEAREST) {
                    best.poll();
                }
            }
        }
        List<String> nearest = new ArrayList<>();
        while (!best.isEmpty()) {
            nearest.add(0, Text.printable(best.poll().name()));
        }
        return nearest.isEmpty() ? "" : "; did you mean " + String.join(", ", nearest) + "?";
    }

    private static int bounded(LevenshteinDistance distance, String a, String b, int most) {
        int found = distance.apply(a, b);
        return found < 0 ? most + 1 : found;
    }

    /** Hears of items that follow each other. */
    interface Run {
        /** @param to behind the last */
        void accept(int from, int to) throws IOException;
    }

    /** Goes through items in runs of such that follow each other, which can be decoded together. */
    static void runs(List<Integer> items, Run run) throws IOException {
        int at = 0;
        while (at < items.size()) {
            int end = at + 1;
            while (end < items.size() && items.get(end) == items.get(end - 1) + 1) {
                end++;
            }
            run.accept(items.get(at), items.get(end - 1) + 1);
            at = end;
        }
    }
}
