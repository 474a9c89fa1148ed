package com.lattestream.spring.internal.auth.reactive;

import com.lattestream.spring.internal.auth.SubscriptionRequest;
import com.lattestream.spring.internal.auth.SubscriptionRequestReader;
import java.util.List;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import reactor.core.publisher.Mono;

/** Reads the bounded body of a request for a subscription. Thread-safe. */
final class ReactiveRequestReader {

    private final SubscriptionRequestReader reader = new SubscriptionRequestReader();

    Mono<SubscriptionRequest> read(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        MediaType type =
                SubscriptionRequestReader.contentType(request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE));
        if (request.getHeaders().getContentLength() > SubscriptionRequestReader.MAX_LENGTH) {
            return rejectTooLong(request);
        }
        if (SubscriptionRequestReader.isForm(type)) {
            // a filter may have read the body already, for example to find a token in the form
            return exchange.getFormData()
                    .onErrorMap(ReactiveRequestReader::rejected)
                    .map(this::form);
        }
        return BoundedBody.read(request).map(body -> reader.read(type, body));
    }

    private static Mono<SubscriptionRequest> rejectTooLong(ServerHttpRequest request) {
        // a client that waits for "100 Continue" has not sent the body; a filter may have read that of a form
        Mono<Void> discard =
                request.getHeaders().getFirst(HttpHeaders.EXPECT) != null ? Mono.empty() : BoundedBody.discard(request);
        return discard.then(Mono.error(SubscriptionRequestReader::tooLong));
    }

    private SubscriptionRequest form(MultiValueMap<String, String> form) {
        long length = 0;
        for (List<String> values : form.values()) {
            for (String value : values) {
                length += value == null ? 0 : value.length();
            }
        }
        SubscriptionRequestReader.requireAllowedLength(length);
        return reader.parameters(form::get);
    }

    private static Throwable rejected(Throwable failure) {
        if (failure instanceof DataBufferLimitException) {
            return SubscriptionRequestReader.tooLong();
        }
        return failure instanceof IllegalArgumentException
                        || failure instanceof DecodingException
                        || failure instanceof ServerWebInputException
                ? SubscriptionRequestReader.malformedForm()
                : failure;
    }
}
