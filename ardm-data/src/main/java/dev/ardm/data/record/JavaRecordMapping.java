package dev.ardm.data.record;

import dev.ardm.data.DataException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Java records as rows: a column for each component, of its name. Components are texts, primitive types and
 * their wrappers, {@code BigInteger}, {@code BigDecimal}, enums, {@code UUID}, {@code Instant}, {@code LocalDate}, {@code LocalTime},
 * {@code LocalDateTime}, {@code OffsetDateTime} and {@code Duration}; all but primitive ones may be null. A binary fraction is the shortest
 * text that it is read from again; all not-a-numbers are one.
 *
 * @param <R> a record
 */
public final class JavaRecordMapping<R> implements MappedRecords.Mapping<R, String[]> {
    private static final Map<Class<?>, Function<String, Object>> READERS = readers();

    private final Class<R> type;
    private final Constructor<R> constructor;
    private final Map<Method, Function<String, Object>> components = new LinkedHashMap<>();

    private static Map<Class<?>, Function<String, Object>> readers() {
        Map<Class<?>, Function<String, Object>> readers = new HashMap<>();
        readers.put(String.class, text -> text);
        both(readers, byte.class, Byte.class, Byte::valueOf);
        both(readers, short.class, Short.class, Short::valueOf);
        both(readers, int.class, Integer.class, Integer::valueOf);
        both(readers, long.class, Long.class, Long::valueOf);
        both(readers, float.class, Float.class, Float::valueOf);
        both(readers, double.class, Double.class, Double::valueOf);
        both(readers, boolean.class, Boolean.class, JavaRecordMapping::truth);
        both(readers, char.class, Character.class, JavaRecordMapping::character);
        readers.put(BigInteger.class, BigInteger::new);
        readers.put(BigDecimal.class, BigDecimal::new);
        readers.put(UUID.class, UUID::fromString);
        readers.put(Instant.class, Instant::parse);
        readers.put(LocalDate.class, LocalDate::parse);
        readers.put(LocalTime.class, LocalTime::parse);
        readers.put(LocalDateTime.class, LocalDateTime::parse);
        readers.put(OffsetDateTime.class, OffsetDateTime::parse);
        readers.put(Duration.class, Duration::parse);
        return Map.copyOf(readers);
    }

    private static void both(
            Map<Class<?>, Function<String, Object>> readers,
            Class<?> primitive,
            Class<?> wrapper,
            Function<String, Object> reader) {
        readers.put(primitive, reader);
        readers.put(wrapper, reader);
    }

    /**
     * The mapping of a class.
     *
     * @throws IllegalArgumentException if it is no record, has no components, one is of another type, or this program may not use it
     */
    public JavaRecordMapping(Class<R> type) {
        this.type = type;
        RecordComponent[] parts = type.getRecordComponents();
        if (parts == null || parts.length == 0) {
            throw new IllegalArgumentException(type.getName() + " is no record with components");
        }
        for (RecordComponent part : parts) {
            Method accessor = part.getAccessor();
            accessor.trySetAccessible();
            components.put(accessor, reader(part));
        }
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName() + " has no canonical constructor", e);
        }
        if (!constructor.trySetAccessible()) {
            throw inaccessible(null);
        }
    }

    private Function<String, Object> reader(RecordComponent part) {
        Class<?> of = part.getType();
        if (of.isEnum()) {
            return text -> constant(of, text);
        }
        Function<String, Object> reader = READERS.get(of);
        if (reader == null) {
            throw new IllegalArgumentException(
                    "the component " + part.getName() + " of " + type.getName() + " is a " + of.getSimpleName()
                            + "; texts, numbers, booleans, characters, enums, dates and times, and UUIDs are possible");
        }
        return reader;
    }

    private static Object constant(Class<?> of, String name) {
        for (Object constant : Objects.requireNonNull(of.getEnumConstants())) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no constant of " + of.getSimpleName());
    }

    private static Object character(String text) {
        if (text.length() == 1) {
            return text.charAt(0);
        }
        throw new IllegalArgumentException("not one character");
    }

    private static Object truth(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException("neither true nor false");
    }

    private IllegalArgumentException inaccessible(@Nullable Exception cause) {
        return new IllegalArgumentException(
                type.getName()
                        + " is closed to this library; make the record public in an exported package, or say 'opens "
                        + type.getPackageName() + "' in its module",
                cause);
    }

    /** The names of the components. */
    public List<String> columns() {
        return components.keySet().stream().map(Method::getName).toList();
    }

    @Override
    public String[] to(R record) {
        Objects.requireNonNull(record, "the record is null");
        @Nullable String[] row = new @Nullable String[components.size()];
        int c = 0;
        for (Method accessor : components.keySet()) {
            Object value;
            try {
                value = accessor.invoke(record);
            } catch (IllegalAccessException e) {
                throw inaccessible(e);
            } catch (InvocationTargetException e) {
                throw new IllegalArgumentException(
                        "the component " + accessor.getName() + " of the record cannot be read: " + e.getCause(), e);
            }
            row[c++] = value instanceof Enum<?> constant ? constant.name() : value == null ? null : value.toString();
        }
        R back;
        try {
            back = from(row);
        } catch (DataException e) {
            throw new IllegalArgumentException("the record would not come back: " + e.getMessage(), e);
        }
        if (!back.equals(record)) {
            throw new IllegalArgumentException("the record would not come back: " + record + " would become " + back);
        }
        return row;
    }

    @Override
    public R from(String[] other) throws DataException {
        List<@Nullable String> row = Arrays.asList(other);
        @Nullable Object[] values = new @Nullable Object[other.length];
        int c = 0;
        for (Map.Entry<Method, Function<String, Object>> component : components.entrySet()) {
            values[c] = value(component.getKey(), component.getValue(), row.get(c));
            c++;
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new DataException(type.getSimpleName() + " refuses " + row + ": " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw inaccessible(e);
        }
    }

    private static @Nullable Object value(Method component, Function<String, Object> reader, @Nullable String text)
            throws DataException {
        if (text == null) {
            if (component.getReturnType().isPrimitive()) {
                throw new DataException("the column '" + component.getName() + "' is empty, but has to be of type "
                        + component.getReturnType().getSimpleName());
            }
            return null;
        }
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new DataException("the column '" + component.getName() + "' has '" + text + "', which is no "
                    + component.getReturnType().getSimpleName());
        }
    }
}
