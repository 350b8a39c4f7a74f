package dev.ardm.coding.internal.file;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The file system, and a record of what matters after a power cut: which files are written, forced to the disk, and get a name, in
 * this order. A folder is recorded by its name, a temporary file as {@code temporary}.
 */
public final class RecordingFileSystem extends FileSystem {
    private final FileSystem real;
    private final Provider provider;
    private final List<String> events = new ArrayList<>();

    private RecordingFileSystem(FileSystem real) {
        this.real = real;
        this.provider = new Provider(real.provider());
    }

    /** The same path, in a file system that records. */
    public static Path recorded(Path path) {
        return new RecordingFileSystem(path.getFileSystem()).wrap(path);
    }

    /** What was done so far in the file system of a path; writes to one file in a row are one. */
    public static List<String> events(Path path) {
        return ((RecordingFileSystem) path.getFileSystem()).events;
    }

    void record(String what, Path path) {
        String name = path.getFileName().toString();
        String event = what + " " + (name.contains(".tmp-") ? "temporary" : name);
        if (events.isEmpty() || !events.get(events.size() - 1).equals(event) || !what.equals("write")) {
            events.add(event);
        }
    }

    private interface Wrapped {
        Path real();
    }

    private static Path unwrap(Path path) {
        return path instanceof Wrapped wrapped ? wrapped.real() : path;
    }

    private Path wrap(Path path) {
        return (Path) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Path.class, Wrapped.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "real":
                            return path;
                        case "getFileSystem":
                            return this;
                        default:
                            return wrapped(invoke(method, path, arguments));
                    }
                });
    }

    private @Nullable Object wrapped(@Nullable Object result) {
        return result instanceof Path path ? wrap(path) : result;
    }

    private static @Nullable Object invoke(java.lang.reflect.Method method, Object on, Object @Nullable [] arguments)
            throws Throwable {
        Object[] real = arguments == null ? new Object[0] : arguments.clone();
        Arrays.setAll(real, k -> real[k] instanceof Path path ? unwrap(path) : real[k]);
        try {
            return method.invoke(on, real);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return real.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return StreamSupport.stream(real.getRootDirectories().spliterator(), false)
                .map(this::wrap)
                .toList();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return real.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return real.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return wrap(real.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntax) {
        PathMatcher matcher = real.getPathMatcher(syntax);
        return path -> matcher.matches(unwrap(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return real.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
        return real.newWatchService();
    }

    private final class Provider extends FileSystemProvider {
        private final FileSystemProvider real;

        Provider(FileSystemProvider real) {
            this.real = real;
        }

        @Override
        public String getScheme() {
            return "recording";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            return RecordingFileSystem.this;
        }

        @Override
        public Path getPath(URI uri) {
            return wrap(real.getPath(uri));
        }

        @Override
        public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException {
            FileChannel channel = real.newFileChannel(unwrap(path), options, attributes);
            return new RecordingChannel(channel, what -> record(what, path));
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
            return real.newByteChannel(unwrap(path), options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            DirectoryStream<Path> stream = real.newDirectoryStream(unwrap(folder), path -> filter.accept(wrap(path)));
            return new DirectoryStream<>() {
                @Override
                public java.util.Iterator<Path> iterator() {
                    List<Path> paths = new ArrayList<>();
                    stream.forEach(path -> paths.add(wrap(path)));
                    return paths.iterator();
                }

                @Override
                public void close() throws IOException {
                    stream.close();
                }
            };
        }

        @Override
        public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
            real.createDirectory(unwrap(folder), attributes);
        }

        @Override
        public void createLink(Path link, Path existing) throws IOException {
            real.createLink(unwrap(link), unwrap(existing));
            record("name", link);
        }

        @Override
        public void delete(Path path) throws IOException {
            real.delete(unwrap(path));
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) throws IOException {
            real.copy(unwrap(source), unwrap(target), options);
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) throws IOException {
            real.move(unwrap(source), unwrap(target), options);
            record("name", target);
        }

        @Override
        public boolean isSameFile(Path path, Path other) throws IOException {
            return real.isSameFile(unwrap(path), unwrap(other));
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return real.isHidden(unwrap(path));
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return real.getFileStore(unwrap(path));
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            real.checkAccess(unwrap(path), modes);
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return real.getFileAttributeView(unwrap(path), type, options);
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return real.readAttributes(unwrap(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            return real.readAttributes(unwrap(path), attributes, options);
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
            real.setAttribute(unwrap(path), attribute, value, options);
        }
    }
}
