package dev.ardm.app.quickstart;

import dev.ardm.core.RandomStream;
import dev.ardm.core.RandomStream.Purpose;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The log of a made-up shop's server: requests of users that run side by side, with addresses and durations, what they cause in
 * other parts, jobs, and failures with the calls that led there. It is made by arithmetic that is the same on every machine.
 */
final class LogLines {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final LocalDateTime BEGIN = LocalDateTime.of(2026, 3, 2, 8, 0);
    /** Two requests are about that many milliseconds apart at most. */
    private static final int PAUSE = 400;

    private static final String[] USERS = {
        "alice", "bogdan", "chen.li", "dorothea", "emre", "fatima", "guest", "hiroshi", "ines", "jonas", "k.okafor"
    };
    private static final String[] PATHS = {
        "/", "/search?q=lamp", "/cart", "/items/%d", "/orders/%d", "/login", "/items/%d/pictures", "/account"
    };
    private static final String[] TABLES = {"items", "orders", "carts", "prices", "stock"};
    private static final String[] JOBS = {"expire-carts", "send-invoices", "rebuild-search-index", "rotate-keys"};
    private static final String[] FAILURES = {
        "java.net.SocketTimeoutException: Read timed out",
        "java.lang.IllegalStateException: order %d was paid for already",
        "java.io.IOException: connection reset by peer"
    };
    private static final String[] CALLS = {
        "shop.payment.Terminal.charge(Terminal.java:118)",
        "shop.payment.Payments.pay(Payments.java:64)",
        "shop.orders.Checkout.finish(Checkout.java:203)",
        "shop.web.Handler.handle(Handler.java:41)"
    };

    private record Line(int millis, String text) {}

    private final RandomStream random;
    private final List<Line> lines = new ArrayList<>();
    private int millis;

    private LogLines(long seed) {
        this.random = RandomStream.of(seed, Purpose.SYNTHETIC, 0);
    }

    /** So many lines in the order of their times, without their ends. */
    static List<String> of(int count, long seed) {
        LogLines log = new LogLines(seed);
        int begin = 0;
        while (log.lines.size() < count) {
            begin += 1 + log.random.nextInt(PAUSE);
            log.millis = begin;
            if (log.random.nextInt(25) == 0) {
                log.line("INFO", "scheduler", "jobs.Runner", "%s took %d ms", log.often(JOBS), log.duration());
            } else {
                log.request();
            }
        }
        return log.lines.stream()
                .sorted(Comparator.comparingInt(Line::millis))
                .limit(count)
                .map(Line::text)
                .toList();
    }

    private void request() {
        String thread = "http-" + (1 + random.nextInt(8));
        String request = String.format(Locale.ROOT, "%08x", random.nextInt());
        String user = often(USERS);
        String path = number(often(PATHS));
        boolean write = random.nextInt(4) == 0;
        int begin = millis;
        if (path.equals("/login")) {
            line("INFO", thread, "auth.Sessions", "%s logged in from %s", user, address());
        }
        for (int query = random.nextInt(3); query > 0; query--) {
            String table = often(TABLES);
            if (random.nextInt(3) == 0) {
                line("DEBUG", thread, "cache.Store", "miss %s:%d", table, id());
            }
            int took = duration();
            millis += took;
            String level = took > 200 ? "WARN" : "DEBUG";
            line(level, thread, "db.Pool", "[%s] select from %s took %d ms", request, table, took);
        }
        boolean failed = write && random.nextInt(12) == 0;
        if (failed) {
            line("ERROR", thread, "web.Handler", "[%s] %s", request, number(often(FAILURES)));
            for (String call : CALLS) {
                lines.add(new Line(millis, "    at " + call));
            }
        }
        millis += 1 + random.nextInt(9);
        String method = write ? "POST" : "GET";
        int status = failed ? 500 : 200;
        Object[] said = {request, address(), user, method, path, status, millis - begin};
        line("INFO", thread, "web.Access", "[%s] %s %s %s %s %d %d ms", said);
    }

    private void line(String level, String thread, String part, String text, Object... arguments) {
        String time = TIME.format(BEGIN.plusNanos(millis * 1_000_000L));
        String begin = String.format(Locale.ROOT, "%s %-5s [%s] %s: ", time, level, thread, part);
        lines.add(new Line(millis, begin + String.format(Locale.ROOT, text, arguments)));
    }

    /** One of several, the first ones more often. */
    private String often(String[] of) {
        double u = random.nextDouble();
        return of[(int) (u * u * of.length)];
    }

    private String number(String text) {
        return text.contains("%d") ? String.format(Locale.ROOT, text, id()) : text;
    }

    private int id() {
        return 40_000 + random.nextInt(9_000);
    }

    private String address() {
        return "10.20." + random.nextInt(4) + "." + (1 + random.nextInt(60));
    }

    /** Milliseconds, mostly few. */
    private int duration() {
        return 1 + random.nextInt(4 << random.nextInt(8));
    }
}
