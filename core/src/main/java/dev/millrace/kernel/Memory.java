package dev.millrace.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Hands out the arrays that one caller works in, once, before any work begins, so that nothing is allocated later.
 *
 * <p>A {@linkplain #kept() kept} memory gives a new array for every request: what a layer leaves in its arrays stays
 * there until the layer runs again. A {@linkplain #shared() shared} memory gives the arrays of one layer to the next, so
 * that its size does not grow with the number of layers, and the arrays stay in the processor's cache.
 *
 * <p>Arrays have exactly the requested length and begin with zeros when they are new. Not safe for several threads.
 */
public final class Memory {

    private final boolean shared;
    private final Pool<float[]> floats = new Pool<>(float[]::new);
    private final Pool<double[]> doubles = new Pool<>(double[]::new);
    private final Pool<int[]> ints = new Pool<>(int[]::new);

    /** In a memory that keeps activations, of this layer and of the next ones in turn. */
    private final Deque<Memory> scratches = new ArrayDeque<>();

    private Memory(boolean shared) {
        this.shared = shared;
    }

    /** A memory in which every array belongs to one layer for good. */
    public static Memory kept() {
        return new Memory(false);
    }

    /**
     * A memory that keeps activations, but uses the arrays of a layer's {@linkplain #scratch() backward pass} again: for a
     * caller that has a layer's parameter gradients computed while its neighbours go backward.
     *
     * @param layers how many consecutive layers have arrays of their own, at least 1
     */
    public static Memory keepingActivations(int layers) {
        Memory memory = new Memory(false);
        for (int i = 0; i < layers; i++) {
            memory.scratches.add(shared());
        }
        return memory;
    }

    /** A memory in which arrays are used again after {@link #nextLayer()}. */
    public static Memory shared() {
        return new Memory(true);
    }

    /** Where arrays come from that hold nothing until the backward pass, and are needed until gradients are computed. */
    public Memory scratch() {
        return scratches.isEmpty() ? this : scratches.getFirst();
    }

    /** An array of {@code length} floats. */
    public float[] floats(int length) {
        return floats.take(length, shared);
    }

    /** An array of {@code length} doubles. */
    public double[] doubles(int length) {
        return doubles.take(length, shared);
    }

    /** An array of {@code length} ints. */
    public int[] ints(int length) {
        return ints.take(length, shared);
    }

    /** In a shared memory, makes every array handed out so far available again; in a kept one, does nothing. */
    public void nextLayer() {
        floats.freeAll();
        doubles.freeAll();
        ints.freeAll();
        if (!scratches.isEmpty()) {
            scratches.getFirst().nextLayer();
            scratches.addLast(scratches.removeFirst());
        }
    }

    /** Arrays of one type. */
    private static final class Pool<T> {

        private final IntFunction<T> create;
        private final Map<Integer, Deque<T>> free = new HashMap<>();
        private final List<Used<T>> used = new ArrayList<>();

        Pool(IntFunction<T> create) {
            this.create = create;
        }

        T take(int length, boolean toBeFreed) {
            Deque<T> candidates = free.get(length);
            T array = candidates == null || candidates.isEmpty() ? create.apply(length) : candidates.pop();
            if (toBeFreed) {
                used.add(new Used<>(array, length));
            }
            return array;
        }

        void freeAll() {
            for (Used<T> one : used) {
                free.computeIfAbsent(one.length, n -> new ArrayDeque<>()).push(one.array);
            }
            used.clear();
        }
    }

    private record Used<T>(T array, int length) {}
}
