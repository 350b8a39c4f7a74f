package dev.ardm.data.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is to be said of files that were read: in the same words of some of them, how many and the first. */
public final class FileRemarks {
    private static final int MOST = 12;
    private static final String MORE = "for other reasons";

    private final Map<String, SkippedFiles> files = new LinkedHashMap<>();

    /**
     * Adds a file.
     *
     * @param remark words to follow a number of files, such as {@code "taken without EXIF data"}; of many different ones, the last are
     *     said in common
     * @param name of the file
     */
    public void add(String remark, String name) {
        String words = files.containsKey(remark) || files.size() < MOST ? remark : MORE;
        files.computeIfAbsent(words, key -> new SkippedFiles()).add(name);
    }

    /** Adds all of others. */
    public void addAll(FileRemarks others) {
        others.files.forEach((remark, names) ->
                files.computeIfAbsent(remark, key -> new SkippedFiles()).addAll(names));
    }

    /** The files of each remark, in the order in which remarks came up. */
    public Map<String, SkippedFiles> files() {
        return Collections.unmodifiableMap(files);
    }
}
