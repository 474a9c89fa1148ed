package com.lattestream.core;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Operations that trigger events. They return futures and do not wait for the service. Invalid arguments are rejected
 * with an {@link IllegalArgumentException}. Thread-safe.
 */
public interface TriggerOperations {

    /**
     * Triggers an event on one channel.
     * @param channel the channel
     * @param event the event's name
     * @param data the data that subscribers receive: any value that can be serialized to JSON
     * @return completes when the service has accepted the event
     * @throws LatteStreamQueueFullException if the queue is still full after the max-block time; no event is queued
     * @see LatteStreamClient#trigger(String, String, Object)
     */
    CompletableFuture<TriggerResult> trigger(String channel, String event, @Nullable Object data);

    /**
     * Triggers an event on several channels.
     * @param channels at least one channel
     * @param event the event's name
     * @param data the data that subscribers receive: any value that can be serialized to JSON
     * @return completes when the service has accepted the event for all channels
     * @throws LatteStreamQueueFullException if the queue is still full after the max-block time; no event is queued
     * @see LatteStreamClient#trigger(Collection, String, Object)
     */
    CompletableFuture<TriggerResult> trigger(Collection<String> channels, String event, @Nullable Object data);

    /**
     * Triggers an event.
     * @param event the event
     * @return completes when the service has accepted the event
     * @throws LatteStreamQueueFullException if the queue is still full after the max-block time; no event is queued
     * @see LatteStreamClient#trigger(Event)
     */
    CompletableFuture<TriggerResult> trigger(Event event);

    /**
     * Triggers an event if the queue has room for it, without waiting. Intended for callers that must not block.
     * @param event the event
     * @return completes when the service has accepted the event
     * @throws LatteStreamQueueFullException if the queue is full; the event is not queued
     * @see LatteStreamClient#tryTrigger(Event)
     */
    CompletableFuture<TriggerResult> tryTrigger(Event event);

    /**
     * Serializes the event's data to JSON immediately, for an event that is triggered later.
     * @param event the event
     * @return the same event, whose data is JSON text
     * @see LatteStreamClient#encode(Event)
     */
    Event encode(Event event);

    /**
     * Triggers several events at once.
     * @param events at least one event
     * @return completes when there is a response for each event
     * @throws LatteStreamQueueFullException if the queue is still full after the max-block time; no event is queued
     * @see LatteStreamClient#triggerBatch(Collection)
     */
    CompletableFuture<List<TriggerResult>> triggerBatch(Collection<Event> events);

    /**
     * Sends all queued events immediately, without waiting for batches to fill.
     * @return completes when all events triggered before have a response
     * @see LatteStreamClient#flushBatch()
     */
    CompletableFuture<@Nullable Void> flushBatch();
}
