package dev.millrace.cli;

import java.util.Locale;

/** How fast a training goes, and how long it can still last. */
final class Pace {

    private static final double NANOS = 1e9;

    private final long started = System.nanoTime();
    private long rows;
    private int rowsOfEpoch;
    private double firstFraction = Double.NaN;
    private double fraction;

    /**
     * A step is done.
     *
     * @param doneOfEpoch rows of this epoch that are done
     * @param fractionOfRun how much of the run is over, from 0 to 1
     */
    void stepDone(int doneOfEpoch, double fractionOfRun) {
        rows += doneOfEpoch > rowsOfEpoch ? doneOfEpoch - rowsOfEpoch : doneOfEpoch;
        rowsOfEpoch = doneOfEpoch;
        // Not 0 where a run goes on from a checkpoint.
        firstFraction = Double.isNaN(firstFraction) ? fractionOfRun : firstFraction;
        fraction = fractionOfRun;
    }

    /** Rows a second, as a number with commas. */
    String speed() {
        return String.format(Locale.ROOT, "%,.0f", rows / seconds());
    }

    /** A bound, since training mostly ends before its last epoch; empty while nothing can be said. */
    String timeLeft() {
        double gained = fraction - firstFraction;
        return gained > 0 ? ", at most " + time(seconds() * (1 - fraction) / gained) + " left" : "";
    }

    private double seconds() {
        return (System.nanoTime() - started) / NANOS;
    }

    private static String time(double seconds) {
        long whole = Math.round(Math.max(0, seconds));
        if (whole < 60) {
            return whole + "s";
        }
        return whole < 3600 ? whole / 60 + "m" + whole % 60 + "s" : whole / 3600 + "h" + whole % 3600 / 60 + "m";
    }
}
