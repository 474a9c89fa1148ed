package com.lattestream.spring.observation;

import com.lattestream.spring.observation.LatteStreamClientObservationDocumentation.HighCardinalityKeyNames;
import com.lattestream.spring.observation.LatteStreamClientObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValues;
import java.util.OptionalInt;

/** Default convention, as documented in {@link LatteStreamClientObservationDocumentation}. Designed for extension. */
public class DefaultLatteStreamClientObservationConvention implements LatteStreamClientObservationConvention {

    private static final String NO_RESPONSE = "IO_ERROR";

    /** Creates a convention. */
    public DefaultLatteStreamClientObservationConvention() {}

    @Override
    public String getName() {
        return "lattestream.client.requests";
    }

    @Override
    public String getContextualName(LatteStreamClientObservationContext context) {
        return "lattestream " + context.getRequest().operation().id();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(LatteStreamClientObservationContext context) {
        return KeyValues.of(
                LowCardinalityKeyNames.CLIENT.withValue(context.getRequest().client()),
                LowCardinalityKeyNames.OPERATION.withValue(
                        context.getRequest().operation().id()),
                LowCardinalityKeyNames.OUTCOME.withValue(outcome(context)),
                LowCardinalityKeyNames.STATUS.withValue(status(context)));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(LatteStreamClientObservationContext context) {
        return KeyValues.of(
                HighCardinalityKeyNames.ENDPOINT.withValue(context.getRequest().endpoint()));
    }

    // the same values as for Spring's own HTTP clients
    private static String outcome(LatteStreamClientObservationContext context) {
        OptionalInt status = context.getStatus();
        if (status.isEmpty()) {
            return "UNKNOWN";
        }
        return switch (status.getAsInt() / 100) {
            case 1 -> "INFORMATIONAL";
            case 2 -> "SUCCESS";
            case 3 -> "REDIRECTION";
            case 4 -> "CLIENT_ERROR";
            case 5 -> "SERVER_ERROR";
            default -> "UNKNOWN";
        };
    }

    private static String status(LatteStreamClientObservationContext context) {
        OptionalInt status = context.getStatus();
        return status.isPresent() ? Integer.toString(status.getAsInt()) : NO_RESPONSE;
    }
}
