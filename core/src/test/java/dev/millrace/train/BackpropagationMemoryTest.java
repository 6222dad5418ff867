package dev.millrace.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.Flow;
import dev.millrace.RealNvp;
import dev.millrace.Textures;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the memory of a training step grows with the number of layers. */
class BackpropagationMemoryTest {

    private static final int BATCH = 256;
    private static final int WIDTH = 32;

    @ParameterizedTest
    @EnumSource
    void recomputingTakesTheSameMemoryHoweverDeepTheFlow(RealNvp.Normalisation normalisation) {
        RealNvp description = Flow.realNvp(10)
                .hidden(WIDTH, WIDTH)
                .normalisation(normalisation)
                .mixing(RealNvp.Mixing.LINEAR);
        long perLayer = growth(description, GradientMode.RECOMPUTE);
        // Sums over a block's rows, a few numbers for each entry and parameter of a layer, are its own.
        assertThat(perLayer).isLessThan(BATCH / Backpropagation.BLOCK_ROWS * 10 * 20 + 10 * 10);
        // What a layer keeps otherwise is much more: the test would notice.
        assertThat(growth(description, GradientMode.KEEP)).isGreaterThan(BATCH * WIDTH);
    }

    @Test
    void recomputingTakesTheSameMemoryHoweverManyConvolutionalCouplings() {
        IntFunction<Flow> flows = couplings -> Textures.checkerboards(couplings, 4, 4, 5, 1);
        // The indices of a coupling's halves, and its transformer's sums.
        assertThat(growth(flows, GradientMode.RECOMPUTE))
                .isLessThanOrEqualTo(BATCH / Backpropagation.BLOCK_ROWS * 2 * 16);
        assertThat(growth(flows, GradientMode.KEEP)).isGreaterThan(BATCH * 6 * 6 * 16);
    }

    /** Array entries for each coupling with what stands before it. */
    private static long growth(RealNvp description, GradientMode mode) {
        return growth(couplings -> description.couplings(couplings).build(), mode);
    }

    private static long growth(IntFunction<Flow> flows, GradientMode mode) {
        return (arrayEntries(flows.apply(64), mode) - arrayEntries(flows.apply(8), mode)) / 56;
    }

    /** Array entries reachable from a backpropagation, but not from its flow. */
    private static long arrayEntries(Flow flow, GradientMode mode) {
        try (Team team = new Team(1)) {
            Backpropagation backpropagation = new Backpropagation(flow, BATCH, mode, team);
            Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            visit(flow, seen);
            return visit(backpropagation, seen);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts entries of arrays of numbers among the objects that have not been seen. */
    private static long visit(Object root, Set<Object> seen) throws IllegalAccessException {
        Deque<Object> open = new ArrayDeque<>();
        open.push(root);
        long entries = 0;
        while (!open.isEmpty()) {
            Object object = open.pop();
            if (!seen.add(object)) {
                continue;
            }
            Class<?> type = object.getClass();
            if (type.isArray()) {
                if (type.getComponentType().isPrimitive()) {
                    entries += Array.getLength(object);
                    continue;
                }
                for (Object element : (Object[]) object) {
                    push(element, open);
                }
            } else if (object instanceof Iterable<?> elements) {
                elements.forEach(element -> push(element, open));
            } else if (type.getName().startsWith("dev.millrace.")) {
                visitFields(object, type, open);
            }
        }
        return entries;
    }

    private static void visitFields(Object object, Class<?> type, Deque<Object> open) throws IllegalAccessException {
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                if (!type.isHidden()) {
                    field.setAccessible(true);
                    push(field.get(object), open);
                }
            }
        }
    }

    private static void push(Object object, Deque<Object> open) {
        if (object != null) {
            open.push(object);
        }
    }
}
