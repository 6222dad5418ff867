package dev.millrace.net;

import dev.millrace.kernel.SplitMix;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads and changes a model's state in tests, as arrays without padding. */
public final class States {

    private States() {}

    /** The values, widened to double. */
    public static Map<String, double[]> values(Map<String, Tensor> state) {
        Map<String, double[]> values = new LinkedHashMap<>();
        state.forEach((name, tensor) -> values.put(
                name,
                tensor instanceof FloatTensor floats
                        ? unpadded(floats, floats.data())
                        : ((DoubleTensor) tensor).data().clone()));
        return values;
    }

    /** The gradients of the trainable tensors, widened to double. */
    public static Map<String, double[]> gradients(Map<String, Tensor> state) {
        Map<String, double[]> gradients = new LinkedHashMap<>();
        state.forEach((name, tensor) -> {
            if (tensor instanceof FloatTensor floats) {
                gradients.put(name, unpadded(floats, floats.gradient()));
            } else if (tensor instanceof DoubleTensor doubles && doubles.trainable()) {
                gradients.put(name, doubles.gradient().clone());
            }
        });
        return gradients;
    }

    private static double[] unpadded(FloatTensor tensor, float[] padded) {
        double[] values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = padded[i / tensor.columns() * tensor.stride() + i % tensor.columns()];
        }
        return values;
    }

    /** Fills parameters with numbers in (−½, ½) and buffers, which may be variances, with numbers in (½, 1½). */
    public static void randomise(Map<String, Tensor> state, long seed) {
        SplitMix random = new SplitMix(seed);
        for (Tensor tensor : state.values()) {
            if (tensor instanceof FloatTensor floats) {
                float[] values = new float[floats.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (random.nextOpen() - 0.5);
                }
                floats.setValues(values);
            } else if (tensor instanceof DoubleTensor doubles) {
                for (int i = 0; i < doubles.size(); i++) {
                    doubles.data()[i] = random.nextOpen() - (doubles.trainable() ? 0.5 : -0.5);
                }
            }
        }
    }
}
