package com.lattestream.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a Spring test an {@link EmbeddedLatteStreamServer}: a bean of its application context, started with it and
 * closed with it. Tests that share a cached context share the engine. In a Spring Boot application with LatteStream's
 * auto-configuration the application is connected to it.
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
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface EmbeddedLatteStream {

    /**
     * Where the engine listens.
     * @return a port, or 0 for any free one
     */
    int port() default 0;
}
