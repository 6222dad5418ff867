package dev.millrace.transformer;

import dev.millrace.kernel.Memory;
import dev.millrace.net.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * z = x + t: the transformer of NICE (Dinh et al., arXiv 1410.8516, section 3.2). Its log-det is 0.
 *
 * @param entries entries of a row, at least 1
 */
public record Additive(int entries) implements Transformer {

    /** @throws IllegalArgumentException if {@code entries} is below 1 */
    public Additive {
        if (entries < 1) {
            throw new IllegalArgumentException("a transformer needs at least 1 entry, not " + entries);
        }
    }

    @Override
    public int parametersPerEntry() {
        return 1;
    }

    @Override
    public Map<String, Tensor> state() {
        return Map.of();
    }

    @Override
    public Additive copy() {
        return this;
    }

    @Override
    public List<Runnable> gradientTasks(List<? extends Transformer.Pass> blocks) {
        return List.of();
    }

    @Override
    public Transformer.Pass pass(int maxRows, Memory memory) {
        double[] ones = new double[entries];
        Arrays.fill(ones, 1);
        return new AdditivePass(new double[entries], ones);
    }
}
