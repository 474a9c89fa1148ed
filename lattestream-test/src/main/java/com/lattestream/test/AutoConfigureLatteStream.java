package com.lattestream.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Adds LatteStream's auto-configuration to a test slice of Spring Boot, such as {@code @WebMvcTest}, which leaves it out
 * otherwise. It needs what the auto-configuration needs in an application: an {@link EmbeddedLatteStream}, a mock of the
 * client or of the template, {@code lattestream.mode=none} or a secret.
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
