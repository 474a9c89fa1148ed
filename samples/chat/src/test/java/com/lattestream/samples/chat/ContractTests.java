package com.lattestream.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.asyncapi.AsyncApiDocument;
import com.lattestream.test.EmbeddedLatteStream;
import com.lattestream.testsupport.NodeProject;
import com.lattestream.testsupport.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;

/**
 * The events of the application are those that its page expects: the types of the page's callbacks are generated from
 * the AsyncAPI document of the application. {@code -Dcontract.update=true} updates the document in the repository.
 */
@SpringBootTest
@AutoConfigureMockMvc
@EmbeddedLatteStream
@Timeout(180)
class ContractTests {

    private static final Path CONTRACT = Path.of("contract").toAbsolutePath();

    private static final Path DOCUMENT = CONTRACT.resolve("asyncapi.json");

    private static final Path TYPES = Path.of("target/contract/contract.d.ts").toAbsolutePath();

    @Autowired
    ApplicationContext context;

    private static NodeProject node;

    @TempDir
    Path directory;

    @BeforeAll
    @Timeout(300)
    static void installThePackages() throws Exception {
        node = NodeProject.in(CONTRACT).install();
    }

    @Test
    void theDocumentInTheRepositoryIsThatOfTheApplication() throws IOException {
        AsyncApiDocument document = AsyncApiDocument.of(context);
        if (Boolean.getBoolean("contract.update")) {
            document.writeTo(DOCUMENT);
        }

        assertThat(document.toJson()).isEqualTo(Files.readString(DOCUMENT));
    }

    @Test
    void thePageExpectsTheEventsOfTheApplication() throws Exception {
        Path document = directory.resolve("asyncapi.json");
        AsyncApiDocument.of(context).writeTo(document);
        Files.createDirectories(TYPES.getParent());

        assertThat(writeTypes(document, TYPES)).returns(0, Program::exitCode);
        assertThat(TYPES)
                .content()
                .contains("\"presence-room-{id}\": PresenceRoomId;")
                .contains("\"client-typing\": Typing;");
        assertThat(node.run("npx", "tsc")).isEqualTo(new Program(0, ""));
    }

    @Test
    void aRenamedComponentOfARecordIsAnErrorInThePage() throws Exception {
        Path document = directory.resolve("asyncapi.json");
        ChangedChat.in(directory)
                .replace("message/Message.java", "String text,", "String body,")
                .writeDocument(document);
        Path types = directory.resolve("contract.d.ts");
        assertThat(writeTypes(document, types)).returns(0, Program::exitCode);
        Files.writeString(directory.resolve("tsconfig.json"), """
                {
                  "extends": "%s",
                  "compilerOptions": { "paths": { "contract": ["./contract.d.ts"] } }
                }
                """.formatted(CONTRACT.resolve("tsconfig.json")));

        Program check = node.run("npx", "tsc", "--project", directory.toString());

        assertThat(check.exitCode()).isNotZero();
        assertThat(check.output())
                .containsPattern("assets/conversation\\.js\\(\\d+,\\d+\\): error"
                        + " TS2339: Property 'text' does not exist on type 'ShownMessage'\\.")
                .doesNotContain("api.js", "people.js");
    }

    @Test
    void aDocumentThatIsNotValidHasNoTypes() throws Exception {
        Path document = directory.resolve("asyncapi.json");
        String valid = AsyncApiDocument.of(context).toJson();
        Files.writeString(document, valid.replace("\"operations\"", "\"calls\""));
        Path types = directory.resolve("contract.d.ts");

        Program written = writeTypes(document, types);

        assertThat(written.exitCode()).isEqualTo(1);
        assertThat(written.output()).contains("error at calls: Property \"calls\" is not expected to be here");
        assertThat(types).doesNotExist();
    }

    private static Program writeTypes(Path document, Path types) throws Exception {
        return node.run("node", "types.js", document.toString(), types.toString());
    }
}
