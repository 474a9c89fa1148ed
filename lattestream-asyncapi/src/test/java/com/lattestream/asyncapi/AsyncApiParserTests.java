package com.lattestream.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.asyncapi.application.Application;
import com.lattestream.testsupport.NodeProject;
import com.lattestream.testsupport.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

/** AsyncAPI's own parser, and the generator of types, with events of each kind. */
@SpringBootTest(
        classes = Application.class,
        properties = {"lattestream.secret=lsk_c2VjcmV0", "lattestream.mode=none"})
class AsyncApiParserTests {

    // its tests run later, because it depends on this module
    private static final Path CHAT = Path.of("../samples/chat/contract");

    @Test
    @Timeout(300)
    void theDocumentIsValidAndHasTypes(@Autowired ApplicationContext context, @TempDir Path directory)
            throws Exception {
        Path document = directory.resolve("asyncapi.json");
        Path types = directory.resolve("contract.d.ts");
        AsyncApiDocument.of(context).writeTo(document);

        Program written = NodeProject.in(CHAT).install().run("node", "types.js", document.toString(), types.toString());

        assertThat(written.exitCode()).as("%s", written.output()).isZero();
        assertThat(written.output()).doesNotContain("error");
        assertThat(types)
                .content()
                .contains("\"private-order-{number}\": PrivateOrderNumber;")
                .contains("placed: Order;")
                .contains("news: Article | Headline;")
                .contains("state: \"UP\" | \"DOWN\";");
    }
}
