package dev.millrace.report;

/**
 * How much of everything a report shows.
 *
 * @param rows most rows of a set that statistics are made of
 * @param points most points of a scatter plot
 * @param cells of a density picture along a side
 * @param travellers points of the transport picture
 * @param everyRow whether the held-out likelihood is that of every row, however many there are
 */
record Detail(int rows, int points, int cells, int travellers, boolean everyRow) {

    static final Detail FULL = new Detail(5000, 800, 128, 600, true);

    /** For a page that is renewed every few seconds beside a training. */
    static final Detail LIVE = new Detail(1000, 500, 64, 300, false);
}
