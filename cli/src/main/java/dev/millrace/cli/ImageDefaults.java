package dev.millrace.cli;

import dev.millrace.Flow;
import dev.millrace.ImageRealNvp;
import dev.millrace.Nice;
import dev.millrace.bijection.Shape;
import dev.millrace.train.GradientMode;
import dev.millrace.train.OptimizerSettings;
import dev.millrace.train.Schedule;
import dev.millrace.train.TrainerSettings;

/** Chooses what the user has not about a flow of images: as the papers have it. */
final class ImageDefaults {

    private static final int MOST_EPOCHS = 1000;
    private static final int PATIENCE = 10;

    /** Of NICE's paper and of RealNVP's official code. */
    private static final double LEARNING_RATE = 1e-3;

    /** A small flow bears larger steps, and whoever takes it wants to see something soon. */
    private static final double SMALL_LEARNING_RATE = 5e-3;

    private static final int WARM_UP_STEPS = 100;

    /** NICE's paper (arXiv 1410.8516, section 5.1): Adam with β₂ = 0.99 and ε = 1e-4. */
    private static final OptimizerSettings NICE_ADAM = new OptimizerSettings.Adam(0.9, 0.99, 1e-4, 0);

    private static final int NICE_BATCH = 200;

    /** RealNVP's paper (arXiv 1605.08803, section 4.1): batches of 64. */
    private static final int REALNVP_BATCH = 64;

    /** Of the official code, which clips each number; here it is the norm of all. */
    private static final double REALNVP_CLIP_NORM = 100;

    private ImageDefaults() {}

    /**
     * What to train and how.
     *
     * @param images to train on, at least 1
     * @param shape height, width and channels of an image
     * @param given the user's choices, which are kept
     * @param seed decides the first weights and the order of the images
     * @param threads do not change the result
     * @throws CommandException if a choice does not go with the preset
     */
    static FitPlan plan(int images, Shape shape, Overrides given, long seed, int threads) {
        Preset preset = given.preset().orElse(Preset.REALNVP_SMALL);
        return switch (preset) {
            case NICE -> new FitPlan(nice(shape, given, seed), niceTraining(given, seed, threads));
            case REALNVP, REALNVP_SMALL ->
                new FitPlan(realNvp(preset, shape, given, seed), realNvpTraining(preset, given, seed, threads));
            case SPLINE ->
                throw CommandException.usage(
                        "--preset " + preset.id() + " is for tables; images take realnvp-small, realnvp or nice");
        };
    }

    private static FlowChoice nice(Shape shape, Overrides given, long seed) {
        given.multiScale().requireNone("--preset nice, whose networks have --hidden");
        Nice nice = Flow.nice(height(shape), width(shape), channels(shape)).seed(seed);
        if (given.layers().isPresent()) {
            nice = nice.couplings(given.layers().get());
        }
        if (given.hidden().isPresent()) {
            nice = nice.hidden(
                    given.hidden().get().stream().mapToInt(width -> width).toArray());
        }
        return new FlowChoice.AdditiveFlow(nice);
    }

    private static FlowChoice realNvp(Preset preset, Shape shape, Overrides given, long seed) {
        String named = "--preset " + preset.id() + " of images";
        Overrides.requireAbsent("--layers", given.layers(), named + ", whose layers are the paper's");
        Overrides.requireAbsent("--hidden", given.hidden(), named + ", whose networks have --features and --blocks");
        ImageRealNvp flow =
                Flow.realNvp(height(shape), width(shape), channels(shape)).seed(seed);
        flow = preset == Preset.REALNVP_SMALL ? flow.small() : flow;
        flow = given.multiScale().features().map(flow::features).orElse(flow);
        flow = given.multiScale().blocks().map(flow::blocks).orElse(flow);
        flow = given.multiScale().scales().map(flow::scales).orElse(flow);
        return new FlowChoice.MultiScaleFlow(preset, flow);
    }

    private static int height(Shape shape) {
        return shape.lengths().get(0);
    }

    private static int width(Shape shape) {
        return shape.lengths().get(1);
    }

    private static int channels(Shape shape) {
        return shape.lengths().get(2);
    }

    private static TrainerSettings niceTraining(Overrides given, long seed, int threads) {
        OptimizerSettings adam = given.weightDecay()
                .<OptimizerSettings>map(decay -> new OptimizerSettings.Adam(0.9, 0.99, 1e-4, decay))
                .orElse(NICE_ADAM);
        return training(given, NICE_BATCH, LEARNING_RATE, seed, threads)
                .optimizer(adam)
                .build();
    }

    /** Activations of the paper's networks would fill the memory of most machines, so they are recomputed. */
    private static TrainerSettings realNvpTraining(Preset preset, Overrides given, long seed, int threads) {
        double rate = preset == Preset.REALNVP ? LEARNING_RATE : SMALL_LEARNING_RATE;
        return training(given, REALNVP_BATCH, rate, seed, threads)
                .warmUpSteps(WARM_UP_STEPS)
                .optimizer(OptimizerSettings.Adam.withWeightDecay(
                        given.weightDecay().orElse(0.0)))
                .clipNorm(REALNVP_CLIP_NORM)
                .gradientMode(preset == Preset.REALNVP ? GradientMode.RECOMPUTE : GradientMode.KEEP)
                .build();
    }

    private static TrainerSettings.Builder training(
            Overrides given, int batch, double learningRate, long seed, int threads) {
        TrainerSettings.Builder training = TrainerSettings.builder()
                .epochs(given.epochs().orElse(MOST_EPOCHS))
                .batchSize(given.batch().orElse(batch))
                .learningRate(given.learningRate().orElse(learningRate))
                .schedule(new Schedule.Plateau(0.3, given.patience().orElse(PATIENCE), 0.02, 0.4))
                .threads(threads)
                .seed(seed);
        given.maxTime().ifPresent(training::timeBudget);
        return training;
    }
}
