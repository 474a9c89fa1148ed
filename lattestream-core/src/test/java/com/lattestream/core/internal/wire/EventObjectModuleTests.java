package com.lattestream.core.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.lattestream.core.Event;
import java.beans.PropertyChangeEvent;
import java.io.Serial;
import java.util.EventObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

class EventObjectModuleTests {

    private static final Account ACCOUNT = new Account("ann", "{bcrypt}hash");

    private static Stream<Arguments> mappers() {
        return Stream.of(
                mapper("Jackson's defaults", JsonMapper.builder()),
                mapper(
                        "fields",
                        JsonMapper.builder()
                                .changeDefaultVisibility(
                                        all -> all.withVisibility(PropertyAccessor.FIELD, Visibility.ANY))),
                mapper(
                        "transient fields",
                        JsonMapper.builder()
                                .changeDefaultVisibility(
                                        all -> all.withVisibility(PropertyAccessor.ALL, Visibility.ANY))
                                .addMixIn(EventObject.class, VisibleField.class)),
                mapper("another name", JsonMapper.builder().addMixIn(EventObject.class, Renamed.class)),
                mapper("unwrapped", JsonMapper.builder().addMixIn(EventObject.class, Unwrapped.class)),
                mapper(
                        "a naming strategy",
                        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)),
                mapper("no annotations", JsonMapper.builder().disable(MapperFeature.USE_ANNOTATIONS)));
    }

    private static Arguments mapper(String name, JsonMapper.Builder builder) {
        return Arguments.argumentSet(name, builder.build());
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void theSourceAndTheTimestampAreNeverSent(JsonMapper mapper) {
        for (Object data : List.of(
                new AccountRenamed(ACCOUNT, "bob"),
                new Envelope(new AccountRenamed(ACCOUNT, "bob")),
                Map.of("event", new AccountRenamed(ACCOUNT, "bob")),
                List.of(new AccountRenamed(ACCOUNT, "bob")),
                new Overriding(ACCOUNT),
                new Flat(new AccountRenamed(ACCOUNT, "bob")))) {
            assertThat(json(mapper, data))
                    .as(data.getClass().getSimpleName())
                    .containsIgnoringCase("name")
                    .doesNotContain("hash", "ann", "1700000000")
                    .doesNotContainIgnoringCase("source")
                    .doesNotContainIgnoringCase("timestamp");
        }
    }

    @Test
    void theApplicationsOwnPropertiesAreSentAsItHasAnnotatedThem() {
        assertThat(json(JsonMapper.shared(), new AccountRenamed(ACCOUNT, "bob")))
                .isEqualTo("{\"newName\":\"bob\"}");
        assertThat(json(JsonMapper.shared(), new WithMore(ACCOUNT))).isEqualTo("{\"a\":1}");
    }

    @Test
    void anotherObjectMayHaveASource() {
        record Copied(String source, long timestamp) {}

        assertThat(json(JsonMapper.shared(), new Copied("a", 1))).isEqualTo("{\"source\":\"a\",\"timestamp\":1}");
    }

    @Test
    void propertiesDeclaredByAFrameworkAreNotThoseOfTheApplication() {
        assertRefused(JsonMapper.shared(), new PropertyChangeEvent(ACCOUNT, "name", ACCOUNT, ACCOUNT));
    }

    @Test
    void anEventWithoutAnotherPropertyIsRefused() {
        assertRefused(JsonMapper.shared(), new EventObject(ACCOUNT));
        assertRefused(JsonMapper.shared(), new Bare(ACCOUNT));
        assertRefused(JsonMapper.shared(), new Hidden(ACCOUNT));
        assertRefused(JsonMapper.shared(), List.of(new Bare(ACCOUNT)));
        assertRefused(JsonMapper.shared(), Map.of(new AccountRenamed(ACCOUNT, "bob"), "as a key"));
    }

    @Test
    void noMapperCanMakeTheSourceTheValue() {
        AccountRenamed event = new AccountRenamed(ACCOUNT, "bob");

        assertRefused(
                JsonMapper.builder().addMixIn(EventObject.class, Value.class).build(), event);
        assertRefused(
                JsonMapper.builder()
                        .addModule(new SimpleModule().addSerializer(EventObject.class, ToStringSerializer.instance))
                        .build(),
                event);
        assertThat(json(JsonMapper.shared(), new Bag(Map.of("password", "hash"))))
                .isEqualTo("{\"size\":1}");
    }

    private static String json(JsonMapper mapper, Object data) {
        return new EventEncoder(mapper).data(Event.of("a", "e", data));
    }

    private static void assertRefused(JsonMapper mapper, Object data) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json(mapper, data))
                .withMessageContaining("the source and the timestamp of an event are never sent")
                .satisfies(ex -> assertThat(ex).hasMessageNotContaining("hash"));
    }

    @Test
    void viewsApplyAndDoNotIncludeTheSource() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(MapperFeature.DEFAULT_VIEW_INCLUSION)
                .build();

        assertThat(json(mapper, new Viewed(Map.of("password", "hash")))).isEqualTo("{\"a\":1,\"b\":2}");
    }

    record Account(String login, String passwordHash) {}

    record Envelope(AccountRenamed event) {}

    record Flat(@JsonUnwrapped AccountRenamed event) {}

    /** As Spring's ApplicationEvent. */
    abstract static class Timed extends EventObject {

        @Serial
        private static final long serialVersionUID = 1L;

        private final long timestamp = 1_700_000_000_000L;

        Timed(Object source) {
            super(source);
        }

        public final long getTimestamp() {
            return timestamp;
        }
    }

    static class AccountRenamed extends Timed {

        @Serial
        private static final long serialVersionUID = 1L;

        private final String newName;

        AccountRenamed(Account account, String newName) {
            super(account);
            this.newName = newName;
        }

        public String getNewName() {
            return newName;
        }
    }

    static class Overriding extends AccountRenamed {

        @Serial
        private static final long serialVersionUID = 1L;

        Overriding(Account account) {
            super(account, "bob");
        }

        @Override
        @JsonProperty("account")
        public Account getSource() {
            return (Account) super.getSource();
        }
    }

    static class Bare extends Timed {

        @Serial
        private static final long serialVersionUID = 1L;

        Bare(Account account) {
            super(account);
        }
    }

    static class Hidden extends AccountRenamed {

        @Serial
        private static final long serialVersionUID = 1L;

        Hidden(Account account) {
            super(account, "bob");
        }

        @Override
        @JsonIgnore
        public String getNewName() {
            return super.getNewName();
        }
    }

    static class WithMore extends Timed {

        @Serial
        private static final long serialVersionUID = 1L;

        WithMore(Account account) {
            super(account);
        }

        @JsonAnyGetter
        public Map<String, Object> more() {
            return Map.of("a", 1);
        }
    }

    @SuppressWarnings("HidingField")
    static class Bag extends Timed {

        @Serial
        private static final long serialVersionUID = 1L;

        @JsonAnyGetter
        private final transient Map<String, Object> source;

        Bag(Map<String, Object> source) {
            super(source);
            this.source = source;
        }

        public int getSize() {
            return source.size();
        }
    }

    @SuppressWarnings("HidingField")
    static class Viewed extends Timed {

        @Serial
        private static final long serialVersionUID = 1L;

        @JsonAnyGetter
        private final transient Map<String, Object> source;

        Viewed(Map<String, Object> source) {
            super(source);
            this.source = source;
        }

        @JsonView(Viewed.class)
        public int getA() {
            return source.size();
        }

        public int getB() {
            return 2;
        }
    }

    abstract static class VisibleField {

        @JsonProperty
        protected transient Object source;
    }

    abstract static class Renamed {

        @JsonProperty("origin")
        abstract Object getSource();
    }

    abstract static class Unwrapped {

        @JsonUnwrapped
        abstract Object getSource();
    }

    abstract static class Value {

        @JsonValue
        abstract Object getSource();
    }
}
