package dev.millrace.report;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.model.Json;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A report that is served while a training goes on, to this machine only: a small web server on 127.0.0.1 whose page asks
 * for news once a second. It only answers questions; there is nothing that a visitor could change. Pages can be closed
 * and opened at any time.
 *
 * <p>Pictures are made by a thread of its own, of fewer rows than in a {@link Report}, and only while somebody looks.
 * Safe for many threads.
 */
public final class LiveReport implements Closeable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final long PICTURE_EVERY = Duration.ofSeconds(1).toNanos();

    /** A page asks once a second; one that has not for so long is closed. */
    private static final long WATCHED_FOR = Duration.ofSeconds(4).toNanos();

    private static final long LONGEST_FAREWELL = Duration.ofSeconds(5).toMillis();

    private final String title;
    private final HttpServer server;
    private final LongSupplier nanoTime;
    private final ExecutorService answers = Executors.newFixedThreadPool(2, daemon("millrace-live"));
    private final ExecutorService painter = Executors.newSingleThreadExecutor(daemon("millrace-live-painter"));

    private String status = "Training is about to begin";
    private Optional<String> report = Optional.empty();
    private int version;
    private boolean ended;
    private boolean painting;
    private boolean farewellHeard;
    private long lastPainted;
    private Optional<Long> lastAsked = Optional.empty();

    private LiveReport(String title, HttpServer server, LongSupplier nanoTime) {
        this.title = title;
        this.server = server;
        this.nanoTime = nanoTime;
    }

    /**
     * Begins to serve.
     *
     * @param title what the data is called
     * @param port to listen at; 0 for any that is free
     * @throws IOException if the port is taken
     */
    public static LiveReport start(String title, int port) throws IOException {
        return start(title, port, System::nanoTime);
    }

    /** @param nanoTime the clock, as {@link System#nanoTime} */
    static LiveReport start(String title, int port, LongSupplier nanoTime) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(LOOPBACK), port);
        LiveReport live = new LiveReport(title, HttpServer.create(address, 0), nanoTime);
        live.server.createContext("/", live::answer);
        live.server.setExecutor(live.answers);
        live.server.start();
        return live;
    }

    private static ThreadFactory daemon(String name) {
        return work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Where to look. */
    public URI address() {
        return URI.create("http://" + LOOPBACK + ":" + server.getAddress().getPort() + "/");
    }

    /**
     * Says where the training stands, and makes a new picture if it is time for one: somebody is looking, and the last
     * one is made and a second old.
     *
     * @param status a few words for the head of the page
     * @param input what to show; asked for in the calling thread, and only if a picture is made
     */
    public void update(String status, Supplier<ReportInput> input) {
        synchronized (this) {
            this.status = status;
            if (!isTimeForAPicture()) {
                return;
            }
            painting = true;
        }
        ReportInput subject = input.get();
        painter.execute(() -> paint(subject));
    }

    private boolean isTimeForAPicture() {
        boolean first = report.isEmpty();
        return !painting && !ended && (first || isWatched() && nanoTime.getAsLong() - lastPainted > PICTURE_EVERY);
    }

    private boolean isWatched() {
        return lastAsked.isPresent() && nanoTime.getAsLong() - lastAsked.get() < WATCHED_FOR;
    }

    private void paint(ReportInput subject) {
        try {
            String painted = Report.of(subject, Detail.LIVE).toJson();
            synchronized (this) {
                if (!ended) {
                    show(painted);
                }
            }
        } catch (RuntimeException e) {
            // A flow that has just diverged cannot be drawn; the training itself says so.
            synchronized (this) {
                status = "No picture: " + e.getMessage();
            }
        } finally {
            synchronized (this) {
                painting = false;
                lastPainted = nanoTime.getAsLong();
            }
        }
    }

    private void show(String painted) {
        report = Optional.of(painted);
        version++;
    }

    /**
     * Shows the last picture, and waits until an open page has fetched it, at most five seconds.
     *
     * @param status the last words
     * @param last the report
     */
    public void end(String status, Report last) {
        synchronized (this) {
            this.status = status;
            show(last.toJson());
            ended = true;
            long until = System.currentTimeMillis() + LONGEST_FAREWELL;
            while (isWatched() && !farewellHeard && System.currentTimeMillis() < until) {
                try {
                    wait(100);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
            exchange.getResponseHeaders().set("X-Frame-Options", "DENY");
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, 405, "text/plain", "There is nothing to change here.\n");
            } else if (!isForThisMachine(exchange)) {
                send(exchange, 403, "text/plain", "This page is for this machine only.\n");
            } else {
                switch (exchange.getRequestURI().getPath()) {
                    case "/" -> send(exchange, 200, "text/html", Page.of(title, "null", true));
                    case "/data.json" -> sendNews(exchange);
                    default -> send(exchange, 404, "text/plain", "There is no such page.\n");
                }
            }
        }
    }

    /** Another site's page, of a name that somebody points to this machine, must not read what is here. */
    private boolean isForThisMachine(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        int port = server.getAddress().getPort();
        return Set.of(LOOPBACK + ":" + port, "localhost:" + port).contains(String.valueOf(host));
    }

    private void sendNews(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        boolean last;
        String news;
        synchronized (this) {
            lastAsked = Optional.of(nanoTime.getAsLong());
            boolean known = query.equals("after=" + version);
            last = ended;
            news = "{\"version\":" + version + ",\"ended\":" + ended + ",\"status\":" + Json.write(status)
                    + ",\"report\":" + (known ? "null" : report.orElse("null")) + "}";
        }
        send(exchange, 200, "application/json", news);
        synchronized (this) {
            farewellHeard |= last;
            notifyAll();
        }
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Stops serving. */
    @Override
    public void close() {
        server.stop(0);
        answers.shutdownNow();
        painter.shutdownNow();
    }
}
