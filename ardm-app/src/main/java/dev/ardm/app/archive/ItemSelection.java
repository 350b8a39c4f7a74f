package dev.ardm.app.archive;

import dev.ardm.app.Text;
import dev.ardm.app.UserError;
import dev.ardm.coding.internal.read.ArchiveReader;
import dev.ardm.core.archive.ItemRanges;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/**
 * Which items of an archive are meant, by name, by number from 0, by a range of numbers ({@code 3-10}, both included), or by a
 * pattern ({@code *} any characters, {@code ?} one). A name goes before a number or a range, these before a pattern.
 */
public final class ItemSelection {
    private static final int NEAREST = 3;
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    private ItemSelection() {}

    /**
     * The items meant, each once.
     *
     * @throws UserError if one is not there, with the names that come nearest
     */
    public static ItemRanges of(OpenedArchive archive, List<String> wanted) throws IOException {
        return of(archive.file(), archive.items().reader(), wanted);
    }

    /** The same of an archive whose models are not needed. @param file for messages */
    public static ItemRanges of(Path file, ArchiveReader reader, List<String> wanted) throws IOException {
        Map<String, BitSet> exact = new HashMap<>();
        wanted.forEach(one -> exact.put(one, new BitSet()));
        int size = reader.size();
        for (int k = reader.nextPresent(0); k < size; k = reader.nextPresent(k + 1)) {
            Optional<String> name = reader.name(k);
            BitSet found = name.isPresent() ? exact.get(name.get()) : null;
            if (found != null) {
                found.set(k);
            }
        }
        BitSet selected = new BitSet();
        for (String one : wanted) {
            BitSet named = exact.getOrDefault(one, new BitSet());
            BitSet found = named.isEmpty() ? find(reader, one) : named;
            if (found.isEmpty()) {
                throw new UserError(
                        file + ": no item " + Text.printable(one) + "; " + range(size) + nearest(reader, one));
            }
            selected.or(found);
        }
        return ItemRanges.of(selected.stream());
    }

    /**
     * One item, or all.
     *
     * @param item its number; null for all
     */
    public static ItemRanges of(OpenedArchive archive, @Nullable Integer item) {
        int size = archive.size();
        if (item == null) {
            return ItemRanges.of(0, size);
        }
        if (item >= size) {
            throw new UserError(archive.file() + ": no item " + item + "; " + range(size));
        }
        return ItemRanges.of(item, item + 1);
    }

    private static String range(int size) {
        return size == 0 ? "the archive is empty" : "it has the items 0.." + (size - 1);
    }

    private static BitSet find(ArchiveReader reader, String wanted) throws IOException {
        int size = reader.size();
        BitSet found = new BitSet();
        Matcher numbers = NUMBERS.matcher(wanted);
        if (numbers.matches()) {
            int first = Integer.parseInt(numbers.group(1));
            int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
            if (first <= last && last < size) {
                found.set(first, last + 1);
            }
            return found;
        }
        if (wanted.indexOf('*') < 0 && wanted.indexOf('?') < 0) {
            return found;
        }
        Pattern pattern = glob(wanted);
        for (int k = 0; k < size; k++) {
            if (pattern.matcher(OpenedArchive.name(reader, k)).matches()) {
                found.set(k);
            }
        }
        return found;
    }

    /** A pattern over whole names; a star goes over slashes as well, since an archive has no folders to walk through. */
    public static Pattern glob(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private record Near(int distance, String name) {}

    private static String nearest(ArchiveReader reader, String wanted) throws IOException {
        if (wanted.length() > 1024) {
            return "";
        }
        PriorityQueue<Near> best = new PriorityQueue<>(
                Comparator.comparing(Near::distance).thenComparing(Near::name).reversed());
        int most = Math.max(2, wanted.length() / 2);
        LevenshteinDistance bounded = new LevenshteinDistance(most);
        for (int k = 0; k < reader.size(); k++) {
            String name = OpenedArchive.name(reader, k);
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
}
