package dev.ardm.bench;

import dev.ardm.coding.Distribution;
import dev.ardm.core.Space;
import dev.ardm.exact.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Which instructions of a method produce what an instruction works on, through local variables and branches, from its bytecode. */
final class Flow {
    private final ClassNode owner;
    private final MethodNode method;
    private final Frame<SourceValue>[] frames;

    private Flow(ClassNode owner, MethodNode method) {
        this.owner = owner;
        this.method = method;
        try {
            frames = new Analyzer<>(new Origins()).analyze(owner.name, method);
        } catch (AnalyzerException e) {
            throw new IllegalStateException(owner.name + "." + method.name, e);
        }
    }

    /** As its superclass, but a copy comes from where the original comes, and a parameter is a load of itself. */
    private static final class Origins extends SourceInterpreter {
        Origins() {
            super(Opcodes.ASM9);
        }

        @Override
        public SourceValue copyOperation(AbstractInsnNode instruction, SourceValue value) {
            return value;
        }

        @Override
        public SourceValue newParameterValue(boolean isInstance, int local, Type type) {
            return new SourceValue(type.getSize(), new VarInsnNode(Opcodes.ALOAD, local));
        }
    }

    /** The flow in each method with code. */
    static List<Flow> of(ClassNode type) {
        List<Flow> flows = new ArrayList<>();
        for (MethodNode method : type.methods) {
            if (method.instructions.size() > 0) {
                flows.add(new Flow(type, method));
            }
        }
        return flows;
    }

    /** The production classes that decide how an item is decoded. */
    static List<ClassNode> decoding() {
        return Decoding.TYPES;
    }

    private static final class Decoding {
        static final List<ClassNode> TYPES = Stream.of(Kernels.class, Space.class, Distribution.class)
                .flatMap(anchor -> module(anchor).stream())
                .toList();
    }

    /** All classes of the folder or the jar that a class comes from. */
    private static List<ClassNode> module(Class<?> anchor) {
        try {
            Path root = Path.of(
                    anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(root)) {
                return under(root);
            }
            try (FileSystem jar = FileSystems.newFileSystem(root)) {
                return under(jar.getPath("/"));
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(anchor.getName(), e);
        }
    }

    private static List<ClassNode> under(Path root) throws IOException {
        List<ClassNode> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                types.add(read(Files.newInputStream(file)));
            }
        }
        return types;
    }

    /** A class of the tests. */
    static ClassNode read(Class<?> type) {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try {
            return read(Objects.requireNonNull(type.getResourceAsStream(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClassNode read(InputStream file) throws IOException {
        try (file) {
            ClassNode node = new ClassNode();
            new ClassReader(file).accept(node, ClassReader.SKIP_FRAMES);
            return node;
        }
    }

    MethodNode method() {
        return method;
    }

    ClassNode owner() {
        return owner;
    }

    /** Class and method, for exceptions from a rule. */
    String name() {
        return owner.name.replace('/', '.') + "." + method.name;
    }

    /** Class, method and line, for people. */
    String place(AbstractInsnNode instruction) {
        for (AbstractInsnNode at = instruction; at != null; at = at.getPrevious()) {
            if (at instanceof LineNumberNode line) {
                return name() + ":" + line.line;
            }
        }
        return name();
    }

    /** Calls back with each instruction that can be reached, and what it takes from the stack, first things first. */
    void forEach(BiConsumer<AbstractInsnNode, List<SourceValue>> visitor) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (frames[method.instructions.indexOf(instruction)] != null && instruction.getOpcode() >= 0) {
                visitor.accept(instruction, operands(instruction));
            }
        }
    }

    /** What an instruction takes from the stack; none for kinds of instructions that no rule asks about. */
    List<SourceValue> operands(AbstractInsnNode instruction) {
        int index = method.instructions.indexOf(instruction);
        Frame<SourceValue> frame = index < 0 || index >= frames.length ? null : frames[index];
        if (frame == null) {
            return List.of();
        }
        int count = count(instruction);
        List<SourceValue> operands = new ArrayList<>();
        for (int i = frame.getStackSize() - count; i < frame.getStackSize(); i++) {
            operands.add(frame.getStack(i));
        }
        return operands;
    }

    private static int count(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        if (instruction instanceof MethodInsnNode call) {
            return Type.getArgumentTypes(call.desc).length + (opcode == Opcodes.INVOKESTATIC ? 0 : 1);
        }
        if (instruction instanceof FieldInsnNode) {
            return opcode == Opcodes.PUTFIELD ? 2 : opcode == Opcodes.GETSTATIC ? 0 : 1;
        }
        if (instruction instanceof InsnNode) {
            if (opcode >= Opcodes.IALOAD && opcode <= Opcodes.SALOAD) {
                return 2;
            }
            if (opcode >= Opcodes.IASTORE && opcode <= Opcodes.SASTORE) {
                return 3;
            }
            if (opcode >= Opcodes.INEG && opcode <= Opcodes.DNEG || opcode >= Opcodes.I2L && opcode <= Opcodes.I2S) {
                return 1;
            }
            return opcode >= Opcodes.IADD && opcode <= Opcodes.DREM ? 2 : 0;
        }
        return opcode == Opcodes.CHECKCAST ? 1 : 0;
    }

    /** Whether an instruction is a call of one of some methods of a class, or of any class if the owner ends in a slash. */
    static boolean calls(AbstractInsnNode instruction, String owner, Set<String> names) {
        return instruction instanceof MethodInsnNode call
                && (owner.endsWith("/") ? call.owner.startsWith(owner) : call.owner.equals(owner))
                && names.contains(call.name);
    }
}
