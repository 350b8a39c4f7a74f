package dev.ardm.fuzz;

import dev.ardm.core.Space;
import dev.ardm.data.DataException;
import dev.ardm.data.image.Masks;
import dev.ardm.data.image.PaintedMask;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** A mask: the name of one if the first byte is {@code n}, else the picture of one after that byte. */
final class MaskTarget implements FuzzTarget {
    private static final Space SPACE = Space.image(5, 7, 3, 4);

    @Override
    public String name() {
        return "mask";
    }

    @Override
    public Set<Class<? extends Exception>> documented() {
        return Set.of(DataException.class, IllegalArgumentException.class);
    }

    @Override
    public void run(byte[] input, Scratch scratch) throws Exception {
        if (input.length == 0) {
            throw new DataException("no choice");
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        boolean[] mask = input[0] == 'n'
                ? Masks.parse(new String(rest, StandardCharsets.UTF_8), SPACE)
                : PaintedMask.read(scratch.file("mask", rest), Masks.Grid.of(SPACE), null);
        PropertyViolation.unless(mask.length == SPACE.dimensions(), "a mask is of the space");
    }
}
