package dev.millrace.bench.compare;

import java.util.Map;

/**
 * What a cell measured in one round.
 *
 * @param round from 0 on
 * @param work its name
 * @param program Millrace's or a peer's name
 * @param threads that it was given
 * @param values by what they measure; names end with the unit
 */
record Observation(int round, String work, String program, int threads, Map<String, Double> values) {}
