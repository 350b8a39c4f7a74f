package dev.ardm.cli.console;

import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * Ctrl-C, termination and a terminal that is closed: exit code 1 with a message; temporary files are deleted by their owners' shutdown hooks. A
 * command that can stop in order asks {@link #requested} after {@link #stopInOrder}; a second signal ends it at once.
 */
public final class Interrupts {
    private static final AtomicBoolean REQUESTED = new AtomicBoolean();
    private static final AtomicBoolean IN_ORDER = new AtomicBoolean();

    private static volatile String advice = "";

    private Interrupts() {}

    public static void install() {
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            Signal.handle(new Signal(name), signal -> {
                if (IN_ORDER.get() && REQUESTED.compareAndSet(false, true)) {
                    System.err.println();
                    System.err.println("ardm: interrupted, finishing this step (once more to end at once)");
                    return;
                }
                System.err.println();
                System.err.println("ardm: interrupted" + advice);
                Runtime.getRuntime().exit(1);
            });
        }
    }

    /** From now on the first signal only sets {@link #requested}. */
    public static void stopInOrder() {
        IN_ORDER.set(true);
    }

    /** What to say about going on if a signal ends the program. */
    public static void advise(String text) {
        advice = text;
    }

    /** From now on a signal ends the program again. */
    public static void stopAtOnce() {
        IN_ORDER.set(false);
    }

    public static boolean requested() {
        return REQUESTED.get();
    }
}
