package dev.millrace.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveReportTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicLong nanoTime = new AtomicLong();
    private LiveReport live;

    @BeforeEach
    void start() throws IOException {
        live = LiveReport.start("<moons>", 0, nanoTime::get);
    }

    @AfterEach
    void stop() {
        live.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(live.address().resolve(path)).build();
        return client.send(request, BodyHandlers.ofString());
    }

    private Map<?, ?> news(int after) throws Exception {
        return (Map<?, ?>) Json.parse(get("data.json?after=" + after).body());
    }

    @Test
    void isThereForThisMachineOnly() throws Exception {
        assertThat(live.address().getHost()).isEqualTo("127.0.0.1");
        int port = live.address().getPort();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : network.inetAddresses().toList()) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, port).close()).isInstanceOf(IOException.class);
                }
            }
        }
        assertThat(rawGet("evil.example:" + port)).startsWith("HTTP/1.1 403");
        assertThat(rawGet("localhost:" + port)).startsWith("HTTP/1.1 200");
    }

    /** By hand, since a client chooses the Host header itself. */
    private String rawGet(String host) throws IOException {
        URI address = live.address();
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(20), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void nothingCanBeChanged() throws Exception {
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"}) {
            HttpRequest request = HttpRequest.newBuilder(live.address())
                    .method(method, BodyPublishers.ofString("x"))
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .as(method)
                    .isEqualTo(405);
        }
        assertThat(get("report.html").statusCode()).isEqualTo(404);
        assertThat(get("../../etc/passwd").statusCode()).isEqualTo(404);
        assertThat(get("/").body()).contains("&lt;moons&gt;").doesNotContain("<moons>");
    }

    @Test
    void newsAreTheLatestPictureOnce() throws Exception {
        assertThat(news(0).get("report")).isNull();

        ReportInput input = Fits.moonsInput();
        live.update("epoch 1", () -> input);
        Map<?, ?> first = news(0);
        while (first.get("report") == null) {
            first = news(0);
        }
        assertThat(first.get("status")).isEqualTo("epoch 1");
        assertThat(first.get("version")).isEqualTo(1L);
        assertThat(news(1).get("report")).isNull();
        assertThat(news(0).get("report")).isNotNull();

        // Nobody has asked for long, so the end does not wait.
        nanoTime.addAndGet(Duration.ofSeconds(4).toNanos());
        live.end("over", Report.of(input, Detail.LIVE));
        assertThat(news(1).get("ended")).isEqualTo(true);
        assertThat(news(1).get("status")).isEqualTo("over");
        live.update("too late", () -> {
            throw new AssertionError("no picture is made after the end");
        });
    }

    @Test
    void aPictureIsAskedForOnlyIfOneIsMade() throws Exception {
        ReportInput input = Fits.moonsInput();
        live.update("epoch 1", () -> input);
        while (((Long) news(0).get("version")) < 1) {
            assertThat(news(0).get("ended")).isEqualTo(false);
        }
        // The last one is not more than a second old.
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        live.update("epoch 2", () -> {
            throw new AssertionError("it is too early for another picture");
        });
        assertThat(news(0).get("status")).isEqualTo("epoch 2");

        nanoTime.addAndGet(Duration.ofSeconds(4).toNanos());
        live.update("epoch 3", () -> {
            throw new AssertionError("nobody is looking");
        });

        AtomicInteger asked = new AtomicInteger();
        while (asked.get() == 0) {
            // Once more for a picture that is not quite done.
            nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
            assertThat(news(1).get("ended")).isEqualTo(false);
            live.update("epoch 4", () -> {
                asked.incrementAndGet();
                return input;
            });
        }
    }

    @Test
    void aPictureThatCannotBeMadeDoesNoHarm() throws Exception {
        ReportInput broken = new ReportInput(
                "broken",
                Fits.moons(),
                Fits.continuous("x", "y"),
                1,
                List.of(),
                Fits.moonsInput().sets(),
                Optional.of((rows, count) -> {
                    throw new IllegalStateException("no such luck");
                }),
                Optional.empty(),
                Map.of(),
                Optional.empty());
        live.update("epoch 1", () -> broken);
        while (!String.valueOf(news(0).get("status")).contains("no such luck")) {
            assertThat(news(0).get("ended")).isEqualTo(false);
        }
    }

    @Test
    void aPortThatIsTakenIsAnError() {
        int port = live.address().getPort();

        assertThatThrownBy(() -> LiveReport.start("second", port)).isInstanceOf(BindException.class);
    }
}
