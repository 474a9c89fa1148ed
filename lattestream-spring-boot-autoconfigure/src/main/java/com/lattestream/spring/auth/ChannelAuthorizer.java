package com.lattestream.spring.auth;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Annotates a method of a bean that decides which users may subscribe to the channels of a pattern:
 *
 * <pre>{@code
 * @ChannelAuthorizer("private-order-{orderId}")
 * boolean mayFollow(Principal user, long orderId) {
 *     return orders.isOwnedBy(orderId, user.getName());
 * }
 * }</pre>
 *
 * <p>A variable stands for one or more characters, up to the character that follows it in the pattern. The method must
 * have a parameter of the same name, to whose type the text is converted. The subscription is refused if the text
 * cannot be converted, or if the value does not convert back to the same text: for a {@code long}, {@code 7} is
 * accepted, and {@code 07} is not. Other parameters may be the {@link java.security.Principal} or a subtype of it, one
 * annotated with Spring Security's {@code @AuthenticationPrincipal}, a {@code String socketId} or
 * {@code String channel}, the {@link ChannelSubscription}; on Spring MVC the {@code HttpServletRequest}, and on Spring
 * WebFlux the {@code ServerWebExchange} or {@code ServerHttpRequest}.
 *
 * <p>The method returns a {@code boolean}, a {@link com.lattestream.core.PresenceMember} (null refuses), an
 * {@link java.util.Optional} of either, or a {@link java.util.concurrent.CompletionStage} of any of these; on Spring
 * WebFlux also a {@code Mono}, which refuses if it is empty. It may block: on Spring WebFlux it is called on Reactor's
 * bounded elastic scheduler. If it throws an exception, the subscription is refused; the exception is logged, unless it
 * is Spring Security's {@code AccessDeniedException}.
 *
 * <p>If several patterns match a channel, only the most specific one is used: the pattern with the most literal
 * characters. Startup fails if two patterns of equal specificity can match the same channel, or if an annotated method
 * is otherwise invalid.
 *
 * <p>Methods are found on all kinds of beans: lazily initialized, in any scope, behind a proxy, as the product of a
 * factory bean, or in an ancestor of the application context. Beans whose class is not known before they exist are
 * created before the first decision. If that fails, all subscriptions are refused.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface ChannelAuthorizer {

    /**
     * Returns the channels that the method decides on.
     * @return patterns: names of private or presence channels, in which {@code {name}} stands for a variable part
     */
    String[] value();
}
