package dev.ardm.coding;

/**
 * Puts symbols on a stack and takes them off again.
 *
 * <p>Push and pop are exact inverses, on the symbol and on the whole state of the stack: a pop after a push gives the symbol
 * back and leaves the stack as it was, and a push of what a pop gave restores the stack. Codecs hold no state of their own,
 * so they can be shared between threads.
 *
 * @param <S> the type of the symbols
 */
public interface Codec<S> {
    /**
     * Puts a symbol on the stack.
     *
     * @throws IllegalArgumentException if the codec has no code for the symbol; the stack may have changed by then
     */
    void push(AnsStack stack, S symbol);

    /** Takes a symbol off the stack. Never fails: from an exhausted stack comes an arbitrary symbol. */
    S pop(AnsStack stack);
}
