package dev.ardm.data.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remarks about files that were read. Files with the same remark are counted together, and the first of them are named. */
public final class FileRemarks {
    /** The most different remarks of a kind. Hostile files could cause any number. */
    private static final int MOST = 8;

    private final Map<Kind, Map<String, SkippedFiles>> files = new LinkedHashMap<>();

    /** What became of a file. */
    public enum Kind {
        /** Its pixels were taken, and something else was not. */
        TAKEN_WITHOUT("taken without ", "other things", ""),
        /** It was not taken apart at all. */
        KEPT_WHOLE("kept whole, without the model (", "for other reasons", ")"),
        /** It was taken as it is, though something about it looks odd. */
        AS_IT_IS("taken as it is, although ", "something is odd", "");

        private final String before;
        private final String others;
        private final String behind;

        Kind(String before, String others, String behind) {
            this.before = before;
            this.others = others;
            this.behind = behind;
        }

        /** Words to follow a number of files. @param about what was left out, or why it was kept whole */
        public String words(String about) {
            return before + about + behind;
        }
    }

    /** Adds a file. @param about see {@link Kind#words}; beyond the most different ones, all others share one remark */
    public void add(Kind kind, String about, String name) {
        of(kind, about).add(name);
    }

    private SkippedFiles of(Kind kind, String about) {
        Map<String, SkippedFiles> same = files.computeIfAbsent(kind, key -> new LinkedHashMap<>());
        String words = kind.words(about);
        return same.computeIfAbsent(
                same.containsKey(words) || same.size() < MOST ? words : kind.words(kind.others),
                key -> new SkippedFiles());
    }

    /** Adds all of others. */
    public void addAll(FileRemarks others) {
        others.files.forEach((kind, same) -> same.forEach((words, names) -> {
            String about = words.substring(kind.before.length(), words.length() - kind.behind.length());
            of(kind, about).addAll(names);
        }));
    }

    /** The files of each remark, in words to follow their number. */
    public Map<String, SkippedFiles> files() {
        Map<String, SkippedFiles> all = new LinkedHashMap<>();
        files.values().forEach(all::putAll);
        return Collections.unmodifiableMap(all);
    }
}
