package com.lattestream.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of LatteStream. The number of tag values is bounded: channels and users are not used as tags. */
public enum LatteStreamClientObservationDocumentation implements ObservationDocumentation {

    /** One request to the service, as a timer and as a span. Each attempt is recorded separately, including retries. */
    REQUEST {

        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultLatteStreamClientObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowCardinalityKeyNames.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighCardinalityKeyNames.values();
        }
    };

    /** Tags of the timer and of the span. */
    public enum LowCardinalityKeyNames implements KeyName {

        /** The name of the client. */
        CLIENT("client"),

        /** The requested operation, such as {@code trigger_batch}. */
        OPERATION("operation"),

        /** {@code SUCCESS}, {@code CLIENT_ERROR}, {@code SERVER_ERROR}, {@code REDIRECTION} or {@code UNKNOWN}. */
        OUTCOME("outcome"),

        /** The HTTP status, or {@code IO_ERROR} if there was no response. */
        STATUS("status");

        private final String key;

        LowCardinalityKeyNames(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Tags of the span only. */
    public enum HighCardinalityKeyNames implements KeyName {

        /** The address of the service, such as {@code https://eu1.lattestream.com}. */
        ENDPOINT("endpoint");

        private final String key;

        HighCardinalityKeyNames(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
