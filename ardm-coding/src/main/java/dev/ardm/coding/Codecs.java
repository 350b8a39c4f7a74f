package dev.ardm.coding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ListIterator;
import java.util.function.Function;

/** The codecs that others are made of. Each keeps the promise of {@link Codec} if its parts do. */
public final class Codecs {
    private Codecs() {}

    /** Two symbols coded one after the other. */
    public record Pair<A, B>(A first, B second) {}

    /** Symbols 0 to n-1 with equal frequencies (see {@link TableDistribution#uniform}), at the smallest precision from 24 bits on that fits. */
    public static Codec<Integer> uniform(int n) {
        int needed = n <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(n - 1);
        return of(TableDistribution.uniform(n, Math.max(Distribution.DEFAULT_PRECISION, needed)));
    }

    /** The symbols of a distribution. Pushing an infeasible one is an {@link IllegalArgumentException}. */
    public static Codec<Integer> of(Distribution distribution) {
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, Integer symbol) {
                stack.push(distribution, symbol);
            }

            @Override
            public Integer pop(AnsStack stack) {
                return stack.pop(distribution);
            }
        };
    }

    /** The one symbol that needs no bits. Pushing another one is an {@link IllegalArgumentException}. */
    public static <S> Codec<S> constant(S value) {
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, S symbol) {
                if (!value.equals(symbol)) {
                    throw new IllegalArgumentException(symbol + " is not " + value);
                }
            }

            @Override
            public S pop(AnsStack stack) {
                return value;
            }
        };
    }

    /** Lists with one symbol for each codec; they pop from first to last. */
    public static <S> Codec<List<S>> sequence(List<? extends Codec<S>> codecs) {
        List<Codec<S>> parts = List.copyOf(codecs);
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, List<S> symbols) {
                if (symbols.size() != parts.size()) {
                    throw new IllegalArgumentException(symbols.size() + " symbols for " + parts.size() + " codecs");
                }
                ListIterator<S> symbol = symbols.listIterator(symbols.size());
                ListIterator<Codec<S>> part = parts.listIterator(parts.size());
                while (part.hasPrevious()) {
                    part.previous().push(stack, symbol.previous());
                }
            }

            @Override
            public List<S> pop(AnsStack stack) {
                List<S> symbols = new ArrayList<>(parts.size());
                for (Codec<S> part : parts) {
                    symbols.add(part.pop(stack));
                }
                return Collections.unmodifiableList(symbols);
            }
        };
    }

    /** Lists of n symbols of one codec; they pop from first to last. */
    public static <S> Codec<List<S>> repeat(Codec<S> codec, int n) {
        return sequence(Collections.nCopies(n, codec));
    }

    /** Pairs of independent symbols; the first pops first. */
    public static <A, B> Codec<Pair<A, B>> pair(Codec<A> first, Codec<B> second) {
        return dependent(first, symbol -> second);
    }

    /** Pairs whose second symbol is coded in a way that depends on the first; the first pops first. */
    public static <A, B> Codec<Pair<A, B>> dependent(Codec<A> first, Function<? super A, Codec<B>> second) {
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, Pair<A, B> symbol) {
                second.apply(symbol.first()).push(stack, symbol.second());
                first.push(stack, symbol.first());
            }

            @Override
            public Pair<A, B> pop(AnsStack stack) {
                A symbol = first.pop(stack);
                return new Pair<>(symbol, second.apply(symbol).pop(stack));
            }
        };
    }

    /**
     * The symbols of a codec under other names.
     *
     * @param to from the codec's symbol to the new one
     * @param from the exact inverse of {@code to}
     */
    public static <S, T> Codec<T> map(
            Codec<S> codec, Function<? super S, ? extends T> to, Function<? super T, ? extends S> from) {
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, T symbol) {
                codec.push(stack, from.apply(symbol));
            }

            @Override
            public T pop(AnsStack stack) {
                return to.apply(codec.pop(stack));
            }
        };
    }

    /**
     * Symbols of a model with a latent variable, at the cost of the evidence bound rather than of symbol and latent
     * together: the latent is drawn by popping bits that are on the stack already, and the receiver gets those bits back.
     *
     * <p>The saving needs content on the stack to draw from. On an almost empty stack the codec stays exact, but the bits
     * drawn are not there to be gained. Source: J. Townsend, T. Bird and D. Barber, "Practical lossless compression with
     * latent variables using bits back coding" (2019).
     *
     * @param prior the latent variable
     * @param likelihood the symbol given the latent variable
     * @param posterior the latent variable given the symbol; every latent it can give must have a code in the prior, and
     *     the symbol one in the likelihood
     */
    public static <Z, X> Codec<X> bitsBack(
            Codec<Z> prior, Function<? super Z, Codec<X>> likelihood, Function<? super X, Codec<Z>> posterior) {
        return new Codec<>() {
            @Override
            public void push(AnsStack stack, X symbol) {
                Z latent = posterior.apply(symbol).pop(stack);
                likelihood.apply(latent).push(stack, symbol);
                prior.push(stack, latent);
            }

            @Override
            public X pop(AnsStack stack) {
                Z latent = prior.pop(stack);
                X symbol = likelihood.apply(latent).pop(stack);
                posterior.apply(symbol).push(stack, latent);
                return symbol;
            }
        };
    }
}
