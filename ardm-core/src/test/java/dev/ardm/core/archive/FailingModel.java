package dev.ardm.core.archive;

import dev.ardm.coding.format.ArchivedItem;
import dev.ardm.core.Item;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.LikelihoodModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/** A model whose coders stop encoding on demand. */
record FailingModel(LikelihoodModel model, AtomicBoolean failing) {
    static FailingModel of(LikelihoodModel whole) {
        AtomicBoolean failing = new AtomicBoolean();
        return new FailingModel(withCoders(whole, coder -> new Coder(coder, failing)), failing);
    }

    /** What an inexact machine would do: of each list, item 1 does not decode, and item 3 decodes to another one. */
    static LikelihoodModel inexact(LikelihoodModel whole) {
        return withCoders(whole, coder -> new Coder(coder, new AtomicBoolean()) {
            @Override
            public List<Optional<int[]>> decode(List<ArchivedItem> items, IntConsumer progress) {
                List<Optional<int[]>> back = new ArrayList<>(super.decode(items, progress));
                back.set(1, Optional.empty());
                back.get(3).orElseThrow()[5] ^= 1;
                return back;
            }
        });
    }

    private static LikelihoodModel withCoders(LikelihoodModel whole, UnaryOperator<ItemCoder> coders) {
        return (LikelihoodModel) Proxy.newProxyInstance(
                LikelihoodModel.class.getClassLoader(),
                new Class<?>[] {LikelihoodModel.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("on")) {
                        return proxy;
                    }
                    try {
                        Object result = method.invoke(whole, arguments);
                        if (result == whole) {
                            return proxy; // It is its only part.
                        }
                        return result instanceof ItemCoder coder
                                        && method.getName().equals("coder")
                                ? coders.apply(coder)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void fail() {
        failing.set(true);
    }

    private static class Coder implements ItemCoder {
        private final ItemCoder coder;
        private final AtomicBoolean failing;

        Coder(ItemCoder coder, AtomicBoolean failing) {
            this.coder = coder;
            this.failing = failing;
        }

        @Override
        public List<byte[]> encode(List<Item> items, IntConsumer progress) {
            if (failing.get()) {
                throw new IllegalStateException("no more memory");
            }
            return coder.encode(items, progress);
        }

        @Override
        public List<Optional<int[]>> decode(List<ArchivedItem> items, IntConsumer progress) {
            return coder.decode(items, progress);
        }

        @Override
        public long windows(int length, int[] shape) {
            return coder.windows(length, shape);
        }
    }
}
