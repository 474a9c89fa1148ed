package com.lattestream.spring.broadcast;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class of application events, or a method of a bean, whose objects are triggered on channels:
 *
 * <pre>{@code
 * @Broadcast(channel = "private-order-{orderId}", event = "shipped")
 * record OrderShipped(long orderId, String carrier) {}
 *
 * events.publishEvent(new OrderShipped(7, "DHL"));
 * }</pre>
 *
 * <p>On a class, its objects and those of subclasses are triggered when they are published with an
 * {@link org.springframework.context.ApplicationEventPublisher}. On a method, the returned object is triggered when the
 * method is called from outside the bean; null and an empty {@link java.util.Optional} are ignored. If the method
 * returns a Reactor {@code Mono} or {@code Flux}, each element is triggered when it is emitted, once for each
 * subscription: templates, condition and payload refer to the element, and a publisher without subscription triggers no
 * event. As with any advice, the method must not be private, static or final, and its class must not be final unless it
 * is proxied through an interface; otherwise startup fails.
 *
 * <p>Channel and event name are templates over the object: {@code {orderId}} is a property, {@code {order.id}} one of a
 * property, and {@code #{...}} an expression in Spring's language with the object as its root. A property is a record's
 * component, a getter, or a method of that name without parameters. Its value has to be a text, number, boolean,
 * character, enum or UUID, and in a channel may have characters of {@code a-z A-Z 0-9 _ - = @ . ;} only, so that a
 * value cannot lead to an unintended channel.
 *
 * <p>Templates are evaluated, and the payload is serialized to JSON, when the event is published: if a template does
 * not match the type, or a value is not valid in a channel, the caller receives an {@link IllegalArgumentException}.
 * Inside a transaction the event is triggered after the commit, and not after a rollback, including a rollback to a
 * savepoint that was created before the event. Outside a transaction, the event is triggered immediately. Reactive
 * transactions are supported for the elements of a {@code Mono} or {@code Flux}, and for events that are published with
 * Spring's {@link org.springframework.transaction.reactive.TransactionalEventPublisher}; their savepoints are not
 * supported. Later failures, such as an outage of the service or a full queue, are logged and do not reach the caller.
 *
 * <p>Type arguments that are declared are used, so that {@code {body.id}} fits a method that returns
 * {@code Envelope<Order>}. If a type argument is unknown, properties are looked up in the class of the value when the
 * event is published.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Broadcast {

    /**
     * Returns the channels on which the event is triggered. A template that consists of a single placeholder or
     * expression may result in a collection or an array, in which case each element is a channel.
     * @return templates of channels, at least one
     */
    String[] channel();

    /**
     * Returns the name of the event.
     * @return a template; by default, the simple name of the object's class
     */
    String event() default "";

    /**
     * Returns the property that subscribers receive. The source and the timestamp of an {@link java.util.EventObject},
     * such as an {@link org.springframework.context.ApplicationEvent}, are never sent, and neither is a property that a
     * class of Java or Spring declares. If no property remains, startup fails.
     * @return a property of the object, in the form {@code name} or {@code name.name}; by default, the object itself
     */
    String payload() default "";

    /**
     * Returns the condition under which the object is triggered, as with {@code @EventListener}: an expression in
     * Spring's language whose root is the object, such as {@code "total > 100"}. It is evaluated first, when the event
     * is published or the method returns. Its names are checked at startup; if it cannot be evaluated later, the
     * publisher or the caller receives an {@link IllegalArgumentException}. Null means false.
     * @return a boolean expression, without <code>#{}</code>; by default, every object is triggered
     */
    String condition() default "";

    /**
     * Returns whether the event is not sent to the connection of the user who caused it: the one that the current HTTP
     * request names in its header {@code X-Socket-ID}. Without such a request, or with a header that holds no socket
     * id, all subscribers receive the event. The current HTTP request is that of the calling thread; in WebFlux
     * applications, and for the elements of a {@code Mono} or {@code Flux}, that of the subscriber.
     * @return whether to exclude that connection; false by default
     */
    boolean toOthers() default false;

    /**
     * Returns the name of the client that triggers the event. If there is no such client, startup fails.
     * @return the name of a bean of type {@link com.lattestream.core.LatteStreamClient}; by default, the primary client
     * or the only default candidate
     */
    String client() default "";

    /**
     * Returns the key of the value that the event updates: while an event waits to be sent, a newer one with the same
     * channels in the same order, and the same event name, excluded connection and key replaces it, as with
     * {@link com.lattestream.core.Event#conflatedBy(String)}. The result of the template has 1 to 200 characters. If
     * the channel identifies the value already, use a constant such as {@code "latest"}.
     * @return a template over the object, such as <code>{symbol}</code>; by default, no event replaces another one
     */
    String conflateBy() default "";

    /**
     * Returns the time after which an event that has not been delivered is not sent any more, as with
     * {@link com.lattestream.core.Event#expiringAfter(java.time.Duration)}. The time begins when the client accepts the
     * event, which is after the commit; if an event publication registry stores the event, the time begins when the
     * event is published.
     * @return a duration of at least 1 millisecond and at most 365 days, such as {@code "5s"}, {@code "500ms"} or
     * {@code "PT5S"}; by default, only the delivery timeout of the client applies
     */
    String expireAfter() default "";
}
