package com.lattestream.core;

import com.github.benmanes.caffeine.cache.Cache;
import com.lattestream.core.crypto.ChannelSigner;
import com.lattestream.core.crypto.LatteStreamSecret;
import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.core.internal.Callbacks;
import com.lattestream.core.internal.CloseTimeout;
import com.lattestream.core.internal.DaemonThreads;
import com.lattestream.core.internal.delivery.EventDelivery;
import com.lattestream.core.internal.http.GuardedRequestObserver;
import com.lattestream.core.internal.http.ServiceRequest;
import com.lattestream.core.internal.http.UriEncoding;
import com.lattestream.core.internal.logging.RateLimitedLogger;
import com.lattestream.core.internal.query.QueryCache;
import com.lattestream.core.internal.wire.EncodedEvent;
import com.lattestream.core.internal.wire.EventEncoder;
import com.lattestream.core.internal.wire.EventFormat;
import com.lattestream.core.internal.wire.RequestBodies;
import com.lattestream.core.internal.wire.ResponseReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import tools.jackson.databind.json.JsonMapper;

/** The default client: validates arguments, passes events to the delivery, and sends queries through the cache. */
final class DefaultLatteStreamClient implements LatteStreamClient {

    private static final Logger logger = LoggerFactory.getLogger(LatteStreamClient.class);

    private final String name;

    private final LatteStreamSecret secret;

    private final WebhookSigner webhookSigner;

    private final ChannelSigner channelSigner;

    private final ScheduledExecutorService scheduler;

    private final @Nullable ExecutorService ownCallbackExecutor;

    private final Callbacks callbacks;

    private final RequestObserver observer;

    private final ServiceCalls service;

    private final QueryCache cache;

    private final EventEncoder eventEncoder;

    private final RequestBodies requestBodies;

    private final EventDelivery delivery;

    private final CloseTimeout closeTimeout;

    private final AtomicBoolean closed = new AtomicBoolean();

    DefaultLatteStreamClient(LatteStreamClientBuilder options) {
        name = options.name;
        secret = options.secret;
        closeTimeout = new CloseTimeout(options.closeTimeout, options.ticker::read);
        webhookSigner = new WebhookSigner(secret.reveal());
        scheduler = options.scheduler != null ? options.scheduler : DaemonThreads.scheduler("lattestream-scheduler");
        if (options.callbackExecutor != null) {
            ownCallbackExecutor = null;
            callbacks = new Callbacks(options.callbackExecutor);
        } else {
            ownCallbackExecutor = DaemonThreads.onDemand("lattestream-callback");
            callbacks = new Callbacks(ownCallbackExecutor);
        }
        observer = new GuardedRequestObserver(options.requestObserver);
        service = new ServiceCalls(options, observer, scheduler);
        cache = new QueryCache(options.cacheTimeout, options.cacheMaxEntries, options.ticker);
        JsonMapper jsonMapper = options.jsonMapper != null ? options.jsonMapper : new JsonMapper();
        eventEncoder = new EventEncoder(jsonMapper);
        requestBodies = new RequestBodies(jsonMapper);
        channelSigner = new ChannelSigner(secret.reveal(), jsonMapper);
        delivery = new EventDelivery(
                name,
                service.forEvents(),
                options.deliveryOptions(service.connectionsForEvents()),
                options.undeliveredEventHandler,
                options.deliveryListeners,
                scheduler,
                callbacks,
                options.ticker::read);
    }

    @Override
    public CompletableFuture<TriggerResult> trigger(Event event) {
        return deliver(event, true);
    }

    @Override
    public CompletableFuture<TriggerResult> tryTrigger(Event event) {
        return deliver(event, false);
    }

    @Override
    public Event encode(Event event) {
        Event checked = Arguments.requireEvent(event);
        return checked.withJson(eventEncoder.data(checked));
    }

