package dev.millrace.train;

import dev.millrace.Flow;
import dev.millrace.NonFiniteException;
import dev.millrace.bijection.Composition;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.Tensor;
import dev.millrace.train.TrainingState.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of a {@link Trainer}, from its start or a saved state to its end. */
final class Run {

    /** Numbers of the widest layer from which all take their data-dependent start; more would hardly change it. */
    private static final int INITIALISATION_NUMBERS = 1 << 22;

    private final TrainerSettings settings;
    private final Flow flow;
    private final Flow best;
    private final Map<String, Tensor> state;
    private final Map<String, Tensor> bestState;
    private final RowSource train;
    private final RowSource validation;
    private final TrainingListener listener;
    private final int batchSize;
    private final Backpropagation backpropagation;
    private final Optimizer optimizer;
    private final Evaluation evaluation;
    private final List<EpochReport> history = new ArrayList<>();
    private final long started = System.nanoTime();
    private Progress progress = Progress.START;
    /** Why the run ends before its time. */
    private Optional<StopReason> interruption = Optional.empty();

    private long steps;
    private double learningRate;

    /**
     * A run.
     *
     * @param flow this run's own, to be changed
     * @param team that works for it
     */
    Run(
            TrainerSettings settings,
            Flow flow,
            RowSource train,
            RowSource validation,
            TrainingListener listener,
            Team team) {
        this.settings = settings;
        this.flow = flow;
        this.best = flow.copy();
        this.state = flow.state();
        this.bestState = best.state();
        this.train = train;
        this.validation = validation;
        this.listener = listener;
        this.batchSize = Math.min(settings.batchSize(), train.rows());
        this.backpropagation = new Backpropagation(flow, batchSize, settings.gradientMode(), team);
        this.optimizer = new Optimizer(settings.optimizer(), settings.clipNorm(), state, team);
        this.evaluation = new Evaluation(validation, team);
    }

    /** Lets layers begin from the data. */
    void initialise() {
        int dimension = train.dimension();
        Composition layers = new Composition(flow.layers());
        int rows = Math.min(train.rows(), Math.max(1, INITIALISATION_NUMBERS / layers.width()));
        double[] x = new double[rows * dimension];
        for (int i = 0; i < rows; i++) {
            int row = (int) ((long) i * train.rows() / rows);
            train.read(row, 0, x, i * dimension);
            requireFinite(row, x, i * dimension);
        }
        layers.initialise(x, rows);
        requireFiniteStart();
        copy(state, bestState, best);
    }

    private void requireFinite(int row, double[] x, int at) {
        for (int j = 0; j < train.dimension(); j++) {
            if (!Double.isFinite(x[at + j])) {
                throw new NonFiniteException("step " + (steps + 1) + ": training row " + row + ", entry " + j + " is "
                        + x[at + j] + ": a flow learns from finite numbers only");
            }
        }
    }

    private void requireFiniteStart() {
        state.forEach((name, tensor) -> {
            double[] values = tensor instanceof DoubleTensor doubles ? doubles.data() : new double[0];
            for (int i = 0; i < values.length; i++) {
                if (!Double.isFinite(values[i])) {
                    throw new NonFiniteException("step 1: entry " + i + " of " + name
                            + ", which begins from the training rows, is not finite; "
                            + "look for extreme values in the data");
                }
            }
        });
    }

    void restore(TrainingState saved) {
        copy(saved.best().state(), bestState, best);
        for (Optimizer.Slot slot : optimizer.slots()) {
            restore(slot.first(), saved.first(), slot.name());
            restore(slot.second(), saved.second(), slot.name());
        }
        progress = saved.progress();
        steps = progress.steps();
        optimizer.setSteps(steps);
        history.addAll(saved.history());
    }

    private static void restore(Tensor to, Map<String, Tensor> saved, String name) {
        Tensor from = saved.get(name);
        if (from == null) {
            throw new IllegalArgumentException("the state knows nothing of the parameter " + name);
        }
        to.copyFrom(from);
    }

    TrainingResult toEnd() {
        try {
            while (!exhausted()) {
                if (progress.epochs() >= settings.epochs()) {
                    return result(StopReason.EPOCHS, "");
                }
                if (epoch()) {
                    adapt();
                    report();
                }
                if (interruption.isPresent()) {
                    return result(interruption.get(), "");
                }
            }
            return result(StopReason.NO_IMPROVEMENT, "");
        } catch (NonFiniteException e) {
            if (progress.bestEpoch() == 0) {
                throw e;
            }
            return result(StopReason.NON_FINITE, e.getMessage());
        }
    }

    /** The state of the epoch can be had as long as no further step has changed it. */
    private void report() {
        int epoch = progress.epochs();
        boolean[] over = {false};
        Thread caller = Thread.currentThread();
        listener.epochDone(history.get(epoch - 1), () -> {
            if (over[0] || Thread.currentThread() != caller) {
                throw new IllegalStateException("the state of epoch " + epoch
                        + " must be asked for by the thread that calls epochDone, before it returns");
            }
            return snapshot();
        });
        over[0] = true;
    }

