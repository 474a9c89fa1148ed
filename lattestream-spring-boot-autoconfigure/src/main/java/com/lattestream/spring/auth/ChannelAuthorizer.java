package com.lattestream.spring.auth;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method of a bean that decides who may subscribe to the channels of a pattern:
 *
 * <pre>{@code
 * @ChannelAuthorizer("private-order-{orderId}")
 * boolean mayFollow(Principal user, long orderId) {
 *     return orders.isOwnedBy(orderId, user.getName());
 * }
 * }</pre>
 *
 * <p>A variable stands for one or more characters, up to the character that follows it in the pattern. Each has to be
 * taken by a parameter of its name, to which its text is converted; a text that does not convert is a refusal. Other
 * parameters may be the {@link java.security.Principal} or a subtype of it, one annotated with Spring Security's
 * {@code @AuthenticationPrincipal}, a {@code String socketId} or {@code String channel}, the
 * {@link ChannelSubscription}, and the {@link jakarta.servlet.http.HttpServletRequest}.
 *
 * <p>The method returns a {@code boolean}, a {@link com.lattestream.core.PresenceMember} (null refuses), an
 * {@link java.util.Optional} of either, or a {@link java.util.concurrent.CompletionStage} of any of these. What it
 * throws is a refusal, and a line in the log.
 *
 * <p>Where several patterns match, the one with the most characters outside of variables decides, alone. Two of which
 * that cannot be said do not let the application start, nor does anything else that is wrong with such a method.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective
public @interface ChannelAuthorizer {

    /**
     * Says which channels the method decides on.
     * @return names of private or presence channels, in which {@code {name}} stands for a variable part
     */
    String[] value();
}
