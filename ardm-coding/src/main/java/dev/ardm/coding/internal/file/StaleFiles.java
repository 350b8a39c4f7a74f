package dev.ardm.coding.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporary files of {@link AtomicFile}, and folders of {@link TemporaryFolder} with their locks, of processes that
 * were killed before they could delete them. A file is deleted only if its name is one of ours, it has not changed for a
 * minute, the process in its name does not run here, and no process (in another container, for example) holds its lock.
 */
final class StaleFiles {
    static final Duration MIN_AGE = Duration.ofMinutes(1);

    private static final Pattern NAME =
            Pattern.compile("\\..+\\.tmp-(\\d{1,18})-\\d{1,9}(" + Pattern.quote(TemporaryFolder.LOCK) + ")?");
    /** How long a folder counts as clean. After that time, new leftovers are old enough to be deleted. */
    private static final Duration CLEAN_FOR = Duration.ofMinutes(10);

    private static final Map<Path, Instant> CLEANED = new ConcurrentHashMap<>();

    private StaleFiles() {}

    /** Cleans a folder that is written to, now and then: a folder of many files takes a while to list. */
    static void cleanAtTimes(Path folder, Instant now) {
        Path key = folder.toAbsolutePath().normalize();
        Instant before = CLEANED.get(key);
        if (before == null || before.isBefore(now.minus(CLEAN_FOR))) {
            CLEANED.put(key, now);
            clean(key, now);
        }
    }

    /** Cleans a folder. Files that cannot be read or deleted stay: cleaning is optional and must not stop any work. */
    static void clean(Path folder, Instant now) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp-*")) {
            for (Path file : files) {
                cleanFile(file, now);
            }
        } catch (IOException | RuntimeException e) {
            // The folder may not be readable, or another process cleans it at the same time.
        }
    }

    private static void cleanFile(Path file, Instant now) {
        try {
            if (isStale(file, now)) {
                if (TemporaryFolder.isLock(file)) {
                    deleteFolderOf(file);
                }
                Files.deleteIfExists(file);
            }
        } catch (IOException | RuntimeException e) {
            // It may be gone: a folder is, once its lock was looked at.
        }
    }

    /**
     * Deletes the folder that a stale lock belongs to; see {@link TemporaryFolder}. Somebody else may look at the same lock, so
     * it is held meanwhile.
     */
    private static void deleteFolderOf(Path lockFile) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            Path folder = TemporaryFolder.ofLock(lockFile);
            if (lock != null && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                TemporaryFolder.deleteTree(folder);
            }
        } catch (OverlappingFileLockException e) {
            // Of this process.
        }
    }

    private static boolean isStale(Path file, Instant now) throws IOException {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches() || running(Long.parseLong(name.group(1)), file)) {
            return false;
        }
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.isRegularFile()
                && attributes.lastModifiedTime().toInstant().isBefore(now.minus(MIN_AGE))
                && unlocked(file);
    }

    /** Processes in containers often have the same small number; of this very process we know its files. */
    private static boolean running(long process, Path file) {
        return process == ProcessHandle.current().pid()
                ? PendingFiles.contains(file)
                : ProcessHandle.of(process).isPresent();
    }

    private static boolean unlocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
