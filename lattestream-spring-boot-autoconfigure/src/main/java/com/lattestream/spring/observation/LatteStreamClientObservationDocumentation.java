package com.lattestream.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations of LatteStream. Tags are few and bounded: never a channel, nor a user. */
public enum LatteStreamClientObservationDocumentation implements ObservationDocumentation {

    /** One request to the service, as a timer and as a span; each attempt is one, retries too. */
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

        /** What is asked for, such as {@code trigger_batch}. */
        OPERATION("operation"),

        /** {@code SUCCESS}, {@code CLIENT_ERROR}, {@code SERVER_ERROR}, {@code REDIRECTION} or {@code UNKNOWN}. */
        OUTCOME("outcome"),

        /** The HTTP status, or {@code IO_ERROR} for no answer. */
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

        /** Where the service is, such as {@code https://eu1.lattestream.com}. */
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
