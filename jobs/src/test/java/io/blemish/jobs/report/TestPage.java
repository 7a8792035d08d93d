package io.blemish.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

/** The page as a browser reads it. Expectations hold for a page with everything, with little, and with hostile text. */
class TestPage {
    /** Tries to end whatever it stands in: an element, an attribute, a comment, a CDATA section, the style sheet. */
    private static final String HOSTILE =
            "\"'`><script>alert(1)</script><img src=x onerror=alert(1)>&lt;]]>--></style>";

    static List<Findings> pages() {
        return List.of(
                FindingsFixture.everything(), FindingsFixture.withoutTrends(), FindingsFixture.little(), hostile());
    }

    /** Each page of each of the reports, the first pages among them. */
    static List<Page> allPages() {
        return pages().stream().flatMap(findings -> Page.of(findings).stream()).toList();
    }

    private static Findings hostile() {
        return FindingsFixture.spelled(text -> text + HOSTILE);
    }

    private static String written(Findings findings) throws IOException {
        return written(page(findings, "index.html"));
    }

    private static Page page(Findings findings, String path) {
        return Page.of(findings).stream()
                .filter(page -> page.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static String written(Page page) throws IOException {
        StringBuilder out = new StringBuilder();
        page.write(out);
        return out.toString();
    }

    @ParameterizedTest
    @MethodSource("allPages")
    void bothParsersSeeTheSamePage(Page each) throws Exception {
        String page = written(each);

        // Of XML it is well-formed; of HTML no element ends, or begins, that the page does not say so of.
        org.w3c.dom.Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page)));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < xml.getElementsByTagName("*").getLength(); i++) {
            expected.add(xml.getElementsByTagName("*").item(i).getNodeName());
        }
        assertThat(Jsoup.parse(page).getAllElements().stream().skip(1).map(Element::tagName))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("allPages")
    void nothingIsFetchedOrRun(Page each) throws IOException {
        Document page = Jsoup.parse(written(each));

        assertThat(page.select("script, link, iframe, object, embed, base")).isEmpty();
        assertThat(page.select("[src]")).allMatch(picture -> picture.attr("src").startsWith("data:image/jpeg;base64,"));
        assertThat(page.select("[href]"))
                .allMatch(link -> link.attr("href").matches("#[^/]+|(\\.\\./|defects/)?[a-z0-9-]+\\.html"));
        assertThat(page.getAllElements())
                .allMatch(element -> element.attributes().asList().stream()
                        .noneMatch(attribute -> attribute.getKey().startsWith("on")));
        assertThat(page.select("style").html()).doesNotContain("url(", "@import");
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none'");
    }

    @ParameterizedTest
    @MethodSource("allPages")
    void everybodyCanReadIt(Page each) throws IOException {
        Document page = Jsoup.parse(written(each));

        assertThat(page.selectFirst("html").attr("lang")).isEqualTo("en");
        assertThat(page.title()).isNotBlank();
        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.select("img")).allMatch(image -> !image.attr("alt").isBlank());
        assertThat(page.select("svg"))
                .allMatch(chart ->
                        chart.hasAttr("aria-label") || chart.attr("aria-hidden").equals("true"));
        assertThat(page.select("table"))
                .allMatch(table ->
                        !table.select("caption").isEmpty() || table.parents().is("details"));
        int level = 1;
        for (Element heading : page.select("h1, h2, h3, h4")) {
            int next = heading.tagName().charAt(1) - '0';
            assertThat(next).as(heading.text()).isLessThanOrEqualTo(level + 1);
            level = next;
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Findings findings) throws IOException {
        Set<String> places = new HashSet<>();
        for (Page page : Page.of(findings)) {
            Document document = Jsoup.parse(written(page));
            assertThat(places.add(page.path())).isTrue();
            assertThat(document.select("[id]")).allMatch(each -> places.add(page.path() + "#" + each.id()));
        }
        for (Page page : Page.of(findings)) {
            URI here = URI.create(page.path());
            assertThat(Jsoup.parse(written(page)).select("a"))
                    .isNotEmpty()
                    .allSatisfy(link -> assertThat(places).contains(target(here, link.attr("href"))));
        }
    }

    private static String target(URI page, String reference) {
        return reference.startsWith("#")
                ? page + reference
                : URI.create("/" + page).resolve(reference).toString().substring(1);
    }

    @Test
    void trendsHaveChartsAndSentences() throws IOException {
        Findings findings = FindingsFixture.everything();
        Document index = Jsoup.parse(written(findings));

        assertThat(index.select("#trends svg.control")).hasSize(8);
        assertThat(index.select("#time")).isEmpty();
        assertThat(index.select("#trends .note").text()).contains("4 series rise and 2 fall", "1 chart is left out");
        assertThat(index.select("#trends figcaption").eachText())
                .contains("Green mould at north rises since 6 Jun: 6.0 % [4.9 %, 7.4 %] against 2.0 %");
        assertThat(index.select(".pages a").eachAttr("href"))
                .containsExactly(
                        "defects/any-defect.html",
                        "defects/green-mould.html",
                        "defects/bruise.html",
                        "defects/scab.html");
        assertThat(index.select("#provenance").text()).contains("tiny-mapper", "by Ada", "defect_trends", "0b5e9b1c");
    }

    /** The marks of signals differ by shape and colour; and the days can be read as numbers. */
    @Test
    void pageOfDefectShowsItsSeries() throws IOException {
        Document page = Jsoup.parse(written(page(FindingsFixture.everything(), "defects/green-mould.html")));

        assertThat(page.select("h1").text()).isEqualTo("Green mould");
        assertThat(page.select("#series svg.control")).hasSize(4);
        Element rising = page.select("svg.control").first();
        assertThat(rising.attr("aria-label")).contains("Green mould at north rises since 6 Jun");
        assertThat(rising.select("circle[fill=var(--chart-rate)]")).hasSize(65);
        assertThat(rising.select("[fill=var(--chart-rising)]")).hasSize(25).noneMatch(each -> each.is("circle"));
        assertThat(rising.select("line[stroke=var(--chart-change)]")).hasSize(1);
        assertThat(rising.select("line[stroke=var(--chart-interval)]")).hasSize(90);
        assertThat(page.select("table.days").first().select("tbody tr")).hasSize(90);
        assertThat(page.select(".card")).hasSize(2);
        assertThat(page.select("#standings tbody tr")).hasSize(4);
        assertThat(page.select("#standings .note").text()).contains("3 are not listed");
    }

    /** What Lets-Plot calls its parts is another name each time, and must not go over. */
    @Test
    void sameFindingsAreTheSameBytes() throws IOException {
        assertThat(written(page(FindingsFixture.everything(), "defects/scab.html")))
                .isEqualTo(written(page(FindingsFixture.everything(), "defects/scab.html")));
    }

    @Test
    void trendsThatAreNotComputedAreAskedFor() throws IOException {
        Document page = Jsoup.parse(written(FindingsFixture.withoutTrends()));

        assertThat(page.select("#trends").text()).contains("bin/blemish trends --warehouse /warehouse");
        assertThat(page.select("#time svg")).hasSize(12);
        assertThat(page.select("#time svg rect.missing")).hasSize(12);
    }

    /** A narrow window shows tables as blocks: each cell must say which column it is of. */
    @Test
    void cellsNameTheirColumns() throws IOException {
        Document page = Jsoup.parse(written(FindingsFixture.everything()));

        assertThat(page.select("table.matrix")).hasSizeGreaterThan(5).allSatisfy(table -> {
            List<String> columns = table.select("thead th .name").eachText();
            for (Element row : table.select("tbody tr")) {
                assertThat(row.select("td").eachAttr("data-label")).isEqualTo(columns.subList(1, columns.size()));
            }
        });
    }

    @Test
    void hostileTextIsShownAsItIs() throws IOException {
        Document page = Jsoup.parse(written(hostile()));

        assertThat(page.select(".facts").text())
                .contains("tiny-clip" + HOSTILE, "fruit" + HOSTILE, "/warehouse" + HOSTILE);
        Element card = page.selectFirst(".card");
        assertThat(card.select("h3").text()).contains("Green mould" + HOSTILE, "severe" + HOSTILE);
        assertThat(card.select(".verdict").text()).isEqualTo("reject" + HOSTILE);
        assertThat(card.select(".caption").text()).contains("a red apple with a cut" + HOSTILE);
        assertThat(card.select(".truth").text()).contains("cut" + HOSTILE);
        assertThat(card.select(".origin").text()).contains("apple" + HOSTILE, "north" + HOSTILE, "N1-0612-B" + HOSTILE);
        assertThat(card.select("img").first().attr("alt")).endsWith("a cut." + HOSTILE);
        assertThat(page.select("#evaluation th").eachText()).contains("green mould" + HOSTILE);
        assertThat(page.select("#defects th .name").eachText()).contains("harbour" + HOSTILE);
    }

    /** Each word stands below a square that tells by itself, and to those who cannot see it, where the word rests. */
    @Test
    void wordsShowWhatTheyRestOn() throws IOException {
        Document page = Jsoup.parse(written(FindingsFixture.everything()));

        assertThat(page.select(".card .rests")).hasSize(5);
        Element strip = page.selectFirst(".rests");
        assertThat(strip.attr("style")).startsWith("--small:url(data:image/jpeg;base64,");
        assertThat(strip.select(".word").eachText()).containsExactly("a", "red");
        assertThat(strip.select("[role=img]").eachAttr("aria-label"))
                .containsExactly("rests on no place", "rests most on the top right");
        assertThat(strip.select("li").eachAttr("title").get(1)).startsWith("red: 25.0\u00a0% likely there");
        String mask = strip.select(".lit").get(1).attr("style");
        assertThat(mask).startsWith("--mask:url(data:image/png;base64,").endsWith(")");
        BufferedImage pixels = ImageIO.read(new ByteArrayInputStream(
                Base64.getDecoder().decode(mask.substring(mask.indexOf(',') + 1, mask.length() - 1))));
        assertThat(pixels.getWidth()).isEqualTo(4);
        assertThat(pixels.getRGB(3, 0) >>> 24).isZero();
        assertThat(pixels.getRGB(0, 0) >>> 24).isGreaterThan(128);
    }

    @Test
    void numbersAreThere() throws IOException {
        Document page = Jsoup.parse(written(FindingsFixture.everything()));

        assertThat(page.select(".lead").text())
                .startsWith("297 photographs were inspected")
                .contains("178 show a defect (59.9 %)", "21 are too close to call");
        assertThat(page.select("#totals .figure").eachText()).containsExactly("300", "297", "59.9 %", "21");
        assertThat(page.select(".card")).hasSize(6);
        assertThat(page.select(".card.mistaken")).hasSize(2);
        assertThat(page.select(".card img")).hasSize(17);
        assertThat(page.select("#evaluation .figure").first().text()).isEqualTo("93.0 %");
        assertThat(page.select("#evaluation circle")).hasSize(15);
        assertThat(page.select(".confusion .right .number").eachText()).containsOnly("40");
        assertThat(page.select("#evaluation tr.baseline")).isNotEmpty();
    }

    @Test
    void slugsAreNamesOfFiles() {
        Slugs slugs = new Slugs();

        assertThat(List.of(
                        slugs.of("Green mould"),
                        slugs.of("green/mould"),
                        slugs.of("../"),
                        slugs.of("腐"),
                        slugs.of("x".repeat(90))))
                .containsExactly("green-mould", "green-mould-2", "defect", "defect-2", "x".repeat(60));
    }

    @Test
    void littleIsToldPlainly() throws IOException {
        Document page = Jsoup.parse(written(FindingsFixture.little()));

        assertThat(page.select("#evaluation, #time")).isEmpty();
        assertThat(page.select("#defects").text()).contains("No defect was found.");
        assertThat(page.select("#photographs").text())
                .contains("bin/blemish tiles", "The photograph cannot be read any more.");
        assertThat(page.select(".filter").text()).doesNotContain("mistaken");
    }
}
