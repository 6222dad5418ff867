package dev.millrace.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.data.Table;
import dev.millrace.data.Toy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The pages in a real browser. Screenshots are left in {@code target/screenshots} to be looked at. */
class BrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Everything of the canvas, as text. */
    private static final String PICTURE = "return document.getElementById('stage').toDataURL()";

    private static final Report MOONS = Report.of(Fits.moonsInput());

    @TempDir
    static Path folder;

    private static Browser browser;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open(folder);
        Files.createDirectories(SCREENSHOTS);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    private static void show(Report report, int width) throws IOException {
        Path page = folder.resolve("report.html");
        report.write(page);
        browser.resize(width, 900);
        browser.go(page.toUri().toString());
        browser.await("document.body.dataset.ready");
    }

    private static void requireLayout(String name) throws IOException {
        browser.screenshot(SCREENSHOTS.resolve(name + ".png"));
        assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing sticks out to the right")
                .isEqualTo(true);
        // Every chart that is shown has drawn something, and fits its card.
        assertThat(browser.run("return [...document.querySelectorAll('.chart')].filter((place) => place.offsetParent"
                        + " && !place.querySelector('svg')).map((place) => place.id)"))
                .isEqualTo(List.of());
        assertThat(browser.run(
                        "return [...document.querySelectorAll('.card svg')].filter((svg) => svg.offsetParent !== null"
                                + " || svg.getBoundingClientRect().width > 0).filter((svg) => svg.getBoundingClientRect().right >"
                                + " svg.closest('.card').getBoundingClientRect().right + 1).length"))
                .isEqualTo(0L);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theReportHoldsOnAWideScreen() throws IOException {
        show(MOONS, 1400);
        requireLayout("wide");
        assertThat(browser.find("title").getText()).isEqualTo("two-moons");
        assertThat(browser.find("verdict").getText()).contains("times the density");
    }

    @Test
    void theReportHoldsOnAPhoneInTheDark() throws IOException {
        browser.preferDark();
        show(MOONS, 400);
        requireLayout("phone");
    }

    @Test
    void theReportIsDrawnAgainWhenTheWindowChanges() throws IOException {
        show(MOONS, 1400);
        browser.resize(400, 900);
        browser.await("document.querySelector('#history svg').getBoundingClientRect().width < 400");
        requireLayout("narrowed");
    }

    @Test
    void theSliderMovesThePoints() throws IOException {
        show(MOONS, 1000);
        Object data = browser.run(PICTURE);

        // By keyboard, as by hand.
        browser.find("layer").sendKeys(Keys.ARROW_RIGHT);
        browser.await("document.getElementById('stage').dataset.place === '1.000'");
        Object second = browser.run(PICTURE);
        assertThat(second).isNotEqualTo(data);
        assertThat(browser.find("layer-name").getText())
                .contains("after layer 1 of")
                .contains("standardisation");

        browser.find("layer").sendKeys(Keys.END);
        browser.await(
                "document.getElementById('stage').dataset.place === document.getElementById('layer').max + '.000'");
        assertThat(browser.run(PICTURE)).isNotEqualTo(second);
        assertThat(browser.find("layer-name").getText()).contains("the latent, z");
        browser.run("document.getElementById('stage').scrollIntoView()");
        browser.screenshot(SCREENSHOTS.resolve("latent.png"));

        browser.find("layer").sendKeys(Keys.HOME);
        browser.await("document.getElementById('stage').dataset.place === '0.000'");
        assertThat(browser.run(PICTURE)).isEqualTo(data);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void playGoesThroughAllLayersAndStops() throws IOException {
        show(MOONS, 1000);
        browser.find("play").sendKeys(Keys.ENTER);
        browser.await("document.getElementById('play').textContent.includes('Pause')");
        browser.await("document.getElementById('stage').dataset.place === document.getElementById('layer').max + '.000'"
                + " && document.getElementById('play').textContent.includes('Play')");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void textOfTheDataIsShownAsText() throws IOException {
        String name = "<script>alert(1)</script>";
        Table rows = Table.of(
                List.of(name, "<img src=x onerror=alert(2)>"),
                Toy.CIRCLES.sample(300, 1).values());
        show(
                Report.of(Fits.untrained(
                        name,
                        Fits.continuous(rows.columns().toArray(String[]::new)),
                        Fits.set(RowSet.Role.GIVEN, rows))),
                1400);

        assertThat(browser.find("title").getText()).isEqualTo(name);
        assertThat(browser.run("return document.querySelectorAll('main img, main script').length"))
                .isEqualTo(0L);
        requireLayout("hostile");
    }

    @Test
    void imagesAreShown() throws IOException {
        show(Report.of(Fits.imagesInput()), 400);
        assertThat(browser.run("return [...document.querySelectorAll('#images img')]"
                        + ".filter((image) => image.complete && image.naturalWidth > 0).length"))
                .isEqualTo(6L);
        assertThat(browser.find("tiles").getText()).contains("bits/dim");
        browser.run("document.getElementById('images').scrollIntoView()");
        requireLayout("images");
    }

    @Test
    void manyColumnsFit() throws IOException {
        double[] values = Toy.SPIRALS.sample(10_000, 1).values();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add("a column with quite a long name, number " + i);
        }
        Table rows = Table.of(names, values);
        show(
                Report.of(Fits.untrained(
                        "twenty columns",
                        Fits.continuous(names.toArray(String[]::new)),
                        Fits.set(RowSet.Role.GIVEN, rows))),
                400);
        requireLayout("columns");
        browser.resize(1400, 900);
        browser.await("document.querySelector('.pair svg').getBoundingClientRect().width > 200");
        requireLayout("columns-wide");
    }

    @Test
    void theLivePageFollowsTheTrainingAndSurvivesBeingReopened() throws Exception {
        browser.resize(1400, 900);
        ReportInput input = Fits.moonsInput();
        try (LiveReport live = LiveReport.start("two-moons", 0)) {
            browser.go(live.address().toString());
            browser.await("document.getElementById('status').textContent.includes('about to begin')");
            live.update("Training: epoch 1 is done", () -> input);
            browser.await("document.body.dataset.version === '1' && document.querySelector('#learned svg')");
            assertThat(browser.find("status").getText()).isEqualTo("Training: epoch 1 is done");
            requireLayout("live");

            browser.go("about:blank");
            browser.go(live.address().toString());
            browser.await("document.body.dataset.version === '1' && document.querySelector('#learned svg')");

            live.end("Training has ended", MOONS);
            browser.await("document.getElementById('status').textContent === 'Training has ended'");
            browser.await("document.body.dataset.version === '2'");
        }
        assertThat(browser.complaints()).isEmpty();
    }
}
