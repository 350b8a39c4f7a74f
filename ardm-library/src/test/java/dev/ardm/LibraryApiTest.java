package dev.ardm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What users see of the library: its own types, those of the JDK, and the errors of archives. */
class LibraryApiTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("basedir", ".")).resolve("src/main/java/dev/ardm");

    private static List<Class<?>> publicTypes() {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<Class<?>> types = new ArrayList<>();
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (!name.equals("package-info") && !name.equals("module-info")) {
                    add(Class.forName("dev.ardm." + name), types);
                }
            }
            return types;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(Class<?> type, List<Class<?>> types) {
        if (Modifier.isPublic(type.getModifiers())) {
            types.add(type);
            for (Class<?> inner : type.getDeclaredClasses()) {
                add(inner, types);
            }
        }
    }

    private static void classes(Type type, Set<String> into, int depth) {
        if (depth > 5) {
            return; // A variable whose bound names it.
        }
        if (type instanceof Class<?> plain) {
            Class<?> element = plain;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            if (!element.isPrimitive()) {
                into.add(element.getName());
            }
        } else if (type instanceof ParameterizedType of) {
            classes(of.getRawType(), into, depth + 1);
            Arrays.stream(of.getActualTypeArguments()).forEach(one -> classes(one, into, depth + 1));
        } else if (type instanceof GenericArrayType array) {
            classes(array.getGenericComponentType(), into, depth + 1);
        } else if (type instanceof WildcardType any) {
            Arrays.stream(any.getUpperBounds()).forEach(one -> classes(one, into, depth + 1));
            Arrays.stream(any.getLowerBounds()).forEach(one -> classes(one, into, depth + 1));
        } else if (type instanceof TypeVariable<?> variable) {
            Arrays.stream(variable.getBounds()).forEach(one -> classes(one, into, depth + 1));
        }
    }

    private static Set<String> named(Class<?> type) {
        Set<String> names = new TreeSet<>();
        if (type.getGenericSuperclass() != null) {
            classes(type.getGenericSuperclass(), names, 0);
        }
        Arrays.stream(type.getGenericInterfaces()).forEach(one -> classes(one, names, 0));
        for (Executable one : Stream.concat(
                        Arrays.stream(type.getDeclaredMethods()), Arrays.stream(type.getDeclaredConstructors()))
                .toList()) {
            if (!Modifier.isPublic(one.getModifiers()) && !Modifier.isProtected(one.getModifiers())
                    || one.isSynthetic()) {
                continue;
            }
            Arrays.stream(one.getGenericParameterTypes()).forEach(of -> classes(of, names, 0));
            Arrays.stream(one.getGenericExceptionTypes()).forEach(of -> classes(of, names, 0));
            Arrays.stream(one.getTypeParameters()).forEach(of -> classes(of, names, 0));
            if (one instanceof Method method) {
                classes(method.getGenericReturnType(), names, 0);
            }
        }
        return names;
    }

    @Test
    void onlyTheJdkAndTheLibraryAreNamed() {
        assertThat(publicTypes()).isNotEmpty();
        for (Class<?> type : publicTypes()) {
            assertThat(named(type))
                    .as(type.getName())
                    .allMatch(name -> name.startsWith("java.")
                            || name.startsWith("javax.")
                            || name.matches("dev\\.ardm\\.[^.]+")
                            || name.startsWith("dev.ardm.coding.error."));
        }
    }

    @Test
    void noTypeIsNamedAsOneOfJavaLang() {
        for (Class<?> type : publicTypes()) {
            assertThat(java(type.getSimpleName())).as(type.getSimpleName()).isFalse();
        }
        assertThat(java("Record")).isTrue();
    }

    private static boolean java(String name) {
        try {
            Class.forName("java.lang." + name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** About fifteen are a library that one can look at; more are an inside that shows. */
    @Test
    void thereAreFewTypes() {
        assertThat(publicTypes()).hasSizeBetween(10, 18);
    }

    @Test
    void typesAreFinal() {
        for (Class<?> type : publicTypes()) {
            assertThat(type.isInterface()
                            || type.isEnum()
                            || Modifier.isFinal(type.getModifiers())
                            || Throwable.class.isAssignableFrom(type))
                    .as(type.getName())
                    .isTrue();
        }
    }
}
