package dev.ardm.core.archive;

import dev.ardm.coding.ArchivedItem;
import dev.ardm.core.Item;
import dev.ardm.core.model.ItemCoder;
import dev.ardm.core.model.LikelihoodModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/** A model whose coders stop encoding on demand. */
record FailingModel(LikelihoodModel model, AtomicBoolean failing) {
    static FailingModel of(LikelihoodModel whole) {
        AtomicBoolean failing = new AtomicBoolean();
        LikelihoodModel model = (LikelihoodModel) Proxy.newProxyInstance(
                LikelihoodModel.class.getClassLoader(),
                new Class<?>[] {LikelihoodModel.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("on")) {
                        return proxy;
                    }
                    try {
                        Object result = method.invoke(whole, arguments);
                        return result instanceof ItemCoder coder
                                        && method.getName().equals("coder")
                                ? new Coder(coder, failing)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new FailingModel(model, failing);
    }

    void fail() {
        failing.set(true);
    }

    private record Coder(ItemCoder coder, AtomicBoolean failing) implements ItemCoder {
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
