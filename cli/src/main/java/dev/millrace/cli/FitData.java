package dev.millrace.cli;

import dev.millrace.report.RowSet;
import dev.millrace.train.RowSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a fit learns from, decides by and is judged by. */
sealed interface FitData permits TableFitData, ImageFitData {

    /** Rows to learn from. */
    RowSource trainRows();

    /** Rows that decide when to stop; there may be none. */
    RowSource validationRows();

    /** Rows that the final figure is for; there may be none. */
    RowSource testRows();

    /** All rows, or enough of them, by what the training does with them. */
    List<RowSet> sets();

    /** How it is told how likely they are. */
    LikelihoodUnit unit();

    /** How raw data becomes rows, as the model stores it. */
    Map<String, Object> encodingTree();

    /** For the model's provenance. */
    Map<String, Object> description();

    /** What to train on this data and how, where the user has not decided. */
    FitPlan plan(Overrides given, int threads);

    /** The baseline that a model of this data is compared with, if there is one. */
    Optional<GaussianBaseline> gaussian();

    /** The rows for the final figure: the test rows, or without any the validation rows. */
    default RowSource heldOut() {
        return hasTest() ? testRows() : validationRows();
    }

    default boolean hasTest() {
        return testRows().rows() > 0;
    }
}
