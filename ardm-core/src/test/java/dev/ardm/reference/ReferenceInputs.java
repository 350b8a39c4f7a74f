package dev.ardm.reference;

/** What a network gets to know of a partly decoded item (arithmetic.md, Inputs). */
final class ReferenceInputs {

    private ReferenceInputs() {}

    /** Section Inputs, Values and mask. */
    static ReferenceMap valuesAndMask(int[] values, boolean[] known, int[] shape, int categories) {
        int depth = shape[2];
        ReferenceMap map = new ReferenceMap(shape[0], shape[1], 2 * depth);
        for (int position = 0; position < known.length; position++) {
            if (known[position]) {
                int at = position / depth * 2 * depth + position % depth;
                map.values()[at] = (float) (2 * values[position] - (categories - 1)) / (float) (categories - 1);
                map.values()[at + depth] = 1;
            }
        }
        return map;
    }

    /** Section Inputs, Ids: the rows of a table for the ids of all positions, one after the other. */
    static float[] ids(int[] values, boolean[] known, float[] table, int categories) {
        int row = table.length / (categories + 1);
        float[] rows = new float[known.length * row];
        for (int position = 0; position < known.length; position++) {
            int id = known[position] ? values[position] : categories;
            System.arraycopy(table, id * row, rows, position * row, row);
        }
        return rows;
    }

    /** Section Inputs, Time. */
    static float[] time(boolean[] known, int size) {
        int count = 0;
        for (boolean one : known) {
            count += one ? 1 : 0;
        }
        float f = (float) count / (float) known.length;
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
