package dev.ardm.app;

import dev.ardm.data.file.FileRemarks;
import dev.ardm.data.file.SkippedFiles;
import java.util.ArrayList;
import java.util.List;

/** Names of which only as many are kept as a message shows: {@code a, b, c, d, e, ...}. */
public final class FirstNames {
    private static final int SHOWN = 5;

    private final List<String> first = new ArrayList<>();
    private int count;

    /** Counts a name. */
    public void add(String name) {
        if (count < SHOWN) {
            first.add(name);
        }
        count++;
    }

    /** So many names, of which the first are given. */
    static FirstNames of(int count, List<String> first) {
        FirstNames names = new FirstNames();
        first.forEach(names::add);
        names.count = count;
        return names;
    }

    /** Says which files were skipped because they are of another kind, if there are any. */
    public static void tellSkipped(SkippedFiles files, Listener listener) {
        if (files.count() > 0) {
            listener.notice(Text.count(files.count(), "file") + " skipped, of another kind: "
                    + of(files.count(), files.first()));
        }
    }

    /** Says what there is to say of files that were read. */
    public static void tellRemarks(FileRemarks remarks, Listener listener) {
        remarks.files()
                .forEach((remark, files) -> listener.notice(
                        Text.count(files.count(), "file") + " " + remark + ": " + of(files.count(), files.first())));
    }

    /** How many names there were. */
    public int count() {
        return count;
    }

    @Override
    public String toString() {
        return String.join(", ", first.stream().map(Text::printable).toList()) + (count > SHOWN ? ", ..." : "");
    }
}
