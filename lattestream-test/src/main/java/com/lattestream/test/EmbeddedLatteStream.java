package com.lattestream.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test an {@link EmbeddedLatteStreamServer}. To be put on a test class, or on an annotation of one's own for test
 * classes.
 *
 * <p>With Spring's test framework the engine is a bean of the application context, started with it and closed with it.
 * Tests that share a cached context share the engine: annotations with equal attributes make equal contexts. In a Spring
 * Boot application with LatteStream's auto-configuration the application is connected to it.
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
 * <p>Without Spring, on a plain JUnit Jupiter class, there is one engine for the class and the classes nested in it. It
 * is started before their tests, closed after them, and a parameter of any test method, life-cycle method or constructor.
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
     * Where the engine listens.
     * @return a port, or 0 for any free one
     */
    int port() default 0;

    /**
     * What requests are to be signed with.
     * @return a secret, {@code lsk_...}; empty for a random one, which {@link EmbeddedLatteStreamServer#secret()} returns
     */
    String secret() default "";

    /**
     * What browser clients connect with.
     * @return a public key, {@code lspk_...}; empty for the engine's own
     */
    String publicKey() default "";

    /**
     * Where the application takes webhooks, if it listens on a port, random or not. Within a Spring Boot application
     * with LatteStream's auto-configuration this is known already, and need not be said unless webhooks are taken
     * elsewhere.
     * @return a path within the application's context path, starting with {@code /}; empty for where the
     * auto-configuration takes them
     */
    String webhookPath() default "";
}
