package dev.millrace.net;

import dev.millrace.kernel.Memory;
import dev.millrace.kernel.Padding;
import dev.millrace.kernel.SplitMix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The residual convolutional conditioner of RealNVP (Dinh et al., arXiv 1605.08803, sections 3.6 and 3.7): a 3 × 3
 * convolution of [x, −x, mask]; residual blocks of twice a batch normalisation, a rectifier and a 3 × 3 convolution; a
 * 1 × 1 convolution of the stream before each block and after the last, all added up; and a normalised, rectified 1 × 1
 * convolution of that sum. All weights are normalised.
 *
 * <p>What it sees and gives are entries of images ({@link ResidualConvSettings}), so that one network serves checkerboard
 * and channel-wise couplings.
 *
 * <p>Where it differs from the official code (tensorflow/models, {@code real_nvp_multiscale_dataset.py}):
 * <ul>
 *   <li>normalisation uses the running averages in training too, as constants ({@link ChannelNorm}), and has a gain;
 *   <li>x, −x and the mask are normalised as channels of their own, each with its gain and shift;
 *   <li>every convolution's weights have a learned length, and begin with variance 2 / inputs;
 *   <li>convolutions have no bias where what reads them has one;
 *   <li>the last convolution begins at zero, and so a coupling as the identity.
 * </ul>
 */
public final class ResidualConv implements Network {

    /** Pixels and rows from which the normalisations begin; more would hardly change them. */
    private static final int FIRST_PIXELS = 1 << 14;

    private static final int FIRST_ROWS = 16;

    private final ResidualConvSettings settings;
    private final ResidualConvLayers layers;
    /** 1 once the normalisations have begun from data. */
    private final DoubleTensor initialised;

    private ResidualConv(ResidualConvSettings settings, ResidualConvLayers layers, DoubleTensor initialised) {
        this.settings = settings;
        this.layers = layers;
        this.initialised = initialised;
    }

    /**
     * A network with new weights; its output is zero.
     *
     * @param seed the same seed gives the same weights
     */
    public static ResidualConv create(ResidualConvSettings settings, long seed) {
        return new ResidualConv(
                settings, ResidualConvLayers.create(settings, new SplitMix(seed)), DoubleTensor.buffer(0));
    }

    public ResidualConvSettings settings() {
        return settings;
    }

    @Override
    public int inputs() {
        return settings.inputPositions().length;
    }

    @Override
    public int outputs() {
        return settings.outputPositions().length;
    }

    @Override
    public int width() {
        return Math.multiplyExact(layers.grid().pixels(), Padding.padded(settings.features()));
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        layers.forEach((name, norm) -> norm.state(name, state), (name, layer) -> layer.state(name, state));
        state.put("initialised", initialised);
        return state;
    }

    @Override
    public void parametersChanged() {
        layers.parametersChanged();
    }

    @Override
    public ResidualConv copy() {
        return new ResidualConv(settings, layers.copy(), initialised.copy());
    }

    @Override
    public void initialise(float[] rows, int count) {
        if (initialised.data()[0] != 0 || count == 0) {
            return;
        }
        int some = Math.min(
                count, Math.max(FIRST_ROWS, FIRST_PIXELS / layers.grid().pixels()));
        ResidualConvPass pass = new ResidualConvPass(settings, layers, inputs(), outputs(), some, Memory.kept());
        int stride = Padding.stride(inputs());
        for (int i = 0; i < some; i++) {
            int row = (int) ((long) i * count / some);
            System.arraycopy(rows, row * stride, pass.input(), i * stride, stride);
        }
        pass.begin(some);
        initialised.data()[0] = 1;
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Network.Pass> blocks) {
        List<ResidualConvPass> passes =
                blocks.stream().map(ResidualConvPass.class::cast).toList();
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < layers.convolutions(); i++) {
            int layer = i;
            layers.convolution(i)
                    .gradientTasks(passes.stream().map(pass -> pass.part(layer)).toList(), tasks);
        }
        for (int i = 0; i < layers.norms(); i++) {
            int norm = i;
            layers.norm(i)
                    .gradientTasks(passes.stream().map(pass -> pass.sums(norm)).toList(), tasks);
        }
        return tasks;
    }

    @Override
    public Network.Pass pass(int maxRows, Memory memory) {
        return new ResidualConvPass(settings, layers, inputs(), outputs(), maxRows, memory);
    }
}
