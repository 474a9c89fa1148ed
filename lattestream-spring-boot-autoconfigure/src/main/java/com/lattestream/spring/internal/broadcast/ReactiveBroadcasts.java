package com.lattestream.spring.internal.broadcast;

import com.lattestream.spring.internal.ReactorThreadLocals;
import com.lattestream.spring.internal.socket.ReactiveRequestSocketHolder;
import com.lattestream.spring.internal.socket.RequestSocket;
import com.lattestream.spring.internal.transaction.ReactiveTransactions;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Broadcasts the elements of publishers, when they are emitted. */
final class ReactiveBroadcasts {

    private ReactiveBroadcasts() {}

    /**
     * Returns a publisher that broadcasts its elements.
     * @param publisher a {@code Mono} or a {@code Flux}
     */
    static Object broadcastElements(Object publisher, BroadcastMethod method, Broadcaster broadcaster) {
        BroadcastDefinition definition = method.definition();
        if (publisher instanceof Mono<?> mono) {
            // emits its element after the commit of a transaction of its own
            return Mono.deferContextual(context -> mono.doOnNext(broadcast(context, definition, broadcaster)));
        }
        if (publisher instanceof Flux<?> flux) {
            // emits its elements before the commit of a transaction of its own
            Flux<?> elements =
                    Flux.deferContextual(context -> flux.doOnNext(broadcast(context, definition, broadcaster)));
            return method.transactional() ? ReactiveTransactions.shareTransaction(elements) : elements;
        }
        throw definition.invalid("the method returned a " + publisher.getClass().getName());
    }

    private static Consumer<Object> broadcast(
            ContextView context, BroadcastDefinition definition, Broadcaster broadcaster) {
        RequestSocket socket = socket(context, broadcaster);
        return element -> {
            Object source = element instanceof Optional<?> optional ? optional.orElse(null) : element;
            if (source != null) {
                // with the observation of the subscriber as the parent
                ReactorThreadLocals.run(
                        context,
                        () -> broadcaster.broadcast(
                                definition, source, ReactiveTransactions.ofContext(context), () -> socket));
            }
        };
    }

    // that of the subscriber: the thread that emits an element may be serving another request
    private static @Nullable RequestSocket socket(ContextView context, Broadcaster broadcaster) {
        RequestSocket socket = ReactiveRequestSocketHolder.find(context);
        return socket == null ? broadcaster.currentSocket() : socket;
    }
}
