package com.lattestream.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Adds the LatteStream auto-configuration to a Spring Boot test slice, such as {@code @WebMvcTest}. By default, test
 * slices do not include it. As in an application, the auto-configuration requires one of the following: an
 * {@link EmbeddedLatteStream}, a mock of the client or of the template, {@code lattestream.mode=none} or a secret.
 *
 * <pre>{@code
 * @WebMvcTest(OrderController.class)
 * @AutoConfigureLatteStream
 * @EmbeddedLatteStream
 * class OrderControllerTests { ... }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureLatteStream {}
