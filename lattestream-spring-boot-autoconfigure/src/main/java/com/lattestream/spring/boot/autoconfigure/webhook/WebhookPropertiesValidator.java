package com.lattestream.spring.boot.autoconfigure.webhook;

import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.spring.boot.autoconfigure.HandlerPath;
import com.lattestream.spring.boot.autoconfigure.InvalidLatteStreamPropertyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Validates the properties of webhooks at startup, so that an invalid value is reported before the first webhook. */
final class WebhookPropertiesValidator {

    private WebhookPropertiesValidator() {}

    static void validate(LatteStreamWebhookProperties properties) {
        requirePositive("tolerance", properties.tolerance());
        requirePositive("read-timeout", properties.readTimeout());
        DataSize size = properties.maxBodySize();
        if (size.toBytes() < 1 || size.toBytes() >= Integer.MAX_VALUE) {
            throw invalid("max-body-size", size + " must be at least 1 byte and less than 2 GB");
        }
        if (properties.maxUnverifiedBodies() < 1) {
            throw invalid("max-unverified-bodies", properties.maxUnverifiedBodies() + " must be at least 1");
        }
    }

    private static void requirePositive(String property, Duration duration) {
        if (duration.isNegative() || duration.toMillis() == 0) {
            throw invalid(property, duration + " must be at least 1 millisecond");
        }
    }

    static HandlerPath path(LatteStreamWebhookProperties properties) {
        HandlerPath path = HandlerPath.of("lattestream.webhook.path", properties.path());
        if (path.path().chars().allMatch(character -> character == '/')) {
            throw invalid("path", "A path must have at least one segment");
        }
        if (path.path().contains("%")) {
            throw invalid("path", "A path must be written without percent-encoding");
        }
        return path;
    }

    static List<WebhookSigner> signers(LatteStreamWebhookProperties properties) {
        List<WebhookSigner> signers = new ArrayList<>();
        for (String secret : properties.secrets()) {
            try {
                signers.add(new WebhookSigner(secret));
            } catch (IllegalArgumentException ex) {
                throw invalid("secrets[" + signers.size() + "]", ex.getMessage());
            }
        }
        return List.copyOf(signers);
    }

    private static InvalidLatteStreamPropertyException invalid(String property, @Nullable String reason) {
        return new InvalidLatteStreamPropertyException("lattestream.webhook." + property, reason, null);
    }
}
