package io.blemish.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blemish.jobs.report.Html.Element;
import io.blemish.jobs.report.Html.StyleSheet;
import java.io.IOException;
import java.io.StringReader;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class TestHtml {
    private static String written(Html html) throws IOException {
        StringBuilder out = new StringBuilder();
        html.write(out);
        return out.toString();
    }

    private static org.w3c.dom.Element parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    @Test
    void elementsNest() throws IOException {
        Element list = Html.element("ul", "tiles", Html.element("li", Html.text("a & b")), Html.element("br"));

        assertThat(written(list.with("id", "it's")))
                .isEqualTo("<ul class=\"tiles\" id=\"it&#39;s\">" + "<li>a &amp; b</li><br/></ul>");
    }

    /** Whatever text goes in, both parsers find that text again, and nothing else. */
    @Test
    void textIsText() throws Exception {
        Random random = new Random(3);
        int[] alphabet = "<>&\"'/=;!-[]?x \n\té€😀".codePoints().toArray();
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
            String hostile = text.toString();
            String page = written(Html.element("p", Html.text(hostile)).with("title", hostile));

            org.w3c.dom.Element xml = parsed(page);
            assertThat(xml.getTextContent()).isEqualTo(hostile);
            assertThat(xml.getChildNodes().getLength()).isLessThanOrEqualTo(1);
            org.jsoup.nodes.Element html = Jsoup.parse(page).selectFirst("p");
            assertThat(html).isNotNull();
            assertThat(html.wholeText()).isEqualTo(hostile);
            assertThat(html.attr("title")).isEqualTo(hostile);
            assertThat(html.children()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u0007", "\r", "\u202E", "\u2066", "\uD800", "\uDC00", "\uFFFE", "\u0085"})
    void whatCannotBeShownIsReplaced(String odd) throws Exception {
        String page = written(Html.element("p", Html.text("a" + odd + "b")));

        assertThat(parsed(page).getTextContent()).isEqualTo("a\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/x.png",
                "//example.org",
                "javascript:alert(1)",
                "data:text/html,x",
                "x.png",
                "../../x.html",
                "/x.html"
            })
    void nothingLeadsOutOfThePage(String reference) {
        assertThatThrownBy(() -> Html.element("img").with("src", reference)).hasMessageContaining("self-contained");
        assertThatThrownBy(() -> Html.element("a").with("href", reference)).hasMessageContaining("self-contained");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#a", "index.html", "../index.html#trends", "defects/green-mould.html"})
    void linksLeadToPagesOfTheReport(String reference) {
        assertThat(Html.element("a").with("href", reference).attributes()).containsEntry("href", reference);
    }

    @Test
    void nothingRuns() {
        assertThatThrownBy(() -> Html.element("script")).hasMessageContaining("no script");
        assertThatThrownBy(() -> Html.element("p").with("onclick", "x")).hasMessageContaining("runs nothing");
        assertThatThrownBy(() -> Html.element("p><script")).hasMessageContaining("not a name");
        assertThatThrownBy(() -> Html.element("p").with("a b", "x")).hasMessageContaining("not a name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"</style><script>", "a { background: url(http://example.org) }", "@import 'x'", "a & b"})
    void styleSheetStaysOne(String css) {
        assertThatThrownBy(() -> new StyleSheet(css)).isInstanceOf(IllegalArgumentException.class);
    }
}