    private CompletableFuture<TriggerResult> deliver(Event event, boolean mayWait) {
        Event checked = Arguments.requireEvent(event);
        if (EventEncoder.needsChunks(checked)) {
            List<EncodedEvent> chunks = eventEncoder.encodeChunks(checked, delivery.format());
            return TriggerResults.merged(delivery.deliver(chunks, observer.currentContext(), mayWait));
        }
        return delivery.deliver(eventEncoder.encode(checked, delivery.format()), observer.currentContext(), mayWait);
    }

    @Override
    public CompletableFuture<List<TriggerResult>> triggerBatch(Collection<Event> events) {
        List<Event> batch = Arguments.requireEvents(events);
        List<EncodedEvent> encoded = new ArrayList<>(batch.size());
        for (Event event : batch) {
            encoded.addAll(eventEncoder.encodeChunks(event, EventFormat.BATCH));
        }
        return TriggerResults.of(batch, delivery.deliverImmediately(encoded, observer.currentContext()));
    }

    @Override
    public CompletableFuture<@Nullable Void> flushBatch() {
        requireOpen();
        return delivery.flush();
    }

    @Override
    public CompletableFuture<ChannelAuthorization> authorizeChannel(String socketId, String channel) {
        return authorize(socketId, ChannelName.requireAuthorizable(channel), null);
    }

    @Override
    public CompletableFuture<ChannelAuthorization> authorizeChannel(
            String socketId, String channel, PresenceMember member) {
        String name = ChannelName.requirePresence(channel);
        return authorize(socketId, name, Arguments.requireMember(member));
    }

    private CompletableFuture<ChannelAuthorization> authorize(
            String socketId, String channel, @Nullable PresenceMember member) {
        byte[] body = requestBodies.authorization(SocketId.require(socketId), channel, member);
        ServiceRequest request =
                new ServiceRequest(ServiceOperation.AUTHORIZE_CHANNEL, body, observer.currentContext());
        return relay(() -> service.fetch(request, ResponseReader::authorization));
    }

    @Override
    public CompletableFuture<ChannelAuthorization> authorizeChannelLocally(String socketId, String channel) {
        requireOpen();
        return CompletableFuture.completedFuture(channelSigner.authorizeChannel(socketId, channel));
    }

    @Override
    public CompletableFuture<ChannelAuthorization> authorizeChannelLocally(
            String socketId, String channel, PresenceMember member) {
        requireOpen();
        return CompletableFuture.completedFuture(channelSigner.authorizePresenceChannel(socketId, channel, member));
    }

    @Override
    public CompletableFuture<ChannelInfo> getChannelInfo(String channel, ChannelAttribute... attributes) {
        String path = "/channels/" + UriEncoding.pathSegment(ChannelName.requireReadable(channel));
        return fetchCached(
                ServiceOperation.GET_CHANNEL_INFO, path + query(null, attributes), ResponseReader::channelInfo);
    }

    @Override
    public CompletableFuture<Map<String, ChannelInfo>> getChannels(
            @Nullable String prefix, ChannelAttribute... attributes) {
        return fetchCached(
                ServiceOperation.GET_CHANNELS, "/channels" + query(prefix, attributes), ResponseReader::channels);
    }

    @Override
    public CompletableFuture<List<PresenceUser>> getUsers(String channel) {
        String path = "/channels/" + UriEncoding.pathSegment(ChannelName.requireReadablePresence(channel)) + "/users";
        return fetchCached(ServiceOperation.GET_USERS, path, ResponseReader::users);
    }

    private static String query(@Nullable String prefix, ChannelAttribute... attributes) {
        List<String> parameters = new ArrayList<>(2);
        if (prefix != null && !prefix.isEmpty()) {
            parameters.add("filter_by_prefix=" + UriEncoding.queryValue(prefix));
        }
        if (attributes.length > 0) {
            // sorted, so that equal queries have equal requests
            String info = Arrays.stream(attributes)
                    .sorted()
                    .distinct()
                    .map(ChannelAttribute::wireName)
                    .collect(Collectors.joining(","));
            parameters.add("info=" + UriEncoding.queryValue(info));
        }
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }

