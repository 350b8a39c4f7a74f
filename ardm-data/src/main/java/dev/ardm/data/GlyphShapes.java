package dev.ardm.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The strokes of digits and letters, without fonts. Coordinates run from (0, 0) at the top left to (100, 100); strokes
 * are separated by {@code |}, and those with {@code ~} before them are smooth curves through their points.
 */
final class GlyphShapes {
    private static final String[] TABLE = {
        "~50,5 24,22 18,52 28,84 50,95 72,84 82,52 76,22 50,5", // 0
        "30,22 52,5 52,95", // 1
        "~20,28 34,9 60,6 77,24 68,50 42,74 20,93|20,93 82,93", // 2
        "~22,14 48,5 74,20 68,40 44,47|~44,47 74,54 79,78 52,95 20,86", // 3
        "64,95 64,5 16,66 86,66", // 4
        "76,6 32,6 27,46|~27,46 54,38 78,56 72,86 46,95 20,84", // 5
        "~70,7 40,28 22,62 34,90 60,94 78,72 62,52 38,56 23,72", // 6
        "18,8 82,8 42,95", // 7
        "~50,47 27,30 34,9 66,9 73,30 50,47 24,70 32,93 68,93 76,70 50,47", // 8
        "~76,30 60,50 34,46 24,26 40,6 66,8 76,30|~76,30 74,66 58,95", // 9
        "14,95 50,5 86,95|28,62 72,62", // A
        "24,5 24,95|~24,5 62,7 70,27 24,47|~24,47 70,52 77,76 24,95", // B
        "~80,20 56,5 26,24 20,60 42,93 80,82", // C
        "24,5 24,95|~24,5 68,16 80,50 66,86 24,95", // D
        "76,6 26,6 26,95 78,95|26,50 68,50", // E
        "22,5 22,95|78,5 78,95|22,50 78,50", // H
        "66,5 66,72|~66,72 56,93 34,93 24,74", // J
        "24,5 24,95|76,6 24,58|42,44 80,95", // K
        "26,5 26,95 78,95", // L
        "14,95 22,5 50,62 78,5 86,95", // M
        "20,95 20,5 80,95 80,5", // N
        "26,95 26,5|~26,5 68,8 76,28 66,48 26,52", // P
        "26,95 26,5|~26,5 68,8 76,28 66,46 26,50|46,50 80,95", // R
        "~76,16 50,5 27,20 36,42 64,54 76,76 52,95 22,84", // S
        "16,6 84,6|50,6 50,95", // T
        "~20,5 20,62 34,91 66,91 80,62 80,5", // U
        "16,5 50,95 84,5", // V
        "18,5 82,95|82,5 18,95", // X
        "18,5 50,50|82,5 50,50 50,95", // Y
        "20,6 80,6 20,94 82,94", // Z
    };

    private static final double[][][][] SHAPES = new double[TABLE.length][][][];

    /** Points between two control points of a smooth stroke. */
    private static final int STEPS = 5;

    static {
        for (int i = 0; i < TABLE.length; i++) {
            SHAPES[i] = parse(TABLE[i]);
        }
    }

    private GlyphShapes() {}

    static int count() {
        return TABLE.length;
    }

    /** Strokes of control points: {@code [stroke][point][x, y]}, not to be changed. */
    static double[][][] strokes(int glyph) {
        return SHAPES[glyph];
    }

    static boolean smooth(int glyph, int stroke) {
        return TABLE[glyph].split("\\|")[stroke].startsWith("~");
    }

    private static double[][][] parse(String text) {
        String[] strokes = text.split("\\|");
        double[][][] shape = new double[strokes.length][][];
        for (int s = 0; s < strokes.length; s++) {
            String[] points = strokes[s].replace("~", "").split(" ");
            shape[s] = new double[points.length][];
            for (int p = 0; p < points.length; p++) {
                int comma = points[p].indexOf(',');
                shape[s][p] = new double[] {
                    Integer.parseInt(points[p].substring(0, comma)), Integer.parseInt(points[p].substring(comma + 1))
                };
            }
        }
        return shape;
    }

    /** Points along the curve through the control points (Catmull-Rom). */
    static List<double[]> curve(double[][] control) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i + 1 < control.length; i++) {
            double[] a = control[Math.max(0, i - 1)];
            double[] b = control[i];
            double[] c = control[i + 1];
            double[] d = control[Math.min(control.length - 1, i + 2)];
            for (int step = 0; step < STEPS; step++) {
                double t = (double) step / STEPS;
                points.add(new double[] {spline(a[0], b[0], c[0], d[0], t), spline(a[1], b[1], c[1], d[1], t)});
            }
        }
        points.add(control[control.length - 1]);
        return points;
    }

    private static double spline(double a, double b, double c, double d, double t) {
        return 0.5 * (2 * b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))));
    }
}
