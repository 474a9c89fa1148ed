package com.lattestream.spring.boot.actuate;

import com.lattestream.core.LatteStreamApiException;
import com.lattestream.core.LatteStreamStatistics;
import java.util.LinkedHashMap;
import java.util.Map;

/** Describes a failure without its message, which may contain parts of a response. */
final class FailureDetails {

    private FailureDetails() {}

    static Map<String, Object> of(LatteStreamStatistics.Failure failure) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("time", failure.time().toString());
        details.put("reason", failure.reason().getClass().getSimpleName());
        if (failure.reason() instanceof LatteStreamApiException response) {
            details.put("status", response.status());
        }
        return details;
    }

    /** Describes the reason in a few words, such as {@code LatteStreamApiException, status 503}. */
    static String summary(LatteStreamStatistics.Failure failure) {
        String name = failure.reason().getClass().getSimpleName();
        return failure.reason() instanceof LatteStreamApiException response
                ? name + ", status " + response.status()
                : name;
    }
}
