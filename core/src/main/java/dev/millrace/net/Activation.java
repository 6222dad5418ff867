package dev.millrace.net;

import dev.millrace.kernel.Kernel;
import dev.millrace.kernel.Kernels;

/** The elementwise nonlinearity between the layers of a network. All are 0 at 0, which keeps padding at zero. */
public enum Activation {

    /** max(x, 0). */
    RELU,
    /** The hyperbolic tangent. */
    TANH,
    /** x·σ(x), also called swish (Elfwing et al., arXiv 1702.03118). */
    SILU,
    /** x above 0, exp(x) − 1 below (Clevert et al., arXiv 1511.07289, α = 1). */
    ELU;

    private static final Kernel KERNEL = Kernels.active();

    /** Whether {@link #forward} writes slopes that {@link #backward} needs. */
    boolean hasSlopes() {
        return this == SILU || this == ELU;
    }

    /**
     * Applies the function in place.
     *
     * @param slopes receives the derivatives, if {@link #hasSlopes()}
     */
    void forward(float[] y, float[] slopes, int n) {
        switch (this) {
            case RELU -> KERNEL.relu(y, n);
            case TANH -> KERNEL.tanh(y, n);
            case SILU -> silu(y, slopes, n);
            case ELU -> elu(y, slopes, n);
        }
    }

    /**
     * Multiplies the gradient by the derivative, in place.
     *
     * @param y what {@link #forward} left
     */
    void backward(float[] y, float[] slopes, float[] dy, int n) {
        switch (this) {
            case RELU -> KERNEL.reluBackward(y, dy, n);
            case TANH -> tanhBackward(y, dy, n);
            case SILU, ELU -> scale(slopes, dy, n);
        }
    }

    private static void silu(float[] y, float[] slopes, int n) {
        System.arraycopy(y, 0, slopes, 0, n);
        KERNEL.sigmoid(slopes, n);
        for (int i = 0; i < n; i++) {
            float sigmoid = slopes[i];
            float value = y[i] * sigmoid;
            y[i] = value;
            slopes[i] = sigmoid + value * (1 - sigmoid);
        }
    }

    private static void elu(float[] y, float[] slopes, int n) {
        for (int i = 0; i < n; i++) {
            slopes[i] = Math.min(y[i], 0);
        }
        KERNEL.exp(slopes, n);
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(y[i], 0) + (slopes[i] - 1);
        }
    }

    private static void tanhBackward(float[] y, float[] dy, int n) {
        for (int i = 0; i < n; i++) {
            dy[i] *= 1 - y[i] * y[i];
        }
    }

    private static void scale(float[] slopes, float[] dy, int n) {
        for (int i = 0; i < n; i++) {
            dy[i] *= slopes[i];
        }
    }
}
