package com.lattestream.guides;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.testsupport.NodeProject;
import com.lattestream.testsupport.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the page docs/contracts.md: the document, the types, and the check of the page. */
@Timeout(180)
class ContractsIT {

    private static final String JAVA = "src/main/java/com/example/demo/";

    private static final String SCRIPT = "src/main/resources/static/order.js";

    private static final String TYPES = "target/contract.d.ts";

    /** The project with the npm packages. */
    @TempDir
    static Path project;

    private static Guide guide;

    private static NodeProject node;

    /** The Java sources. */
    @TempDir
    Path sources;

    @BeforeAll
    @Timeout(300)
    static void installThePackages() throws Exception {
        guide = ContractsGuide.page();
        node = NodeProject.in(project);
        for (Map.Entry<String, String> file : ContractsGuide.files().entrySet()) {
            Path path = project.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        // npm installs the versions of this file, so that a later release of a package does not fail the build
        Files.copy(ContractsGuide.CHAT.resolve("contract/package-lock.json"), project.resolve("package-lock.json"));
        node.install(command("npm install").split(" "));
    }

    @Test
    void theScriptAndTheVersionsOfThePackagesAreThoseOfTheChat() throws Exception {
        Path contract = ContractsGuide.CHAT.resolve("contract");

        assertThat(guide.files().get("types.js")).isEqualTo(Files.readString(contract.resolve("types.js")));
        assertThat(Files.readString(contract.resolve("package.json")))
                .contains(guide.files().get("package.json").lines().skip(3).toList());
    }

    @Test
    void aRenamedComponentIsAnErrorInThePage() throws Exception {
        Map<String, String> files = new TreeMap<>(ContractsGuide.files());
        // the files of later sections
        files.keySet().removeAll(List.of(JAVA + "Price.java", JAVA + "Typing.java"));
        writeTypes(sources.resolve("before"), files);
        assertThat(project.resolve("target/asyncapi.json"))
                .content()
                .contains("\"address\" : \"order-{orderId}\"")
                .doesNotContain("servers");
        assertThat(project.resolve(TYPES))
                .content()
                .endsWith(guide.blocks("typescript").get(0));
        assertThat(check()).isEqualTo(new Program(0, ""));

        List<String> blocks = guide.blocks("java");
        String changed = blocks.stream()
                .filter(block -> block.contains("record OrderShipped(long orderId, String company)"))
                .findFirst()
                .orElseThrow();
        files.put(JAVA + "OrderShipped.java", changed);
        writeTypes(sources.resolve("after"), files);

        Program check = check();
        assertThat(check.exitCode()).isNotZero();
        assertThat(guide.text()).contains("```\n" + check.output() + "```\n");
    }

    @Test
    void declaredEventsHaveTypes() throws Exception {
        writeTypes(sources, ContractsGuide.files());
        String trigger = guide.blocks("javascript").get(2);
        Path script = project.resolve(SCRIPT);
        String page = Files.readString(script);

        try {
            assertThat(project.resolve(TYPES))
                    .content()
                    .contains("bid: number;")
                    .contains("ask: number | null;");
            Files.writeString(script, page + trigger);
            assertThat(check()).isEqualTo(new Program(0, ""));

            Files.writeString(script, page + trigger.replace("name:", "user:"));
            assertThat(check().output()).contains("'user' does not exist in type 'Typing'");
            Files.writeString(script, page.replace("\"order-7\"", "\"orders-7\""));
            assertThat(check().output()).contains("\"orders-7\"' is not assignable");
            Files.writeString(script, page.replace("\"shipped\"", "\"ship\""));
            assertThat(check().output()).contains("\"ship\"' is not assignable");
        } finally {
            Files.writeString(script, page);
        }
    }

    /** Runs the test that writes the document, and the script that generates the types. */
    private static void writeTypes(Path sources, Map<String, String> files) throws Exception {
        Path classes = GuideApplication.compile(sources, files);
        Files.createDirectories(project.resolve("target"));
        TestRunner.run(project, classes, "com.example.demo.ContractTests");
        assertThat(node.run(command("node types.js").split(" "))).returns(0, Program::exitCode);
    }

    private static Program check() throws Exception {
        return node.run(command("npx").split(" "));
    }

    /** Returns the command of the page that begins with a text. */
    private static String command(String start) {
        return guide.blocks("bash").stream()
                .filter(block -> block.startsWith(start))
                .findFirst()
                .orElseThrow()
                .strip();
    }
}
