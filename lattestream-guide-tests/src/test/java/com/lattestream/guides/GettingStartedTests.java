package com.lattestream.guides;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The dependencies and the ports of the page docs/getting-started.md. */
class GettingStartedTests {

    private final Guide guide = Guide.named("getting-started.md");

    GettingStartedTests() throws IOException {}

    @Test
    void theDependenciesAreThoseThatTheBrowserTestUses() throws Exception {
        String ours = Files.readString(Path.of("pom.xml"));
        String version = text(parse(ours).getDocumentElement(), "version");
        String shown = "<shown>" + guide.blocks("xml").get(0) + "</shown>";

        assertThat(dependencies(shown)).hasSize(2);
        assertThat(dependencies(ours.replace("${project.version}", version))).containsAll(dependencies(shown));
    }

    @Test
    void theFilesOfTheReaderAreComplete() {
        assertThat(guide.files())
                .containsOnlyKeys(
                        "pom.xml",
                        "src/main/java/com/example/demo/MessageController.java",
                        "src/main/resources/application.properties",
                        "src/main/resources/static/index.html",
                        "src/test/java/com/example/demo/DemoApplicationTests.java");
    }

    @Test
    void thePageConnectsToThePortOfTheProperties() {
        String port = Pattern.compile("^lattestream\\.engine\\.port=(\\d+)$", Pattern.MULTILINE)
                .matcher(guide.files().get("src/main/resources/application.properties"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(guide.files().get("src/main/resources/static/index.html")).contains("\"localhost:" + port + "\"");
        assertThat(guide.text()).contains("http://localhost:" + port + "/console");
    }

    private static List<String> dependencies(String xml) throws Exception {
        NodeList nodes = parse(xml).getElementsByTagName("dependency");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(index -> (Element) nodes.item(index))
                .map(node -> text(node, "groupId") + ":" + text(node, "artifactId") + ":" + text(node, "version") + ":"
                        + text(node, "classifier") + ":" + text(node, "scope") + ":" + text(node, "optional"))
                .toList();
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    /** Returns the text of the first such element, or an empty text. */
    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
