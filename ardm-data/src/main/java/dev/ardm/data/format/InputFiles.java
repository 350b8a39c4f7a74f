package dev.ardm.data.format;

import dev.ardm.coding.internal.file.FileModes;
import dev.ardm.data.DataException;
import dev.ardm.data.Names;
import dev.ardm.data.file.FileList;
import dev.ardm.data.file.FileNames;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The files that paths stand for: files themselves, all files of folders and of zip files, the latter two in the order of
 * their names and without hidden ones. All names differ: if they would not, they begin with the name of the path.
 */
public final class InputFiles implements Closeable {
    /** A zip file of more entries is refused. */
    private static final int MAX_ENTRIES = 1 << 20;

    private final List<InputFile> files = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();

    private InputFiles() {}

    /**
     * Which files are read.
     *
     * @param wanted names of files of the right kind; others in folders and zip files are skipped
     * @param names that files in folders and zip files must have, or null for any; others are skipped silently
     * @param zips whether zip files are looked into
     */
    public record Choice(Predicate<String> wanted, @Nullable Pattern names, boolean zips) {}

    /**
     * Lists files.
     *
     * @throws DataException if a path does not exist or yields no files, or a zip file is damaged
     */
    public static InputFiles of(List<Path> paths, Choice choice) throws IOException {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("no paths to open");
        }
        InputFiles all = new InputFiles();
        try {
            List<Integer> ends = new ArrayList<>();
            List<Boolean> single = new ArrayList<>();
            for (Path path : paths) {
                single.add(all.addPath(path, choice));
                ends.add(all.files.size());
            }
            all.distinguish(paths, ends, single);
            return all;
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    public List<InputFile> files() {
        return files;
    }

    /** Names of files that are of another kind. */
    public List<String> skipped() {
        return skipped;
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : open) {
            each.close();
        }
    }

    /** Adds what a path stands for; true if that is the file itself. */
    private boolean addPath(Path path, Choice choice) throws IOException {
        if (!Files.exists(path)) {
            throw DataException.in(path.toString(), "no such file or folder");
        }
        if (!Files.isDirectory(path) && !(choice.zips() && isZip(path))) {
            String name = String.valueOf(path.getFileName());
            files.add(ofDisk(name, path));
            return true;
        }
        int before = files.size();
        int skippedBefore = skipped.size();
        List<InputFile> inside = Files.isDirectory(path) ? folder(path) : zip(path);
        int passedOver = 0;
        for (InputFile file : inside) {
            if (!choice.wanted().test(file.name())) {
                skipped.add(file.name());
            } else if (choice.names() != null
                    && !choice.names().matcher(file.name()).matches()) {
                passedOver++;
            } else {
                files.add(file);
            }
        }
        if (files.size() == before) {
            throw DataException.in(
                    path.toString(),
                    "contains no files to read (" + (skipped.size() - skippedBefore) + " are of another kind, "
                            + passedOver + " have other names than asked for)");
        }
        return false;
    }

    private static List<InputFile> folder(Path folder) throws IOException {
        List<InputFile> inside = new ArrayList<>();
        try (FileList list = FileList.of(folder, null)) {
            FileList.Cursor cursor = list.cursor();
            for (FileList.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
                Path path = entry.path();
                inside.add(ofDisk(entry.name(), path));
            }
        }
        return inside;
    }

    private static InputFile ofDisk(String name, Path path) throws IOException {
        OptionalLong modified = OptionalLong.of(Files.getLastModifiedTime(path).toMillis());
        return new InputFile(
                name,
                path.toString(),
                Files.size(path),
                modified,
                FileModes.of(path),
                () -> Files.newInputStream(path));
    }

    public static boolean isZip(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(4);
            return head.length == 4
                    && head[0] == 'P'
                    && head[1] == 'K'
                    && (head[2] == 3 && head[3] == 4 || head[2] == 5 && head[3] == 6);
        }
    }

    /** The names of the entries of a zip file. */
    public static List<String> namesInZip(Path path) throws IOException {
        try (InputFiles files = new InputFiles()) {
            return files.zip(path).stream().map(InputFile::name).toList();
        }
    }

    private List<InputFile> zip(Path path) throws IOException {
        ZipFile zip = opened(path);
        open.add(zip);
        if (zip.size() > MAX_ENTRIES) {
            throw DataException.in(path.toString(), "has more than " + MAX_ENTRIES + " entries");
        }
        List<InputFile> inside = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : entries(zip, path)) {
            String name = entry.getName();
            if (entry.isDirectory() || hidden(name)) {
                continue;
            }
            try {
                FileNames.requireSafe(inside.size(), name);
            } catch (DataException e) {
                throw DataException.in(path.toString(), String.valueOf(e.getMessage()));
            }
            if (!names.add(name)) {
                throw DataException.in(path.toString(), "two entries are named " + name);
            }
            inside.add(unpacked(zip, entry, path + "!" + name));
        }
        inside.sort(Comparator.comparing(InputFile::name));
        return inside;
    }

    private static ZipFile opened(Path path) throws IOException {
        try {
            return new ZipFile(path.toFile());
        } catch (EOFException | ZipException e) {
            throw new DataException(path + ": damaged zip file: " + e.getMessage(), e);
        }
    }

    private static List<? extends ZipEntry> entries(ZipFile zip, Path path) throws DataException {
        try {
            return zip.stream().toList();
        } catch (IllegalArgumentException e) {
            // For a name that is not UTF-8, which is not always noticed when the file is opened.
            throw new DataException(path + ": damaged zip file: " + e.getMessage(), e);
        }
    }

    private static InputFile unpacked(ZipFile zip, ZipEntry entry, String place) {
        long packed = entry.getCompressedSize();
        return new InputFile(entry.getName(), place, packed, OptionalLong.empty(), OptionalInt.empty(), () -> {
            try {
                InputStream in = zip.getInputStream(entry);
                return new UnpackedStream(in, place, packed, entry.getCrc());
            } catch (EOFException | ZipException e) {
                throw new DataException(place + ": damaged zip file: " + e.getMessage(), e);
            }
        });
    }

    private static boolean hidden(String name) {
        for (String part : name.split("/", -1)) {
            // What macOS puts next to the files of a zip file is in a folder of this name.
            if ((part.startsWith(".") && !part.equals(".") && !part.equals("..")) || part.equals("__MACOSX")) {
                return true;
            }
        }
        return false;
    }

    private void distinguish(List<Path> paths, List<Integer> ends, List<Boolean> single) {
        Set<String> seen = new HashSet<>();
        if (files.stream().allMatch(file -> seen.add(file.name()))) {
            return;
        }
        List<String> labels = Names.distinct(
                paths.stream().map(path -> String.valueOf(path.getFileName())).toList());
        int at = 0;
        for (int p = 0; p < paths.size(); p++) {
            for (; at < ends.get(p); at++) {
                InputFile file = files.get(at);
                files.set(at, file.named(single.get(p) ? labels.get(p) : labels.get(p) + "/" + file.name()));
            }
        }
    }
}
