package io.blemish.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
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
        return List.of(FindingsFixture.everything(), FindingsFixture.little(), hostile());
    }

    private static Findings hostile() {
        return FindingsFixture.spelled(text -> text + HOSTILE);
    }

    private static String written(Findings findings) throws IOException {
        StringBuilder out = new StringBuilder();
        Page.write(findings, out);
        return out.toString();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void bothParsersSeeTheSamePage(Findings findings) throws Exception {
        String page = written(findings);

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
    @MethodSource("pages")
    void nothingIsFetchedOrRun(Findings findings) throws IOException {
        Document page = Jsoup.parse(written(findings));

        assertThat(page.select("script, link, iframe, object, embed, base")).isEmpty();
        assertThat(page.select("[src]")).allMatch(each -> each.attr("src").startsWith("data:image/jpeg;base64,"));
        assertThat(page.select("[href]")).allMatch(each -> each.attr("href").startsWith("#"));
        assertThat(page.getAllElements())
                .allMatch(each -> each.attributes().asList().stream()
                        .noneMatch(attribute -> attribute.getKey().startsWith("on")));
        assertThat(page.select("style").html()).doesNotContain("url(", "@import");
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none'");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everybodyCanReadIt(Findings findings) throws IOException {
        Document page = Jsoup.parse(written(findings));

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
        Document page = Jsoup.parse(written(findings));

        Set<String> ids = new HashSet<>();
        assertThat(page.select("[id]")).allMatch(each -> ids.add(each.id()));
        assertThat(page.select("a"))
                .isNotEmpty()
                .allMatch(link -> ids.contains(link.attr("href").substring(1)));
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
        assertThat(page.select("#time svg")).hasSize(12);
        assertThat(page.select("#time svg rect.missing")).hasSize(12);
        assertThat(page.select(".card")).hasSize(6);
        assertThat(page.select(".card.mistaken")).hasSize(2);
        assertThat(page.select(".card img")).hasSize(17);
        assertThat(page.select("#evaluation .figure").first().text()).isEqualTo("93.0 %");
        assertThat(page.select("#evaluation circle")).hasSize(15);
        assertThat(page.select(".confusion .right .number").eachText()).containsOnly("40");
        assertThat(page.select("#evaluation tr.baseline")).isNotEmpty();
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
