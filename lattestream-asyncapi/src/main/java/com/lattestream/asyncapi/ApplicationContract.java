package com.lattestream.asyncapi;

import com.lattestream.core.Event;
import com.lattestream.spring.ChannelEvent;
import com.lattestream.spring.ChannelEvents;
import com.lattestream.spring.auth.ChannelAuthorizationManager;
import com.lattestream.spring.internal.AnnotatedClassScanner;
import com.lattestream.spring.internal.auth.AnnotatedChannelAuthorizationManager;
import com.lattestream.spring.internal.broadcast.BroadcastDescription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * The channels of an application and their events: those of authorizers, declared events, and broadcasts. If
 * several of them describe a channel, its parameters have the names of the first, in this order.
 */
final class ApplicationContract {

    private static final String CLIENT_EVENT = "client-";

    private final Map<String, ChannelContract> byShape = new LinkedHashMap<>();

    private ApplicationContract() {}

    /**
     * Returns the contract of an application.
     * @throws InvalidChannelEventException if a declaration is not valid
     */
    static ApplicationContract of(ConfigurableApplicationContext context) {
        ApplicationContract contract = new ApplicationContract();
        contract.addAuthorizers(context);
        contract.addDeclaredEvents(context);
        contract.addBroadcasts(BroadcastDescription.findAll(context));
        return contract;
    }

    /** Returns the channels, ordered by their addresses. */
    List<ChannelContract> channels() {
        List<ChannelContract> channels = new ArrayList<>(byShape.values());
        channels.sort(Comparator.comparing(channel -> channel.address().toString()));
        return channels;
    }

    /** Returns whether an event is triggered by browsers. */
    static boolean isClientEvent(String event) {
        return event.startsWith(CLIENT_EVENT);
    }

    private ChannelContract channel(ChannelAddress address) {
        return byShape.computeIfAbsent(address.shape(), shape -> new ChannelContract(address));
    }

    private void addAuthorizers(ConfigurableApplicationContext context) {
        context.getBeanProvider(ChannelAuthorizationManager.class, false).stream()
                .filter(AnnotatedChannelAuthorizationManager.class::isInstance)
                .map(AnnotatedChannelAuthorizationManager.class::cast)
                .flatMap(manager -> manager.allPatterns().stream())
                .forEach(pattern -> channel(ChannelAddress.ofPattern(pattern)));
    }

    private void addDeclaredEvents(ConfigurableApplicationContext context) {
        List<Class<?>> declaring = new ArrayList<>(
                AnnotatedClassScanner.findAll(List.of(ChannelEvent.class, ChannelEvents.class), context));
        declaring.sort(Comparator.comparing(Class::getName));
        for (Class<?> type : declaring) {
            Set<ChannelEvent> declarations =
                    AnnotatedElementUtils.getMergedRepeatableAnnotations(type, ChannelEvent.class, ChannelEvents.class);
            declarations.forEach(declaration -> addDeclaredEvent(type, declaration, context));
        }
    }

    private void addDeclaredEvent(Class<?> type, ChannelEvent declaration, ConfigurableApplicationContext context) {
        try {
            ChannelAddress address = ChannelAddress.ofDeclaredPattern(declaration.channel());
            // the rules are those of an event that is triggered
            Event.of("channel", declaration.event(), null);
            if (isClientEvent(declaration.event()) && Boolean.FALSE.equals(address.requiresAuthorization())) {
                throw new IllegalArgumentException("\"" + declaration.channel() + "\" is a public channel; browsers"
                        + " trigger client events on private and presence channels only");
            }
            boolean annotated = declaration.payload() == void.class;
            if (annotated && context.getBeanNamesForType(type, true, false).length > 0) {
                throw new IllegalArgumentException(
                        "the class is a bean and not the type of the data: set payload = ...");
            }
            channel(address)
                    .add(declaration.event(), ResolvableType.forClass(annotated ? type : declaration.payload()));
        } catch (IllegalArgumentException ex) {
            throw new InvalidChannelEventException(type, ex);
        }
    }

    private void addBroadcasts(Collection<BroadcastDescription> broadcasts) {
        broadcasts.stream()
                .sorted(Comparator.comparing(BroadcastDescription::location))
                .forEach(broadcast -> broadcast
                        .channels()
                        .forEach(template -> channel(ChannelAddress.ofTemplate(template))
                                .add(eventName(broadcast.event()), broadcast.payload())));
    }

    private static String eventName(List<BroadcastDescription.Part> template) {
        return ChannelAddress.ofTemplate(template).toString();
    }
}
