package dev.ardm.data.array;

import dev.ardm.data.DataException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dictionary in the header of an NPY file. */
record NpyHeader(ArrayReader.Element element, boolean bigEndian, long[] shape) {
    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]{1,20})['\"]");
    private static final Pattern FORTRAN = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9,\\sL]{0,400})\\)");
    private static final Pattern WHOLE = Pattern.compile("\\s*\\{[^{}]*\\}\\s*");

    /** Reads the dictionary, which begins at a byte of the file. */
    static NpyHeader parse(String file, int offset, String text) throws DataException {
        if (!WHOLE.matcher(text).matches()) {
            throw DataException.at(file, offset, "the NPY header is not a dictionary");
        }
        String descr = find(file, offset, text, DESCR, "descr (one plain element type)");
        if (find(file, offset, text, FORTRAN, "fortran_order").equals("True")) {
            throw DataException.at(
                    file, offset, "the array is in Fortran order; save it again with numpy.ascontiguousarray");
        }
        String[] extents = find(file, offset, text, SHAPE, "shape")
                .replace("L", "")
                .strip()
                .split("\\s*,\\s*");
        long[] shape = new long[extents.length];
        for (int axis = 0; axis < shape.length; axis++) {
            if (extents[axis].isEmpty() && shape.length == 1) {
                return new NpyHeader(element(file, offset, descr), bigEndian(descr), new long[0]);
            }
            if (!extents[axis].matches("[0-9]{1,18}")) {
                throw DataException.at(file, offset, "the NPY header has a bad shape: " + Arrays.toString(extents));
            }
            shape[axis] = Long.parseLong(extents[axis]);
        }
        return new NpyHeader(element(file, offset, descr), bigEndian(descr), shape);
    }

    private static String find(String file, int offset, String text, Pattern pattern, String key) throws DataException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw DataException.at(file, offset, "the NPY header has no " + key);
        }
        return matcher.group(1);
    }

    static boolean bigEndian(String descr) {
        return descr.startsWith(">");
    }

    static ArrayReader.Element element(String file, int offset, String descr) throws DataException {
        String type = descr.matches("[<>|=].*") ? descr.substring(1) : descr;
        if (descr.startsWith("=") || (descr.startsWith("|") && !type.endsWith("1"))) {
            throw DataException.at(file, offset, "the byte order of '" + descr + "' is not known");
        }
        return switch (type) {
            case "b1" -> ArrayReader.Element.BOOL;
            case "u1" -> ArrayReader.Element.U1;
            case "i1" -> ArrayReader.Element.I1;
            case "u2" -> ArrayReader.Element.U2;
            case "i2" -> ArrayReader.Element.I2;
            case "u4" -> ArrayReader.Element.U4;
            case "i4" -> ArrayReader.Element.I4;
            case "u8" -> ArrayReader.Element.U8;
            case "i8" -> ArrayReader.Element.I8;
            default ->
                throw DataException.at(
                        file, offset, "elements of type '" + descr + "' are not integers; items need integers from 0");
        };
    }
}
