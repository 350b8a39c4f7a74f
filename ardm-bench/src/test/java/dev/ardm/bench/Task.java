package dev.ardm.bench;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A method that several threads run.
 *
 * @param flow the flow in it
 * @param shared how many of its first local variables are shared
 */
record Task(Flow flow, int shared) {
    private static final Set<String> INTERFACES = Set.of(
            "dev/ardm/core/engine/Team$Piece",
            "dev/ardm/core/engine/Parallel$Task",
            "java/lang/Runnable",
            "java/util/concurrent/Callable");

    /** All methods that tasks are made of. */
    static List<Task> of(List<ClassNode> types) {
        Map<String, Flow> flows = new HashMap<>();
        for (ClassNode type : types) {
            for (Flow flow : Flow.of(type)) {
                flows.put(type.name + "." + flow.method().name + flow.method().desc, flow);
            }
        }
        Map<String, Task> tasks = new HashMap<>();
        Set<String> interfaces = new HashSet<>(INTERFACES);
        for (ClassNode type : types) {
            if (type.interfaces.stream().anyMatch(INTERFACES::contains)) {
                for (Flow flow : Flow.of(type)) {
                    if (!flow.method().name.equals("<init>")) {
                        tasks.put(flow.name() + flow.method().desc, new Task(flow, 1));
                    }
                }
            }
        }
        int before;
        do {
            before = tasks.size() + interfaces.size();
            for (Flow flow : flows.values()) {
                for (AbstractInsnNode instruction : flow.method().instructions) {
                    if (instruction instanceof InvokeDynamicInsnNode lambda
                            && interfaces.contains(
                                    Type.getReturnType(lambda.desc).getInternalName())) {
                        Handle handle = (Handle) lambda.bsmArgs[1];
                        String name = handle.getOwner() + "." + handle.getName() + handle.getDesc();
                        if (flows.containsKey(name)) {
                            tasks.put(name, new Task(flows.get(name), captured(lambda)));
                        }
                    }
                }
            }
            for (Task task : List.copyOf(tasks.values())) {
                for (AbstractInsnNode instruction : task.flow.method().instructions) {
                    if (instruction.getOpcode() == Opcodes.INVOKEINTERFACE) {
                        interfaces.add(((MethodInsnNode) instruction).owner);
                    }
                }
            }
        } while (tasks.size() + interfaces.size() > before);
        return List.copyOf(tasks.values());
    }

    /** Local variables that captured values take: they are the first of a lambda's. */
    private static int captured(InvokeDynamicInsnNode lambda) {
        int locals = 0;
        for (Type type : Type.getArgumentTypes(lambda.desc)) {
            locals += type.getSize();
        }
        return locals;
    }
}