    @Override
    public CompletableFuture<@Nullable Void> terminateUserConnections(String userId) {
        String user = UriEncoding.pathSegment(Arguments.requireUserId(userId));
        ServiceRequest request = new ServiceRequest(
                ServiceOperation.TERMINATE_USER_CONNECTIONS,
                "/users/" + user + "/terminate_connections",
                observer.currentContext());
        return relay(() -> service.send(request).thenAccept(done -> cache.clear()));
    }

    @Override
    public CompletableFuture<ClientToken> createClientToken(ClientTokenRequest request) {
        byte[] body = requestBodies.clientToken(Arguments.requireClientTokenRequest(request));
        ServiceRequest tokenRequest =
                new ServiceRequest(ServiceOperation.CREATE_CLIENT_TOKEN, body, observer.currentContext());
        return relay(() -> service.fetch(tokenRequest, ResponseReader::clientToken));
    }

    @Override
    public CompletableFuture<@Nullable Void> ping() {
        ServiceRequest request = ServiceRequest.ping(observer.currentContext());
        return relay(() -> service.sendOnce(request).thenAccept(response -> {}));
    }

    private <T> CompletableFuture<T> fetchCached(ServiceOperation operation, String path, Function<byte[], T> reader) {
        return relay(() -> cache.get(
                path, () -> service.fetch(new ServiceRequest(operation, path, observer.currentContext()), reader)));
    }

    private <T extends @Nullable Object> CompletableFuture<T> relay(Supplier<CompletableFuture<T>> call) {
        requireOpen();
        return callbacks.relay(call.get());
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("The LatteStream client is closed and accepts no more calls");
        }
    }

    @Override
    public LatteStreamStatistics statistics() {
        return delivery.statistics(service.transport().lastRequestOutcome(), service.retried())
                .withRequests(service.statistics());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String endpoint() {
        return service.transport().endpoint().toString();
    }

    @Override
    public <T> List<T> unwrapAll(Class<T> type) {
        Stream<?> components = service.components();
        if (cache.isEnabled()) {
            if (type == QueryCache.class) {
                // its statistics can be read before there is a cache
                components = Stream.of(cache);
            } else if (Cache.class.isAssignableFrom(type) || type.isAssignableFrom(Cache.class)) {
                components = Stream.concat(components, cache.nativeCache().stream());
            }
        }
        return components.filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public boolean verifyWebhookSignature(byte @Nullable [] body, @Nullable String signature) {
        return webhookSigner.verify(body, signature);
    }

    @Override
    public String generateWebhookSignature(byte[] body) {
        return webhookSigner.sign(body);
    }

    @Override
    public CompletableFuture<Boolean> drain() {
        requireOpen();
        return closeTimeout.drain(delivery.flush(), scheduler);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        CloseTimeout.Deadline deadline = closeTimeout.start();
        int undelivered = delivery.close(deadline.timeForResponses(), deadline::timeLeft);
        if (undelivered > 0) {
            warnOfUndelivered(undelivered);
        }
        callbacks.close();
        scheduler.shutdownNow();
        service.close(deadline.timeLeft());
        if (ownCallbackExecutor != null) {
            ownCallbackExecutor.shutdown();
        }
    }

    private void warnOfUndelivered(int events) {
        RateLimitedLogger.once(
                logger,
                Level.WARN,
                "close_timeout",
                "Client '" + name + "' was closed and " + events
                        + " event(s) were not delivered: the service did not respond within the close timeout of "
                        + closeTimeout.total()
                        + ". Their futures failed, and the UndeliveredEventHandler received them. Check whether "
                        + endpoint() + " is reachable. To wait longer, increase lattestream.close-timeout, or"
                        + " closeTimeout on the builder");
    }
}
