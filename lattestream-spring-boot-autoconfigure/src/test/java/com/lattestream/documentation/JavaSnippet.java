package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Java from the documentation: a file, or types, members of a class, or statements without their imports. */
final class JavaSnippet {

    private static final String IMPORTS = """
            import static com.lattestream.test.LatteStreamAssertions.assertThat;
            import static org.assertj.core.api.Assertions.assertThat;
            import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
            import static org.mockito.ArgumentMatchers.argThat;
            import static org.mockito.Mockito.verify;
            import com.fasterxml.jackson.annotation.JsonProperty;
            import com.lattestream.core.*;
            import com.lattestream.core.crypto.*;
            import com.lattestream.core.webhook.*;
            import com.lattestream.spring.*;
            import com.lattestream.spring.auth.*;
            import com.lattestream.spring.broadcast.*;
            import com.lattestream.spring.observation.*;
            import com.lattestream.spring.webhook.*;
            import com.lattestream.test.*;
            import io.micrometer.common.KeyValues;
            import jakarta.servlet.http.HttpServletRequest;
            import java.security.Principal;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.*;
            import org.junit.jupiter.api.*;
            import org.slf4j.*;
            import org.springframework.beans.factory.ObjectProvider;
            import org.springframework.beans.factory.annotation.*;
            import org.springframework.boot.*;
            import org.springframework.boot.autoconfigure.*;
            import org.springframework.boot.test.context.*;
            import org.springframework.boot.test.web.server.LocalServerPort;
            import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
            import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
            import org.springframework.context.*;
            import org.springframework.context.annotation.*;
            import org.springframework.context.event.EventListener;
            import org.springframework.http.*;
            import org.springframework.jdbc.core.JdbcTemplate;
            import org.springframework.scheduling.annotation.Async;
            import org.springframework.security.config.Customizer;
            import org.springframework.security.config.annotation.web.builders.HttpSecurity;
            import org.springframework.security.config.web.server.ServerHttpSecurity;
            import org.springframework.security.web.SecurityFilterChain;
            import org.springframework.security.web.authentication.HttpStatusEntryPoint;
            import org.springframework.security.web.server.SecurityWebFilterChain;
            import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
            import org.springframework.security.web.server.csrf.CsrfWebFilter;
            import org.springframework.security.web.server.util.matcher.*;
            import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
            import org.springframework.stereotype.*;
            import org.springframework.test.context.bean.override.mockito.MockitoBean;
            import org.springframework.test.web.reactive.server.WebTestClient;
            import org.springframework.test.web.servlet.assertj.MockMvcTester;
            import org.springframework.transaction.annotation.*;
            import org.springframework.transaction.event.TransactionalEventListener;
            import org.springframework.transaction.reactive.TransactionalEventPublisher;
            import org.springframework.web.bind.annotation.*;
            import org.springframework.web.cors.CorsConfiguration;
            import org.springframework.web.cors.reactive.*;
            import org.springframework.web.server.ResponseStatusException;
            import org.springframework.web.servlet.config.annotation.*;
            import reactor.core.publisher.Flux;
            import reactor.core.publisher.Mono;
            import reactor.util.retry.Retry;
            import tools.jackson.databind.JsonNode;
            import tools.jackson.databind.json.JsonMapper;
            """;

    private static final String FIELDS = "LatteStreamTemplate latteStream; LatteStreamClient client;"
            + " EmbeddedLatteStreamServer engine; Logger log;\n";

    private static final Pattern TYPE =
            Pattern.compile("^(public |final )*(class|interface|record|enum) ", Pattern.MULTILINE);

    private static final Pattern MEMBER = Pattern.compile(
            "^@|^(?!try\\b|if\\b|for\\b|while\\b)\\w[\\w<>, ]* \\w+\\([^;]*\\) \\{$", Pattern.MULTILINE);

    /** What start.spring.io generates; complete files are in its package. */
    private static final String GENERATED = """
            package com.example.demo;

            public class DemoApplication {

                public static void main(String[] args) {}
            }
            """;

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** For all snippets, because it keeps the jars of the classpath open. */
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    private final String code;

    JavaSnippet(String code) {
        this.code = code;
    }

    /** Compiles, and returns the messages of the compiler. */
    List<String> errors(Path classes) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        COMPILER.getTask(
                        null,
                        FILES,
                        diagnostics,
                        List.of("-d", classes.toString(), "-proc:none", "-classpath", classPath()),
                        null,
                        sources())
                .call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }

    /** Compiles members of a class, and returns the class that has them, such as one with {@code @Bean} methods. */
    Class<?> load(Path classes) throws IOException, ClassNotFoundException {
        return load(classes, "Snippet");
    }

    /** Compiles types, and returns one of them. */
    Class<?> load(Path classes, String name) throws IOException, ClassNotFoundException {
        assertThat(errors(classes)).isEmpty();
        // stays open as long as the class is in use
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, JavaSnippet.class.getClassLoader())
                .loadClass(name);
    }

    private static String classPath() {
        // Surefire hides the classpath behind a jar, and sets it as a property
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private List<Source> sources() {
        Source snippet = new Source("Snippet", unit());
        return isFile() ? List.of(snippet, new Source("DemoApplication", GENERATED)) : List.of(snippet);
    }

    private boolean isFile() {
        return code.startsWith("package ");
    }

    private String unit() {
        // not always, because a snippet may declare an order of its own
        return code.contains("@Order(") ? "import org.springframework.core.annotation.Order;\n" + body() : body();
    }

    private String body() {
        if (isFile()) {
            return code;
        }
        if (TYPE.matcher(code).find()) {
            return IMPORTS + code;
        }
        if (MEMBER.matcher(code).find()) {
            return IMPORTS + "class Snippet {\n" + FIELDS + code + "}\n";
        }
        return IMPORTS + "class Snippet {\n" + FIELDS + "void run() throws Exception {\n" + code + "}\n}\n";
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        private Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
