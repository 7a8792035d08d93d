package io.blemish.jobs.report;

import io.blemish.error.InternalException;
import io.blemish.jobs.report.Html.Element;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jetbrains.letsPlot.commons.encoding.RGBEncoder;
import org.jetbrains.letsPlot.commons.geometry.DoubleVector;
import org.jetbrains.letsPlot.core.util.PlotSvgExportCommon;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Charts drawn by <a href="https://lets-plot.org">Lets-Plot</a>, as parts of a page: shapes and text alone go over,
 * coordinates to a tenth, and {@link Ink} in the place of colours. Its styles and its names, which are other ones each
 * time, stay behind, so that the same chart is the same bytes.
 */
final class ChartSvg {
    private static final Set<String> SHAPES =
            Set.of("g", "path", "line", "circle", "rect", "polygon", "polyline", "text");
    private static final Set<String> GEOMETRY = Set.of(
            "x",
            "y",
            "x1",
            "y1",
            "x2",
            "y2",
            "cx",
            "cy",
            "r",
            "d",
            "points",
            "width",
            "height",
            "dy",
            "transform",
            "text-anchor",
            "stroke-width",
            "stroke-dasharray");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(?:E-?\\d+)?");

    /** No chart has a raster image in it. */
    private static final RGBEncoder NO_RASTER = (width, height, pixels) -> {
        throw new InternalException("A chart has a raster image of " + width + " x " + height);
    };

    private ChartSvg() {}

    /** The chart that a specification of Lets-Plot describes. */
    static Element drawn(Map<String, Object> plot, ControlChart.Size size) {
        String svg = PlotSvgExportCommon.INSTANCE.buildSvgImageFromRawSpecs(
                plot, new DoubleVector(size.width(), size.height()), NO_RASTER, false);
        return Html.element("svg")
                .with("viewBox", "0 0 " + size.width() + " " + size.height())
                .add(children(parsed(svg)));
    }

    private static Node parsed(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new InternalException("A chart that was drawn cannot be read", e);
        }
    }

    private static List<Html> children(Node parent) {
        List<Html> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            shape(child).ifPresent(children::add);
        }
        return children;
    }

    private static Optional<Html> shape(Node node) {
        if (node instanceof Text text) {
            String words = text.getData().strip();
            return words.isEmpty() ? Optional.empty() : Optional.of(Html.text(words));
        }
        String name = node.getNodeName();
        if (!SHAPES.contains(name)) {
            return Optional.empty();
        }
        List<Html> children = children(node);
        Element shape = painted(node, Html.element(name));
        boolean empty = children.isEmpty() && (name.equals("g") || name.equals("text"));
        boolean unseen = !name.equals("g") && !name.equals("text") && !isPainted(shape);
        return empty || unseen ? Optional.empty() : Optional.of(shape.add(children));
    }

    private static Element painted(Node node, Element shape) {
        Element painted = shape;
        NamedNodeMap attributes = node.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = attributes.item(i).getNodeName();
            String value = attributes.item(i).getNodeValue();
            if (GEOMETRY.contains(name)) {
                painted = painted.with(name, rounded(value));
            } else if (name.equals("fill") || name.equals("stroke")) {
                painted = painted.with(name, Ink.of(value).map(Ink::variable).orElse("none"));
            }
        }
        return painted;
    }

    private static boolean isPainted(Element shape) {
        return shape.attributes().values().stream().anyMatch(value -> value.startsWith("var("));
    }

    private static String rounded(String value) {
        Matcher numbers = NUMBER.matcher(value.strip());
        return numbers.replaceAll(number -> {
            String tenth = String.format(Locale.ROOT, "%.1f", Double.parseDouble(number.group()));
            return tenth.endsWith(".0") ? tenth.substring(0, tenth.length() - 2) : tenth;
        });
    }
}
