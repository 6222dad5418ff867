package dev.millrace.train;

import dev.millrace.Flow;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Arrays of numbers that can be reached from an object.
 *
 * @param entries of all of them
 * @param bytes of all of them
 */
record ReachableArrays(long entries, long bytes) {

    /** Those of a backpropagation, but not of its flow. */
    static ReachableArrays ofBackpropagation(Flow flow, int batch, GradientMode mode) {
        try (Team team = new Team(1)) {
            Backpropagation backpropagation = new Backpropagation(flow, batch, mode, team);
            Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            visit(flow, seen);
            return visit(backpropagation, seen);
        }
    }

    /** Those of a flow. */
    static ReachableArrays ofFlow(Flow flow) {
        return visit(flow, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** Those among the objects that have not been seen. */
    private static ReachableArrays visit(Object root, Set<Object> seen) {
        Deque<Object> open = new ArrayDeque<>();
        open.push(root);
        long entries = 0;
        long bytes = 0;
        while (!open.isEmpty()) {
            Object object = open.pop();
            if (!seen.add(object)) {
                continue;
            }
            Class<?> type = object.getClass();
            if (type.isArray() && type.getComponentType().isPrimitive()) {
                entries += Array.getLength(object);
                bytes += (long) Array.getLength(object) * bytes(type.getComponentType());
            } else if (type.isArray()) {
                for (Object element : (Object[]) object) {
                    push(element, open);
                }
            } else if (object instanceof Iterable<?> elements) {
                elements.forEach(element -> push(element, open));
            } else if (type.getName().startsWith("dev.millrace.")) {
                visitFields(object, type, open);
            }
        }
        return new ReachableArrays(entries, bytes);
    }

    private static int bytes(Class<?> number) {
        return number == double.class || number == long.class ? Long.BYTES : Integer.BYTES;
    }

    private static void visitFields(Object object, Class<?> type, Deque<Object> open) {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                if (!type.isHidden()) {
                    field.setAccessible(true);
                    push(value(field, object), open);
                }
            }
        }
    }

    private static Object value(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void push(Object object, Deque<Object> open) {
        if (object != null) {
            open.push(object);
        }
    }
}
