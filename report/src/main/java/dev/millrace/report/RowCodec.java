package dev.millrace.report;

import dev.millrace.data.TableEncoding;
import dev.millrace.train.ImageEncoding;

/** The way between rows of the data and rows of a flow, in place. */
sealed interface RowCodec {

    /** Makes rows of the data the flow's, as they are scored. */
    void encode(double[] rows);

    /** Makes rows of the flow rows that the data could have. */
    void decode(double[] rows);

    /** Of a table. */
    record OfTable(TableEncoding encoding, long seed) implements RowCodec {

        @Override
        public void encode(double[] rows) {
            for (int at = 0; at < rows.length; at += encoding.columns().size()) {
                encoding.encodeScoring(rows, at, seed);
            }
        }

        @Override
        public void decode(double[] rows) {
            for (int at = 0; at < rows.length; at += encoding.columns().size()) {
                encoding.decode(rows, at);
            }
        }
    }

    /** Of images; a row of the data has the values of the pixels. */
    record OfImages(ImageEncoding encoding) implements RowCodec {

        @Override
        public void encode(double[] rows) {
            byte[] pixels = new byte[encoding.dimension()];
            for (int at = 0; at < rows.length; at += pixels.length) {
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (byte) rows[at + i];
                }
                encoding.encodeScoring(pixels, 0, rows, at);
            }
        }

        @Override
        public void decode(double[] rows) {
            byte[] pixels = new byte[encoding.dimension()];
            for (int at = 0; at < rows.length; at += pixels.length) {
                encoding.decode(rows, at, pixels, 0);
                for (int i = 0; i < pixels.length; i++) {
                    rows[at + i] = Byte.toUnsignedInt(pixels[i]);
                }
            }
        }
    }
}
