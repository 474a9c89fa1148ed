package com.lattestream.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an event of a channel for the application's AsyncAPI document: an event that is triggered with the template,
 * or a client event that browsers trigger. Events of {@link com.lattestream.spring.broadcast.Broadcast @Broadcast} are
 * part of the document without a declaration.
 *
 * <pre>{@code
 * @ChannelEvent(channel = "prices-{symbol}", event = "price")
 * record Price(BigDecimal bid, BigDecimal ask) {}
 * }</pre>
 *
 * <p>The declaration describes; it triggers no event and restricts none. It is found on classes in the application's
 * packages, which are those that Spring Boot scans for entities and repositories. The document is created by the module
 * {@code lattestream-asyncapi}; without this module, the annotation has no effect.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ChannelEvents.class)
public @interface ChannelEvent {

    /**
     * Returns the channel: a name in which <code>{name}</code> stands for a variable part, as in
     * {@code private-order-{orderId}}.
     * @return the pattern of the channel's name; outside of variables, it consists of characters that channel names may
     * have
     */
    String channel();

    /**
     * Returns the name of the event. A name that starts with {@code client-} declares a client event: browsers trigger
     * it on a private or presence channel, and the application can receive it as a webhook.
     * @return 1 to 200 characters
     */
    String event();

    /**
     * Returns the type of the event's data.
     * @return the class whose JSON subscribers receive; by default, the annotated class
     */
    Class<?> payload() default void.class;
}
