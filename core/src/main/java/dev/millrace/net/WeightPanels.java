package dev.millrace.net;

import dev.millrace.kernel.PanelMatrix;

/**
 * A layer's weights in panels, made when they are first used: a flow that waits to be trained takes no memory for them,
 * and one that only scores none for those of the gradient. Safe for several threads, as long as the weights stay as they
 * are.
 */
final class WeightPanels {

    private final FloatTensor weight;
    private final boolean transposed;
    private volatile PanelMatrix panels;

    /** @param transposed whether the panels hold the transposed matrix */
    WeightPanels(FloatTensor weight, boolean transposed) {
        this.weight = weight;
        this.transposed = transposed;
    }

    PanelMatrix get() {
        PanelMatrix made = panels;
        return made != null ? made : make();
    }

    private synchronized PanelMatrix make() {
        if (panels == null) {
            PanelMatrix made = transposed
                    ? PanelMatrix.of(weight.columns(), weight.rows())
                    : PanelMatrix.of(weight.rows(), weight.columns());
            fill(made);
            panels = made;
        }
        return panels;
    }

    /** Follows a change of the weights; nobody may read meanwhile. */
    void weightsChanged() {
        if (panels != null) {
            fill(panels);
        }
    }

    private void fill(PanelMatrix made) {
        if (transposed) {
            made.setTransposed(weight.data(), weight.stride());
        } else {
            made.set(weight.data(), weight.stride());
        }
    }
}
