package dev.millrace.cli;

import dev.millrace.Flow;
import dev.millrace.Nice;
import dev.millrace.RealNvp;
import dev.millrace.net.Activation;
import dev.millrace.train.OptimizerSettings;
import dev.millrace.train.Schedule;
import dev.millrace.train.TrainerSettings;
import java.time.Duration;
import java.util.Optional;

/** Chooses what the user has not: a function of the size of the data and of the user's choices alone. */
final class FitDefaults {

    private static final int AFFINE_COUPLINGS = 8;

    /** Splines bend so much more than affine maps that fewer couplings do. */
    private static final int SPLINE_COUPLINGS = 6;

    /** Of each column that a spline of 8 bins transforms. */
    private static final int SPLINE_PARAMETERS = 23;

    private static final int NARROWEST = 64;
    private static final int WIDEST = 256;
    private static final int FEW_ROWS = 10_000;
    private static final int MANY_ROWS = 20_000;
    private static final double LEARNING_RATE = 1e-3;
    private static final double SPLINE_LEARNING_RATE = 2e-3;
    private static final int WARM_UP_STEPS = 100;
    private static final double CLIP_NORM = 5;
    private static final double MIN_IMPROVEMENT = 1e-3;
    private static final int PATIENCE = 8;
    private static final int MOST_EPOCHS = 1000;

    /** So that a run on many rows ends some time; on few rows, {@link #MOST_EPOCHS} comes first. */
    private static final long MOST_STEPS = 30_000;

    /** A network too wide for its time is worse than a narrower one that saw the rows this often. */
    private static final int FEWEST_EPOCHS = 60;

    /** Operations a second that a modest processor trains with; decides widths only, so it need not be right. */
    private static final double OPERATIONS_PER_SECOND = 50e9;

    private FitDefaults() {}

    /**
     * What to train and how.
     *
     * @param rows to train on, at least 1
     * @param columns of a row, at least 1
     * @param given the user's choices, which are kept
     * @param seed decides the first weights and the order of the rows
     * @param threads do not change the result
     */
    static FitPlan plan(int rows, int columns, Overrides given, long seed, int threads) {
        given.multiScale().requireNone("tables");
        Preset preset = given.preset().orElseGet(() -> preset(rows, columns, given));
        return new FitPlan(flow(preset, rows, columns, given, seed), training(preset, rows, given, seed, threads));
    }

    /** Splines learn more from the same rows, but cost several times as much a step. */
    private static Preset preset(int rows, int columns, Overrides given) {
        boolean affordable =
                isAffordable(Preset.SPLINE, NARROWEST, rows, columns, couplings(Preset.SPLINE, given), given.maxTime());
        return affordable ? Preset.SPLINE : Preset.REALNVP;
    }

    private static int couplings(Preset preset, Overrides given) {
        return given.layers().orElse(preset == Preset.SPLINE ? SPLINE_COUPLINGS : AFFINE_COUPLINGS);
    }

    private static FlowChoice flow(Preset preset, int rows, int columns, Overrides given, long seed) {
        int couplings = couplings(preset, given);
        int[] hidden = given.hidden()
                .map(widths -> widths.stream().mapToInt(width -> width).toArray())
                .orElseGet(() -> hidden(preset, rows, columns, couplings, given));
        return switch (preset) {
            case REALNVP ->
                new FlowChoice.AffineFlow(Flow.realNvp(columns)
                        .couplings(couplings)
                        .hidden(hidden)
                        .mixing(RealNvp.Mixing.LINEAR)
                        .normalisation(RealNvp.Normalisation.ACT_NORM)
                        .activation(activation(rows))
                        .seed(seed));
            case SPLINE ->
                new FlowChoice.SplineFlow(Flow.spline(columns)
                        .couplings(couplings)
                        .hidden(hidden)
                        .activation(activation(rows))
                        .seed(seed));
            case NICE ->
                new FlowChoice.AdditiveFlow(Flow.nice(columns)
                        .couplings(couplings)
                        .hidden(hidden)
                        .prior(Nice.Prior.NORMAL)
                        .seed(seed));
            case REALNVP_SMALL ->
                throw CommandException.usage(
                        "--preset realnvp-small is for images; tables take realnvp, spline or nice");
        };
    }

    /**
     * Two layers, about as wide as the root of the number of rows: more rows pay for more parameters. Narrower where the
     * time would not let the flow see its rows often enough.
     */
    private static int[] hidden(Preset preset, int rows, int columns, int couplings, Overrides given) {
        int width = NARROWEST;
        while (width < WIDEST
                && (long) width * width < rows
                && isAffordable(preset, 2 * width, rows, columns, couplings, given.maxTime())) {
            width *= 2;
        }
        return new int[] {width, width};
    }

    private static boolean isAffordable(
            Preset preset, int width, int rows, int columns, int couplings, Optional<Duration> time) {
        // A network reads half of the columns and gives the parameters of the other half.
        double outputs = 0.5 * columns * (preset == Preset.SPLINE ? SPLINE_PARAMETERS : 2);
        double weights = couplings * width * (width + 0.5 * columns + outputs);
        double operations = 6 * weights * rows * FEWEST_EPOCHS;
        return time.isEmpty()
                || operations <= OPERATIONS_PER_SECOND * time.get().toMillis() / 1e3;
    }

    /** Smooth conditioners overfit less, and the smoother one least; ReLU learns most in a given time. */
    private static Activation activation(int rows) {
        if (rows < FEW_ROWS) {
            return Activation.TANH;
        }
        return rows < MANY_ROWS ? Activation.SILU : Activation.RELU;
    }

    /** Few rows are soon known by heart: the fewer, the more the weights are held back. */
    private static double weightDecay(Preset preset, int rows) {
        if (rows < FEW_ROWS && preset == Preset.SPLINE) {
            return 3;
        }
        return rows < MANY_ROWS ? 1 : 0.01;
    }

    private static TrainerSettings training(Preset preset, int rows, Overrides given, long seed, int threads) {
        int batch = given.batch().orElse(rows < MANY_ROWS ? 256 : 512);
        long stepsPerEpoch = (rows + (long) batch - 1) / batch;
        int epochs = given.epochs().orElse((int) Math.max(1, Math.min(MOST_EPOCHS, MOST_STEPS / stepsPerEpoch)));
        TrainerSettings.Builder training = TrainerSettings.builder()
                .epochs(epochs)
                .batchSize(batch)
                .learningRate(
                        given.learningRate().orElse(preset == Preset.SPLINE ? SPLINE_LEARNING_RATE : LEARNING_RATE))
                .optimizer(OptimizerSettings.Adam.withWeightDecay(
                        given.weightDecay().orElseGet(() -> weightDecay(preset, rows))))
                .schedule(new Schedule.Plateau(0.3, given.patience().orElse(PATIENCE), 0.02, 0.4))
                .warmUpSteps(WARM_UP_STEPS)
                .clipNorm(CLIP_NORM)
                .minImprovement(MIN_IMPROVEMENT)
                .threads(threads)
                .seed(seed);
        given.maxTime().ifPresent(training::timeBudget);
        return training.build();
    }
}
