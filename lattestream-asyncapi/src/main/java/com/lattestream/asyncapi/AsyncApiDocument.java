package com.lattestream.asyncapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NativeDetector;
import org.springframework.util.StringUtils;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The AsyncAPI 3.0 document of an application, which describes its channels and the data of their events:
 *
 * <ul>
 * <li>the events of {@link com.lattestream.spring.broadcast.Broadcast @Broadcast}, on the classes in the application's
 * packages and on methods of its beans,
 * <li>the channels of {@link com.lattestream.spring.auth.ChannelAuthorizer @ChannelAuthorizer} methods,
 * <li>the events that {@link com.lattestream.spring.ChannelEvent @ChannelEvent} declares.
 * </ul>
 *
 * <p>The schemas describe the JSON that the application's {@link JsonMapper} writes. A property that is annotated as
 * nullable, such as with JSpecify's {@code @Nullable}, may be null. The document has no addresses of servers, which
 * depend on the environment, and no rules of authorization: an extension
 * {@code x-lattestream-authorization} of each channel has the value {@code required}, {@code none}, or
 * {@code undetermined} if it depends on the value of a parameter. The same application always has the same document.
 *
 * <pre>{@code
 * AsyncApiDocument.of(context).writeTo(Path.of("target/asyncapi.json"));
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @see <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">AsyncAPI 3.0</a>
 */
public final class AsyncApiDocument {

    private static final JsonMapper PRETTY = JsonMapper.builder().build();

    private final ObjectNode content;

    private AsyncApiDocument(ObjectNode content) {
        this.content = content;
    }

    /**
     * Creates the document of an application. Beans that may have authorizers, and whose class is known only after their
     * creation, are created. The title is {@code spring.application.name}, and the version is that of the
     * {@link BuildProperties}, if the build has created them.
     * @param context the refreshed application context
     * @return the document
     * @throws IllegalArgumentException if a declaration or a {@code @Broadcast} annotation is not valid; the message
     * contains its location and the rule
     * @throws IllegalStateException if the context is not a {@link ConfigurableApplicationContext}, if an annotated class
     * cannot be loaded, or in a native image, whose classes cannot be searched for annotations
     * @throws RuntimeException if a bean that may have authorizers cannot be created
     */
    public static AsyncApiDocument of(ApplicationContext context) {
        if (NativeDetector.inNativeImage()) {
            throw new IllegalStateException(
                    "An AsyncAPI document cannot be created in a native image, because its classes"
                            + " cannot be searched for annotations; create it in a test of the application");
        }
        if (!(context instanceof ConfigurableApplicationContext configurable)) {
            throw new IllegalStateException(context.getClass().getName() + " is not a ConfigurableApplicationContext");
        }
        JsonMapper jsonMapper = context.getBeanProvider(JsonMapper.class)
                .getIfUnique(() -> JsonMapper.builder().build());
        return new AsyncApiDocument(new DocumentBuilder(jsonMapper)
                .build(title(context), version(context), ApplicationContract.of(configurable)));
    }

    private static String title(ApplicationContext context) {
        String name = context.getEnvironment().getProperty("spring.application.name");
        return StringUtils.hasText(name) ? name : "application";
    }

    private static String version(ApplicationContext context) {
        BuildProperties build = context.getBeanProvider(BuildProperties.class).getIfAvailable();
        String built = build == null ? null : build.getVersion();
        return StringUtils.hasText(built) ? built : "unspecified";
    }

    /**
     * Returns the document as JSON.
     * @return indented JSON text, which ends with a line break
     */
    public String toJson() {
        return PRETTY.writerWithDefaultPrettyPrinter()
                        .writeValueAsString(content)
                        .replace("\r\n", "\n") + "\n";
    }

    /**
     * Writes the document to a file, in UTF-8. Missing directories are created, and an existing file is replaced.
     * @param file the path of the file
     * @throws UncheckedIOException if the file cannot be written
     */
    public void writeTo(Path file) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.writeString(file, toJson(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException("The AsyncAPI document could not be written to " + file, ex);
        }
    }

    /** Returns the document as a map, which any JSON library can write. */
    Map<String, Object> toMap() {
        return PRETTY.convertValue(content, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
