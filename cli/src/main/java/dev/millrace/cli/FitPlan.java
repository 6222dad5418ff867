package dev.millrace.cli;

import dev.millrace.train.TrainerSettings;

/**
 * What to train and how.
 *
 * @param flow the flow to begin with
 * @param training how it is trained
 */
record FitPlan(FlowChoice flow, TrainerSettings training) {}
