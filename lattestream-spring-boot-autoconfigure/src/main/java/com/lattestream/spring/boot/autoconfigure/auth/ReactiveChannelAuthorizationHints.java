package com.lattestream.spring.boot.autoconfigure.auth;

import com.lattestream.core.ChannelAuthorization;
import com.lattestream.spring.internal.auth.reactive.ReactiveChannelAuthorizationEndpoint;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Hints for the endpoint, which Spring WebFlux calls by reflection, and for its response, which Jackson writes. */
final class ReactiveChannelAuthorizationHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.reflection()
                .registerType(ReactiveChannelAuthorizationEndpoint.class)
                .registerMethod(ReactiveChannelAuthorizationEndpointRegistrar.handlerMethod(), ExecutableMode.INVOKE);
        new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), ChannelAuthorization.class);
    }
}
