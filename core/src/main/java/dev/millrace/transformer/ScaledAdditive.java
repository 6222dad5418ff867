package dev.millrace.transformer;

import dev.millrace.kernel.Memory;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * z = x − c + d·t: the transformer of NICE (Dinh et al., arXiv 1410.8516, section 3.2) for columns that nothing has
 * standardised, with the centre c and the spread d of each entry fixed before training. Its log-det is 0.
 *
 * <p>The functions are those of {@link Additive}, but the network learns t in the entry's own unit, which is not in the
 * paper. A step of Adam moves all outputs of a network by about as much; where some pixels vary a thousand times less
 * than others, such a step throws them far off, and what keeps them in place is that the network's last units die.
 */
public final class ScaledAdditive implements Transformer {

    private final DoubleTensor centre;
    private final DoubleTensor spread;
    /** 1 once data has decided; later data then changes nothing. */
    private final DoubleTensor initialised;

    private ScaledAdditive(DoubleTensor centre, DoubleTensor spread, DoubleTensor initialised) {
        this.centre = centre;
        this.spread = spread;
        this.initialised = initialised;
    }

    /**
     * A transformer that is {@link Additive} until {@link #initialise}.
     *
     * @throws IllegalArgumentException if {@code entries} is below 1
     */
    public static ScaledAdditive create(int entries) {
        if (entries < 1) {
            throw new IllegalArgumentException("a transformer needs at least 1 entry, not " + entries);
        }
        double[] ones = new double[entries];
        Arrays.fill(ones, 1);
        return new ScaledAdditive(
                DoubleTensor.buffer(new double[entries]), DoubleTensor.buffer(ones), DoubleTensor.buffer(0));
    }

    @Override
    public int entries() {
        return centre.size();
    }

    @Override
    public int parametersPerEntry() {
        return 1;
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("centre", centre);
        state.put("spread", spread);
        state.put("initialised", initialised);
        return state;
    }

    @Override
    public void initialise(double[] mean, double[] deviation) {
        if (initialised.data()[0] != 0) {
            return;
        }
        for (int j = 0; j < entries(); j++) {
            centre.data()[j] = mean[j];
            spread.data()[j] = deviation[j] == 0 ? 1 : deviation[j];
        }
        initialised.data()[0] = 1;
    }

    @Override
    public ScaledAdditive copy() {
        return new ScaledAdditive(centre.copy(), spread.copy(), initialised.copy());
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Transformer.Pass> blocks) {
        return List.of();
    }

    @Override
    public Transformer.Pass pass(int maxRows, Memory memory) {
        return new AdditivePass(centre.data(), spread.data());
    }
}
