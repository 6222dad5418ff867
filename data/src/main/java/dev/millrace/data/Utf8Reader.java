package dev.millrace.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 strictly, without a byte order mark. Unlike {@link java.io.InputStreamReader} it hands out every
 * character before a bad byte first, so that whoever reads knows on which line the bad byte is.
 */
final class Utf8Reader extends Reader {

    private static final int MARK_LENGTH = 3;

    private final InputStream in;
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private boolean started;
    private boolean ended;

    Utf8Reader(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] into, int offset, int length) throws IOException {
        CharBuffer chars = CharBuffer.wrap(into, offset, length);
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, ended);
            int count = chars.position() - offset;
            if (count > 0 || length == 0) {
                return count;
            }
            if (result.isOverflow()) {
                throw new IOException("a surrogate pair needs room for two characters");
            }
            if (result.isError()) {
                result.throwException();
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        do {
            int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
            if (count < 0) {
                ended = true;
            } else {
                bytes.position(bytes.position() + count);
            }
        } while (!started && !ended && bytes.position() < MARK_LENGTH);
        bytes.flip();
        if (!started) {
            started = true;
            skipMark();
        }
    }

    private void skipMark() {
        if (bytes.remaining() >= MARK_LENGTH
                && bytes.get(0) == (byte) 0xEF
                && bytes.get(1) == (byte) 0xBB
                && bytes.get(2) == (byte) 0xBF) {
            bytes.position(MARK_LENGTH);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
