package dev.millrace.report;

import java.awt.Graphics2D;

/** One picture of a figure. */
@FunctionalInterface
interface Panel {

    /** Draws it from the origin on. */
    void paint(Graphics2D graphics, int width, int height);
}
