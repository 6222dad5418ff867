package dev.millrace.cli;

import dev.millrace.train.EpochReport;
import java.io.PrintWriter;
import java.time.Duration;

/** Shows how a training goes: one moving line on a terminal, else a plain line now and then. */
final class Progress {

    private static final long REDRAW_EVERY = Duration.ofMillis(100).toNanos();
    private static final long LINE_EVERY = Duration.ofSeconds(5).toNanos();
    private static final int BAR = 10;
    private static final String CLEAR_LINE = "\r\033[K";

    /** A longer line would wrap on a narrow terminal, and could not be taken back. */
    private static final int WIDTH = 79;

    private final PrintWriter log;
    private final boolean terminal;
    private final LikelihoodUnit unit;
    private final Pace pace = new Pace();
    private long shown;
    private EpochReport last;
    private boolean lastIsShown;

    Progress(PrintWriter log, boolean terminal, LikelihoodUnit unit) {
        this.log = log;
        this.terminal = terminal;
        this.unit = unit;
    }

    void stepDone(int epoch, int done, int rows, double fractionOfRun) {
        pace.stepDone(done, fractionOfRun);
        if (terminal && isTimeSince(REDRAW_EVERY)) {
            String bar = bar(epoch, (double) done / rows);
            log.print(CLEAR_LINE + bar.substring(0, Math.min(WIDTH, bar.length())));
            log.flush();
        }
    }

    void epochDone(EpochReport report) {
        boolean first = last == null;
        last = report;
        lastIsShown = !terminal && (isTimeSince(LINE_EVERY) || first);
        if (lastIsShown) {
            log.println(line(report) + ", " + speed() + pace.timeLeft());
            log.flush();
        }
    }

    /** The training is over; this was its last epoch. */
    void end(EpochReport report) {
        if (terminal) {
            log.print(CLEAR_LINE);
        }
        if (!lastIsShown || last.epoch() != report.epoch()) {
            log.println(line(report) + ", " + speed());
        }
        log.flush();
    }

    private boolean isTimeSince(long interval) {
        long now = System.nanoTime();
        boolean isTime = now - shown >= interval;
        shown = isTime ? now : shown;
        return isTime;
    }

    private String bar(int epoch, double ofEpoch) {
        int filled = (int) (ofEpoch * BAR);
        return "epoch " + epoch + " [" + "=".repeat(filled) + " ".repeat(BAR - filled) + "]" + figures() + " " + speed()
                + pace.timeLeft();
    }

    private String speed() {
        return pace.speed() + " " + unit.noun() + "/s";
    }

    private String figures() {
        if (last == null) {
            return "";
        }
        return figures(" train ", " valid ", last) + unit.suffix();
    }

    private String line(EpochReport report) {
        return "epoch " + report.epoch() + ": " + figures("training ", ", validation ", report) + unit.suffix();
    }

    private String figures(String training, String validation, EpochReport report) {
        String first = training + FigureText.of(unit.figure(report.trainLogProb()));
        return Double.isNaN(report.validationLogProb())
                ? first
                : first + validation + FigureText.of(unit.figure(report.validationLogProb()));
    }
}