    private TrainingResult result(StopReason reason, String detail) {
        return new TrainingResult(best, progress.bestEpoch(), List.copyOf(history), reason, detail);
    }

    /** @return false if the run ends within the epoch */
    private boolean epoch() {
        int epoch = progress.epochs();
        int rows = train.rows();
        int[] order = RowOrder.of(settings.seed(), epoch, rows, train.dimension());
        // Batches of equal size, so that no step follows a handful of rows.
        int batches = 1 + (rows - 1) / batchSize;
        double sum = 0;
        for (int i = 0; i < batches; i++) {
            int from = (int) ((long) rows * i / batches);
            int to = (int) ((long) rows * (i + 1) / batches);
            double fraction = fraction((epoch + (double) i / batches) / settings.epochs());
            sum += step(epoch, order, from, to, fraction) * (to - from);
            listener.stepDone(epoch + 1, to, rows, fraction);
            if (listener.stopRequested()) {
                interruption = Optional.of(StopReason.REQUESTED);
            } else if (fraction >= 1) {
                interruption = Optional.of(StopReason.TIME_BUDGET);
            }
            if (interruption.isPresent() && to < rows) {
                // What has been learned since the last epoch counts too.
                record(epoch, sum / to);
                return false;
            }
        }
        record(epoch, sum / rows);
        return true;
    }

    private double fraction(double ofEpochs) {
        if (settings.timeBudget().isEmpty()) {
            return ofEpochs;
        }
        double elapsed = System.nanoTime() - started;
        return Math.max(ofEpochs, elapsed / settings.timeBudget().get().toNanos());
    }

    private double step(int epoch, int[] order, int from, int to, double fraction) {
        double logProb = backpropagation.run(train, epoch, order, from, to);
        if (!Double.isFinite(logProb)) {
            throw notFinite(epoch, order, from, to);
        }
        double warmUp = Math.min(1, (steps + 1.0) / Math.max(1, settings.warmUpSteps()));
        learningRate = settings.learningRate() * warmUp * settings.schedule().factor(fraction) * progress.rateFactor();
        double norm = optimizer.step(learningRate);
        if (!Double.isFinite(norm)) {
            throw new NonFiniteException("step " + (steps + 1) + ": the gradient of " + optimizer.firstNonFinite()
                    + " is not finite; try a lower learning rate or a smaller clipping norm");
        }
        steps++;
        backpropagation.parametersChanged();
        return logProb;
    }

    private NonFiniteException notFinite(int epoch, int[] order, int from, int to) {
        String where = "the log-likelihood of a batch";
        double[] row = new double[train.dimension()];
        // Before the flow is asked: one such row spoils the running statistics for all the others.
        for (int i = from; i < to; i++) {
            train.read(order[i], epoch, row, 0);
            requireFinite(order[i], row, 0);
        }
        for (int i = from; i < to; i++) {
            train.read(order[i], epoch, row, 0);
            try {
                flow.logProb(row);
            } catch (NonFiniteException e) {
                where = "training row " + order[i] + ": " + e.getMessage();
                break;
            }
        }
        return new NonFiniteException("step " + (steps + 1) + ": " + where
                + "; look for extreme values in the data, or try a lower learning rate or a smaller clipping norm");
    }

    /** Takes note of an epoch, and of its parameters if they are the best so far. */
    private void record(int epoch, double trainLogProb) {
        EpochReport report = new EpochReport(epoch + 1, trainLogProb, evaluation.meanLogProb(flow), learningRate);
        history.add(report);
        if (progress.isBest(report)) {
            copy(state, bestState, best);
        }
        progress = progress.after(report, steps, settings.minImprovement());
    }

    /** Whether training has nothing more to gain. */
    private boolean exhausted() {
        return progress.stalled()
                >= (settings.schedule() instanceof Schedule.Plateau plateau ? plateau.patience() : settings.patience());
    }

    /** Where a plateau is reached: goes back to the best parameters with a lower rate, while that is large enough. */
    private void adapt() {
        if (!(settings.schedule() instanceof Schedule.Plateau plateau) || !exhausted()) {
            return;
        }
        double rateFactor = progress.rateFactor() * plateau.factor();
        if (rateFactor < plateau.smallest()) {
            return;
        }
        copy(bestState, state, flow);
        progress = progress.atRate(rateFactor);
    }

    private static void copy(Map<String, Tensor> from, Map<String, Tensor> to, Flow changed) {
        to.forEach((name, tensor) -> tensor.copyFrom(from.get(name)));
        changed.parametersChanged();
    }

    private TrainingState snapshot() {
        Map<String, Tensor> first = new LinkedHashMap<>();
        Map<String, Tensor> second = new LinkedHashMap<>();
        for (Optimizer.Slot slot : optimizer.slots()) {
            first.put(slot.name(), slot.first().copy());
            second.put(slot.name(), slot.second().copy());
        }
        return new TrainingState(flow.copy(), best.copy(), first, second, progress, List.copyOf(history));
    }
}
