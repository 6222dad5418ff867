package dev.millrace.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** A source opened, unzipped if it is gzip, and known for what its first bytes say it is. */
final class Input implements Closeable {

    /** What the bytes are. */
    enum Format {
        TEXT,
        NPY,
        ZIP,
        /** MNIST's format. */
        IDX,
        /** One PNG or JPEG. */
        PICTURE,
        /** CIFAR-10's binary batches. */
        CIFAR
    }

    /** How far one can look ahead, in bytes. */
    static final int BUFFER = 1 << 16;

    /** Begins every PNG file. */
    static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** Begins every JPEG file. */
    static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] NPY = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] EMPTY_ZIP = {'P', 'K', 5, 6};

    /** Then the type of the elements and the number of dimensions; no text starts so. */
    private static final byte[] IDX = {0, 0};

    private static final byte[] UTF_16_LE = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] UTF_16_BE = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};

    private final InputStream opened;
    private final BufferedInputStream bytes;
    private final boolean gzip;
    private final Format format;

    private Input(InputStream opened, BufferedInputStream bytes, boolean gzip, Format format) {
        this.opened = opened;
        this.bytes = bytes;
        this.gzip = gzip;
        this.format = format;
    }

    static Input open(DataSource source) throws IOException {
        if (source instanceof DataSource.File file) {
            InputStream in = Files.newInputStream(file.path());
            try {
                return of(source.name(), in, in);
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        }
        return of(source.name(), ((DataSource.Stream) source).stream(), InputStream.nullInputStream());
    }

    private static Input of(String name, InputStream in, InputStream toClose) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in, BUFFER);
        boolean gzip = startsWith(bytes, GZIP);
        if (gzip) {
            bytes = new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER);
        }
        return new Input(toClose, bytes, gzip, format(name, bytes));
    }

    private static Format format(String name, BufferedInputStream bytes) throws IOException {
        String plainName = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (startsWith(bytes, NPY)) {
            return Format.NPY;
        }
        if (startsWith(bytes, ZIP) || startsWith(bytes, EMPTY_ZIP)) {
            return Format.ZIP;
        }
        if (startsWith(bytes, PNG) || startsWith(bytes, JPEG)) {
            return Format.PICTURE;
        }
        if (plainName.endsWith(".bin")) {
            return Format.CIFAR;
        }
        if (startsWith(bytes, IDX)) {
            return Format.IDX;
        }
        if (startsWith(bytes, UTF_16_LE) || startsWith(bytes, UTF_16_BE)) {
            throw new DataException(name + ": the text is UTF-16; save the file as UTF-8");
        }
        if (startsWith(bytes, PARQUET) || startsWith(bytes, HDF5)) {
            throw new DataException(name + ": Parquet and HDF5 files are not read; convert to .csv or .npy");
        }
        if (plainName.endsWith(".npy") || plainName.endsWith(".npz")) {
            throw new DataException(name + ": is not a NumPy file, whatever its name says");
        }
        return Format.TEXT;
    }

    /** Whether a file is an {@code .npy} array as it is, not compressed, so that one can read any part. */
    static boolean isPlainArray(FileChannel file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(NPY.length);
        return file.read(start, 0) == NPY.length && Arrays.equals(start.array(), NPY);
    }

    private static boolean startsWith(BufferedInputStream bytes, byte[] magic) throws IOException {
        bytes.mark(magic.length);
        byte[] start = bytes.readNBytes(magic.length);
        bytes.reset();
        return Arrays.equals(start, magic);
    }

    BufferedInputStream bytes() {
        return bytes;
    }

    /** Whether the source is compressed as a whole. */
    boolean isGzip() {
        return gzip;
    }

    Format format() {
        return format;
    }

    /** Closes a file; leaves a stream to the one who opened it. */
    @Override
    public void close() throws IOException {
        opened.close();
    }
}
