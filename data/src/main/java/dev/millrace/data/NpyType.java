package dev.millrace.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a NumPy array's elements.
 *
 * @param kind NumPy's letter: b(ool), i(nteger), u(nsigned) or f(loat)
 * @param size in bytes
 * @param order of the bytes
 */
record NpyType(char kind, int size, ByteOrder order) {

    private static final Pattern DESCRIPTION = Pattern.compile("([<>=|])?(b1|[iu][1248]|f[248])");

    /** The type NumPy describes so, such as {@code <f8}; empty if its elements are not plain numbers. */
    static Optional<NpyType> of(String description) {
        Matcher matcher = DESCRIPTION.matcher(description);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String code = matcher.group(2);
        ByteOrder order = ">".equals(matcher.group(1)) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return Optional.of(new NpyType(code.charAt(0), code.charAt(1) - '0', order));
    }

    /** The element at a place in a buffer of this byte order, as the nearest double. */
    double number(ByteBuffer bytes, int at) {
        return switch (kind) {
            case 'b' -> bytes.get(at) == 0 ? 0 : 1;
            case 'f' -> floating(bytes, at);
            case 'u' -> unsigned(integer(bytes, at));
            default -> integer(bytes, at);
        };
    }

    /** The element as text that loses nothing. */
    String text(ByteBuffer bytes, int at) {
        return switch (kind) {
            case 'b' -> bytes.get(at) == 0 ? "0" : "1";
            case 'f' -> size == 8 ? Double.toString(floating(bytes, at)) : Float.toString((float) floating(bytes, at));
            case 'u' -> Long.toUnsignedString(integer(bytes, at));
            default -> Long.toString(integer(bytes, at));
        };
    }

    private double floating(ByteBuffer bytes, int at) {
        return switch (size) {
            case 2 -> half(bytes.getShort(at));
            case 4 -> bytes.getFloat(at);
            default -> bytes.getDouble(at);
        };
    }

    /** IEEE 754's binary16, which the JDK knows from 20 on. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double magnitude =
                switch (exponent) {
                    case 0 -> Math.scalb((double) fraction, -24);
                    case 0x1F -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
                    default -> Math.scalb(1024.0 + fraction, exponent - 25);
                };
        return bits < 0 ? -magnitude : magnitude;
    }

    private long integer(ByteBuffer bytes, int at) {
        long signed =
                switch (size) {
                    case 1 -> bytes.get(at);
                    case 2 -> bytes.getShort(at);
                    case 4 -> bytes.getInt(at);
                    default -> bytes.getLong(at);
                };
        return kind == 'u' && size < 8 ? signed & ((1L << 8 * size) - 1) : signed;
    }

    /** Halved, the last bit kept sticky so that the rounding stays right, and doubled again. */
    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * (bits >>> 1 | bits & 1);
    }
}
