package dev.millrace.data;

import java.math.BigInteger;

/**
 * Reads decimal numbers straight from a parser's characters, correctly rounded and without making garbage.
 *
 * <p>Up to 19 digits and powers of ten within ±{@value #MAX_POWER} are rounded here: by Clinger's exact case ("How to
 * read floating point numbers accurately", 1990) where mantissa and power are both exact doubles, else by the method of
 * Eisel and Lemire ("Number parsing at a gigabyte per second", 2021), one or two 64×64-bit products that either
 * determine the nearest double or say that they do not. All else goes to {@link Double#parseDouble}.
 */
final class Decimal {

    /** Powers of ten beyond this are rare in data. All within are normal doubles, even times the largest mantissa. */
    private static final int MAX_POWER = 64;

    /** As many digits always fit in 64 unsigned bits. */
    private static final int MAX_DIGITS = 19;

    /** The powers of ten that are exact doubles. */
    private static final double[] EXACT_POWERS = exactPowers();

    private static final int MAX_EXACT_POWER = 22;

    /** The leading 128 bits of 5^q for each q from −MAX_POWER: high half, low half. */
    private static final long[] FIVES = powersOfFive();

    private static final int MANTISSA_BITS = 52;
    private static final int EXPONENT_BIAS = 1023;

    private Decimal() {}

    /**
     * The number these characters are: digits with an optional sign, point and power of ten, nothing around them.
     *
     * @return the nearest double, infinite if beyond the largest; NaN if this is not a number
     */
    static double parse(char[] text, int start, int length) {
        int end = start + length;
        int i = start;
        boolean negative = false;
        if (i < end && (text[i] == '-' || text[i] == '+')) {
            negative = text[i] == '-';
            i++;
        }
        long mantissa = 0;
        int firstDigit = i;
        while (i < end && isDigit(text[i])) {
            mantissa = 10 * mantissa + (text[i] - '0');
            i++;
        }
        int digits = i - firstDigit;
        int power = 0;
        if (i < end && text[i] == '.') {
            int afterPoint = ++i;
            while (i < end && isDigit(text[i])) {
                mantissa = 10 * mantissa + (text[i] - '0');
                i++;
            }
            power = afterPoint - i;
            digits -= power;
        }
        if (digits == 0) {
            return Double.NaN;
        }
        boolean plain = digits <= MAX_DIGITS || significant(text, firstDigit, i) <= MAX_DIGITS;
        if (i < end) {
            if ((text[i] | 0x20) != 'e') {
                return Double.NaN;
            }
            int exponent = exponent(text, i + 1, end);
            if (exponent == Integer.MIN_VALUE) {
                return Double.NaN;
            }
            power += exponent;
        }
        double magnitude = plain ? round(mantissa, power) : Double.NaN;
        if (magnitude != magnitude) {
            return Double.parseDouble(new String(text, start, length));
        }
        return negative ? -magnitude : magnitude;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Digits from the first that is not 0. */
    private static int significant(char[] text, int from, int to) {
        int i = from;
        while (i < to && (text[i] == '0' || text[i] == '.')) {
            i++;
        }
        int count = 0;
        for (; i < to; i++) {
            if (text[i] != '.') {
                count++;
            }
        }
        return count;
    }

    /** The power of ten written here, cut to ±1,000,000; the least int if it is not one. */
    private static int exponent(char[] text, int from, int end) {
        int i = from;
        boolean negative = i < end && text[i] == '-';
        if (negative || (i < end && text[i] == '+')) {
            i++;
        }
        if (i == end) {
            return Integer.MIN_VALUE;
        }
        int value = 0;
        for (; i < end; i++) {
            if (!isDigit(text[i])) {
                return Integer.MIN_VALUE;
            }
            value = Math.min(1_000_000, 10 * value + (text[i] - '0'));
        }
        return negative ? -value : value;
    }

    /** The double nearest to mantissa (unsigned) × 10^power; NaN if that is not clear here. */
    private static double round(long mantissa, int power) {
        if (mantissa == 0) {
            return 0.0;
        }
        if (power < -MAX_POWER || power > MAX_POWER) {
            return Double.NaN;
        }
        if (mantissa > 0 && mantissa >>> (MANTISSA_BITS + 1) == 0) {
            if (power >= 0 && power <= MAX_EXACT_POWER) {
                return mantissa * EXACT_POWERS[power];
            }
            if (power < 0 && power >= -MAX_EXACT_POWER) {
                return mantissa / EXACT_POWERS[-power];
            }
        }
        return eiselLemire(mantissa, power);
    }

    private static double eiselLemire(long mantissa, int power) {
        int leadingZeros = Long.numberOfLeadingZeros(mantissa);
        long w = mantissa << leadingZeros;
        int at = 2 * (power + MAX_POWER);
        long high = highProduct(w, FIVES[at]);
        long low = w * FIVES[at];
        // Only if the bits below those wanted are all ones can the power's lower half carry into them.
        if ((high & 0x1FF) == 0x1FF) {
            long carry = highProduct(w, FIVES[at + 1]);
            low += carry;
            if (Long.compareUnsigned(low, carry) < 0) {
                high++;
            }
            if (low == -1L) {
                return Double.NaN;
            }
        }
        int upper = (int) (high >>> 63);
        int shift = upper + 64 - MANTISSA_BITS - 3;
        long rounded = high >>> shift;
        // Exactly between two doubles, which only small powers can be: to the even one.
        if ((low == 0 || low == 1) && power >= -4 && power <= 23 && (rounded & 3) == 1 && rounded << shift == high) {
            rounded &= ~1L;
        }
        rounded += rounded & 1;
        rounded >>>= 1;
        // (152170 + 65536) / 2^16 is log2(10) closely enough to give the binary exponent of 10^power exactly.
        int exponent = (((152170 + 65536) * power) >> 16) + 63 + upper - leadingZeros + EXPONENT_BIAS;
        if (rounded >= 2L << MANTISSA_BITS) {
            rounded = 1L << MANTISSA_BITS;
            exponent++;
        }
        return Double.longBitsToDouble(rounded & ~(1L << MANTISSA_BITS) | (long) exponent << MANTISSA_BITS);
    }

    /** The upper 64 bits of the product of unsigned factors. */
    private static long highProduct(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }

    private static double[] exactPowers() {
        double[] powers = new double[MAX_EXACT_POWER + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 10 * powers[i - 1];
        }
        return powers;
    }

    /** As the method's proof asks: cut off after 128 bits, but rounded up where a quotient can be exact. */
    private static long[] powersOfFive() {
        long[] table = new long[2 * (2 * MAX_POWER + 1)];
        for (int q = -MAX_POWER; q <= MAX_POWER; q++) {
            BigInteger five = BigInteger.valueOf(5).pow(Math.abs(q));
            BigInteger bits = q >= 0
                    ? five.shiftLeft(128).shiftRight(five.bitLength())
                    : BigInteger.ONE.shiftLeft(five.bitLength() + 127).divide(five);
            if (q < 0 && q >= -27) {
                bits = bits.add(BigInteger.ONE);
            }
            table[2 * (q + MAX_POWER)] = bits.shiftRight(64).longValue();
            table[2 * (q + MAX_POWER) + 1] = bits.longValue();
        }
        return table;
    }
}
