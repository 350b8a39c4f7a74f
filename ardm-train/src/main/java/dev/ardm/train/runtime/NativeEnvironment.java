package dev.ardm.train.runtime;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Variables of the environment as native libraries see them. They read some when they are loaded, and Java has no way to set one for its own
 * process. POSIX lets a program replace the list that {@code environ} points to.
 */
final class NativeEnvironment {
    private NativeEnvironment() {}

    /**
     * Sets a variable that is not set. To be called before other threads change the environment, which no Java code does.
     *
     * @return false where the system has no such list
     */
    static synchronized boolean add(String name, String value) {
        Pointer variable = Loader.addressof("environ");
        if (variable == null || variable.isNull()) {
            return false;
        }
        PointerPointer<Pointer> environ = new PointerPointer<>(variable);
        PointerPointer<Pointer> before = new PointerPointer<>(environ.get(0));
        int count = 0;
        while (!before.isNull() && before.get(count) != null) {
            count++;
        }
        // Both stay for good: nobody knows who still reads them.
        Pointer list = Pointer.malloc((count + 2L) * Pointer.sizeof(PointerPointer.class));
        BytePointer text = new BytePointer(name + "=" + value);
        BytePointer kept = new BytePointer(Pointer.malloc(text.capacity()));
        Pointer.memcpy(kept, text, text.capacity());
        PointerPointer<Pointer> after = new PointerPointer<>(list);
        for (int i = 0; i < count; i++) {
            after.put(i, before.get(i));
        }
        after.put(count, kept);
        after.put(count + 1L, (Pointer) null);
        environ.put(0, list);
        return true;
    }
}
