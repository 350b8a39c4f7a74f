package dev.ardm.reference;

/** What a network gets to know of a partly decoded item (arithmetic.md, Inputs). */
final class ReferenceInputs {

    private ReferenceInputs() {}

    /** Section Inputs, Values and mask: a map of the given extents, depth variables to a place. */
    static ReferenceMap valuesAndMask(ReferenceSight sight, int rows, int columns, int depth) {
        int stages = sight.process().stages();
        int width = 2 * depth + (stages > 1 ? stages : 0);
        ReferenceMap map = new ReferenceMap(rows, columns, width);
        for (int position = 0; position < sight.known().length; position++) {
            int place = position / depth * width;
            int at = place + position % depth;
            if (sight.done(position) > 0) {
                map.values()[at] = sight.number(position);
            }
            if (sight.known()[position]) {
                map.values()[at + depth] = 1;
            }
            if (stages > 1) {
                map.values()[place + 2 * depth + sight.stage()] = 1;
            }
        }
        return map;
    }

    /** Section Inputs, Ids: the rows of a table for the ids of all positions, one after the other. */
    static float[] ids(ReferenceSight sight, float[] table) {
        int categories = sight.process().categories();
        int row = table.length / (categories + 1);
        float[] rows = new float[sight.known().length * row];
        for (int position = 0; position < sight.known().length; position++) {
            int id = sight.done(position) > 0 ? sight.least(position) : categories;
            System.arraycopy(table, id * row, rows, position * row, row);
        }
        return rows;
    }

    /** Section Inputs, Time. */
    static float[] time(ReferenceSight sight, int size) {
        int count = 0;
        for (boolean one : sight.known()) {
            count += one ? 1 : 0;
        }
        float f = (float) count / (float) sight.known().length;
        if (sight.process().stages() > 1) {
            f = ((float) sight.stage() + f) / (float) sight.process().stages();
        }
        float[] time = new float[size];
        int half = time.length / 2;
        for (int i = 0; i < half; i++) {
            double frequency = StrictMath.exp((-StrictMath.log(10000) * i) / Math.max(1, half - 1));
            double angle = (1000 * (double) f) * frequency;
            time[i] = (float) StrictMath.sin(angle);
            time[half + i] = (float) StrictMath.cos(angle);
        }
        return time;
    }
}
