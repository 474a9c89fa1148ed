package com.lattestream.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Annotation that can be specified on a test class to start an {@link EmbeddedLatteStreamServer}. It may also be used
 * as a meta-annotation.
 *
 * <p>With the Spring TestContext Framework, the engine is a bean of the application context and is started and closed
 * with it. Tests that share a cached context share the engine; annotations with equal attributes lead to the same
 * context. A Spring Boot application with the LatteStream auto-configuration is connected to the engine.
 *
 * <pre>{@code
 * @SpringBootTest
 * @EmbeddedLatteStream
 * class ChatTests {
 *
 *     @Autowired
 *     EmbeddedLatteStreamServer engine;
 * }
 * }</pre>
 *
 * <p>Without Spring, on a plain JUnit Jupiter class, the class and its nested classes share one engine. It is started
 * before their tests and closed after them. Test methods, lifecycle methods and constructors can declare it as a
 * parameter.
 *
 * <pre>{@code
 * @EmbeddedLatteStream
 * class ChatTests {
 *
 *     @Test
 *     void greets(EmbeddedLatteStreamServer engine) { ... }
 * }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(EmbeddedLatteStreamExtension.class)
public @interface EmbeddedLatteStream {

    /**
     * The port that the engine listens on.
     * @return a port, or 0 for any free port
     */
    int port() default 0;

    /**
     * The secret that requests must be signed with.
     * @return a secret, {@code lsk_...}; empty for a random one, which {@link EmbeddedLatteStreamServer#secret()}
     * returns
     */
    String secret() default "";

    /**
     * The public key that browser clients connect with.
     * @return a public key, {@code lspk_...}; empty for the default of the engine
     */
    String publicKey() default "";

    /**
     * The path to which the engine sends webhooks, if the application listens on a port. The port may be random. Only
     * required for a path other than that of the LatteStream auto-configuration.
     * @return a path within the context path of the application, starting with {@code /}; empty for the path of the
     * auto-configuration
     */
    String webhookPath() default "";
}
