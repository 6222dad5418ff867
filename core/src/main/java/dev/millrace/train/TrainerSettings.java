package dev.millrace.train;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that decides how a flow is trained. Begin with {@link #builder()} and change what matters.
 *
 * @param epochs most passes over the data, at least 1
 * @param batchSize rows of a step, at least 1
 * @param learningRate above 0
 * @param optimizer the rule of a step
 * @param schedule of the learning rate
 * @param warmUpSteps steps over which the rate rises linearly from 0, at least 0
 * @param clipNorm largest norm of a gradient, longer ones are shortened to it; above 0, may be infinite
 * @param patience epochs without improvement of validation before training stops, at least 1; a
 *     {@link Schedule.Plateau} stops by its own rule
 * @param minImprovement nats by which validation must improve to count, at least 0
 * @param timeBudget at most 200 years, after which training ends with the best so far; a run that it ends cannot be repeated to the bit
 * @param threads at least 1; does not change the result
 * @param seed decides the order of the rows
 * @param gradientMode where the backward pass takes activations from
 */
public record TrainerSettings(
        int epochs,
        int batchSize,
        double learningRate,
        OptimizerSettings optimizer,
        Schedule schedule,
        int warmUpSteps,
        double clipNorm,
        int patience,
        double minImprovement,
        Optional<Duration> timeBudget,
        int threads,
        long seed,
        GradientMode gradientMode) {

    /** Whose nanoseconds fit a long, in years. */
    private static final Duration LONGEST_BUDGET = Duration.ofDays(365 * 200);

    /** @throws IllegalArgumentException if a number is out of its range */
    public TrainerSettings {
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(gradientMode, "gradientMode");
        requireAtLeast("epochs", epochs, 1);
        requireAtLeast("batch size", batchSize, 1);
        requireAtLeast("warm-up steps", warmUpSteps, 0);
        requireAtLeast("patience", patience, 1);
        requireAtLeast("threads", threads, 1);
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the learning rate must be above 0, not " + learningRate);
        }
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("the clipping norm must be above 0, not " + clipNorm);
        }
        if (!(minImprovement >= 0 && minImprovement < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the least improvement must be at least 0, not " + minImprovement);
        }
        timeBudget.ifPresent(TrainerSettings::requireTime);
    }

    /** Adam at 1e-3 with batches of 256, at most 100 epochs, early stopping after 10 without improvement. */
    public static TrainerSettings defaults() {
        return builder().build();
    }

    /** A builder that begins with the {@linkplain #defaults() defaults}. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that begins with these settings. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.epochs = epochs;
        builder.batchSize = batchSize;
        builder.learningRate = learningRate;
        builder.optimizer = optimizer;
        builder.schedule = schedule;
        builder.warmUpSteps = warmUpSteps;
        builder.clipNorm = clipNorm;
        builder.patience = patience;
        builder.minImprovement = minImprovement;
        builder.timeBudget = timeBudget;
        builder.threads = threads;
        builder.seed = seed;
        builder.gradientMode = gradientMode;
        return builder;
    }

    private static void requireTime(Duration budget) {
        if (budget.isNegative() || budget.isZero() || budget.compareTo(LONGEST_BUDGET) > 0) {
            throw new IllegalArgumentException(
                    "the time budget must be above 0 and at most " + LONGEST_BUDGET + ", not " + budget);
        }
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
    }

    /** Collects settings; see {@link TrainerSettings} for their meaning. Not safe for several threads. */
    public static final class Builder {

        private int epochs = 100;
        private int batchSize = 256;
        private double learningRate = 1e-3;
        private OptimizerSettings optimizer = new OptimizerSettings.Adam();
        private Schedule schedule = new Schedule.Constant();
        private int warmUpSteps = 0;
        private double clipNorm = Double.POSITIVE_INFINITY;
        private int patience = 10;
        private double minImprovement = 0;
        private Optional<Duration> timeBudget = Optional.empty();
        private int threads = Runtime.getRuntime().availableProcessors();
        private long seed = 1;
        private GradientMode gradientMode = GradientMode.KEEP;

        private Builder() {}

        public Builder epochs(int epochs) {
            this.epochs = epochs;
            return this;
        }

        public Builder batchSize(int batchSize) {
            this.batchSize = batchSize;
            return this;
        }

        public Builder learningRate(double learningRate) {
            this.learningRate = learningRate;
            return this;
        }

        public Builder optimizer(OptimizerSettings optimizer) {
            this.optimizer = optimizer;
            return this;
        }

        public Builder schedule(Schedule schedule) {
            this.schedule = schedule;
            return this;
        }

        public Builder warmUpSteps(int warmUpSteps) {
            this.warmUpSteps = warmUpSteps;
            return this;
        }

        public Builder clipNorm(double clipNorm) {
            this.clipNorm = clipNorm;
            return this;
        }

        public Builder patience(int patience) {
            this.patience = patience;
            return this;
        }

        public Builder minImprovement(double minImprovement) {
            this.minImprovement = minImprovement;
            return this;
        }

        public Builder timeBudget(Duration timeBudget) {
            this.timeBudget = Optional.of(timeBudget);
            return this;
        }

        public Builder threads(int threads) {
            this.threads = threads;
            return this;
        }

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder gradientMode(GradientMode gradientMode) {
            this.gradientMode = gradientMode;
            return this;
        }

        /** @throws IllegalArgumentException if a setting is out of its range */
        public TrainerSettings build() {
            return new TrainerSettings(
                    epochs,
                    batchSize,
                    learningRate,
                    optimizer,
                    schedule,
                    warmUpSteps,
                    clipNorm,
                    patience,
                    minImprovement,
                    timeBudget,
                    threads,
                    seed,
                    gradientMode);
        }
    }
}
