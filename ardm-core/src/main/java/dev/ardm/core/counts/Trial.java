package dev.ardm.core.counts;

import dev.ardm.coding.AnsStack;
import dev.ardm.core.counts.internal.SymbolCoder;
import java.nio.file.*;
import java.util.*;

class Trial {
    static List<int[]> windows(String f, long max, boolean lines) throws Exception {
        byte[] b; try (var in = f.endsWith(".gz") ? new java.util.zip.GZIPInputStream(Files.newInputStream(Path.of(f))) : Files.newInputStream(Path.of(f))) { b = in.readNBytes((int) max); }
        List<int[]> out = new ArrayList<>();
        for (int i = 0; i < b.length; ) { int e; if (lines) { e = i; while (e < b.length && b[e] != 10) e++; } else e = Math.min(b.length, i + 128);
            int[] x = new int[e - i]; for (int k = i; k < e; k++) x[k - i] = b[k] & 255; out.add(x); i = lines ? e + 1 : e; }
        return out;
    }
    static class Cost implements SymbolCoder {
        double bits;
        public boolean decide(int p, boolean h) { bits += 16 - Math.log(h ? p : 65536 - p) / Math.log(2); return h; }
        public int choose(int[] s, int cases, int c) { bits += 16 - Math.log(s[c + 1] - s[c]) / Math.log(2); return c; }
    }
    public static void main(String[] a) throws Exception {
        String train = a[0], test = a[1]; long max = Long.parseLong(a[2]); boolean lines = a[3].equals("lines");
        String form = a[4]; int most = Integer.parseInt(a[5]);
        List<int[]> all = windows(train, max, lines), tests = windows(test, lines ? 1 << 29 : 64000, lines);
        long symbols = all.stream().mapToLong(x -> x.length + 1).sum();
        long t = System.nanoTime();
        byte[] bytes = form.equals("primer") ? Primer.encode(all, new Learnt()) : Entries.learn(all, symbols, most);
        System.out.printf("%s: %d symbols to %d bytes, %.1f s%n", form, symbols, bytes.length, (System.nanoTime() - t) / 1e9);
        Learnt learnt = null;
        for (int r = 0; r < 2; r++) {
        t = System.nanoTime();
        learnt = form.equals("primer") ? Primer.decode(bytes, (int) symbols).learnt() : Entries.read(bytes);
        System.out.printf("read %.2f s%n", (System.nanoTime() - t) / 1e9);
        }
        t = System.nanoTime();
        Cost cost = new Cost(); long n = 0; SymbolPredictor predictor = new SymbolPredictor(learnt, 256, lines);
        for (int[] x : tests) { if (!lines) for (int k = 0; k < x.length; k++) x[k] = x[k] == 32 ? 32 : x[k]; predictor.write(cost, x, false); n += x.length; }
        System.out.printf("test %d: %.4f bits, %.0f bytes, %.1f s; items+model %.0f%n", n, cost.bits / n, cost.bits / 8, (System.nanoTime() - t) / 1e9, bytes.length + cost.bits / 8 / n * symbols);
    }
}
