package dev.millrace.train;

import dev.millrace.kernel.SumOfSquares;
import dev.millrace.net.DoubleTensor;
import dev.millrace.net.FloatTensor;
import dev.millrace.net.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Turns gradients into steps. Parameters are cut into pieces of a fixed size that the team shares out; the norm is summed
 * in the order of the parameters and of the pieces, so that no result depends on the number of threads.
 */
final class Optimizer {

    private static final int PIECE = 1 << 14;

    private final OptimizerSettings settings;
    private final double clipNorm;
    private final Team team;
    private final List<Slot> slots = new ArrayList<>();
    private final Piece[] pieces;
    /** Pieces whose squares are not left by the work that sets the gradient. */
    private final Piece[] measured;

    private final IntConsumer measure = this::measure;
    private final IntConsumer update = this::update;
    private final StepFactors factors = new StepFactors();
    private long steps;

    /** To be made when the work of setting gradients has been drawn up: that decides whose squares it leaves. */
    Optimizer(OptimizerSettings settings, double clipNorm, Map<String, Tensor> state, Team team) {
        this.settings = settings;
        this.clipNorm = clipNorm;
        this.team = team;
        List<Piece> all = new ArrayList<>();
        List<Piece> left = new ArrayList<>();
        state.forEach((name, tensor) -> {
            if (tensor.trainable()) {
                Slot slot = Slot.of(name, tensor);
                slots.add(slot);
                List<Piece> ofSlot = pieces(slot);
                all.addAll(ofSlot);
                if (tensor.squaresOfGradient().isEmpty()) {
                    left.addAll(ofSlot);
                }
            }
        });
        pieces = all.toArray(Piece[]::new);
        measured = left.toArray(Piece[]::new);
    }

    private static List<Piece> pieces(Slot slot) {
        List<Piece> pieces = new ArrayList<>();
        for (int from = 0; from < slot.length(); from += PIECE) {
            pieces.add(new Piece(slot, from, Math.min(from + PIECE, slot.length())));
        }
        return pieces;
    }

    List<Slot> slots() {
        return slots;
    }

    long steps() {
        return steps;
    }

    void setSteps(long steps) {
        this.steps = steps;
    }

    /**
     * Changes the parameters by their gradients.
     *
     * @return the norm of the gradient before clipping; if it is not finite, nothing has been changed
     */
    double step(double learningRate) {
        team.run(measured.length, measure);
        double sum = 0;
        for (int i = 0; i < slots.size(); i++) {
            sum += sum(slots.get(i).squares());
        }
        double norm = Math.sqrt(sum);
        if (norm < Double.POSITIVE_INFINITY) {
            steps++;
            factors.set(settings, learningRate, steps, norm > clipNorm ? clipNorm / norm : 1);
            team.run(pieces.length, update);
        }
        return norm;
    }

    private static double sum(double[] parts) {
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }

    /** The first parameter whose gradient is not finite. */
    String firstNonFinite() {
        return slots.stream()
                .filter(slot -> !(sum(slot.squares()) < Double.POSITIVE_INFINITY))
                .map(Slot::name)
                .findFirst()
                .orElse("none");
    }

    private void measure(int i) {
        Piece piece = measured[i];
        piece.slot.squares()[piece.from / PIECE] = piece.slot.squares(piece.from, piece.to);
    }

    private void update(int i) {
        Piece piece = pieces[i];
        piece.slot.update(factors, piece.from, piece.to);
    }

    private record Piece(Slot slot, int from, int to) {}

    /** The numbers of one step that are the same for all parameters. */
    static final class StepFactors {

        boolean adam;
        double clip;
        double rate;
        double beta1;
        double beta2;
        double secondRoot;
        double epsilon;
        double decay;

        private void set(OptimizerSettings settings, double rate, long step, double clip) {
            this.clip = clip;
            this.rate = rate;
            decay = 1 - rate * settings.weightDecay();
            adam = settings instanceof OptimizerSettings.Adam;
            if (settings instanceof OptimizerSettings.Adam rule) {
                beta1 = rule.beta1();
                beta2 = rule.beta2();
                this.rate = rate / (1 - power(beta1, step));
                secondRoot = 1 / Math.sqrt(1 - power(beta2, step));
                epsilon = rule.epsilon();
            } else if (settings instanceof OptimizerSettings.Sgd rule) {
                beta1 = rule.momentum();
            }
        }
    }

    /** By repeated squaring: StrictMath.pow allocates. */
    private static double power(double base, long exponent) {
        double power = 1;
        double square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                power *= square;
            }
            square *= square;
        }
        return power;
    }

    /** One parameter with what the optimiser remembers of its gradients. */
    sealed interface Slot permits FloatSlot, DoubleSlot {

        static Slot of(String name, Tensor tensor) {
            if (tensor instanceof FloatTensor floats) {
                boolean decays = floats.shape().length == 2;
                return new FloatSlot(
                        name, floats, decays, squares(floats, floats.data().length), floats.zeros(), floats.zeros());
            }
            DoubleTensor doubles = (DoubleTensor) tensor;
            return new DoubleSlot(
                    name, doubles, squares(doubles, doubles.data().length), doubles.zeros(), doubles.zeros());
        }

        /** Where the gradient's work leaves its squares, or room for those of each piece. */
        private static double[] squares(Tensor tensor, int length) {
            return tensor.squaresOfGradient().orElseGet(() -> new double[(length + PIECE - 1) / PIECE]);
        }

        String name();

        int length();

        /** Live parts of the sum of the gradient's squares. */
        double[] squares();

        /** The sum of the squares of a piece of the gradient. */
        double squares(int from, int to);

        void update(StepFactors factors, int from, int to);

        /** Running mean of gradients, or their momentum. */
        Tensor first();

        /** Running mean of squared gradients; stays zero without Adam. */
        Tensor second();
    }

    record FloatSlot(
            String name, FloatTensor tensor, boolean decays, double[] squares, FloatTensor first, FloatTensor second)
            implements Slot {

        @Override
        public int length() {
            return tensor.data().length;
        }

        @Override
        public double squares(int from, int to) {
            return SumOfSquares.inDouble(tensor.gradient(), from, to);
        }

        @Override
        public void update(StepFactors f, int from, int to) {
            float decay = decays ? (float) f.decay : 1;
            if (f.adam) {
                Steps.adam(tensor.data(), tensor.gradient(), first.data(), second.data(), f, decay, from, to);
            } else {
                Steps.sgd(tensor.data(), tensor.gradient(), first.data(), f, decay, from, to);
            }
        }
    }

    record DoubleSlot(String name, DoubleTensor tensor, double[] squares, DoubleTensor first, DoubleTensor second)
            implements Slot {

        @Override
        public int length() {
            return tensor.data().length;
        }

        @Override
        public double squares(int from, int to) {
            return Steps.squares(tensor.gradient(), from, to);
        }

        @Override
        public void update(StepFactors f, int from, int to) {
            double rate = f.rate * tensor.pace();
            if (f.adam) {
                Steps.adam(tensor.data(), tensor.gradient(), first.data(), second.data(), f, rate, from, to);
            } else {
                Steps.sgd(tensor.data(), tensor.gradient(), first.data(), f, rate, from, to);
            }
        }
    }
}
