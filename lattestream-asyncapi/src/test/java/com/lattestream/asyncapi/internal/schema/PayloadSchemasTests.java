package com.lattestream.asyncapi.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.EventObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ResolvableType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.util.StdConverter;

/** The schemas of types, compared with the JSON that Jackson writes. */
class PayloadSchemasTests {

    private static final JsonMapper JACKSON = JsonMapper.builder().build();

    static List<Object> values() {
        return List.of(
                new Simple("text", 1, 2L, 0.5, true, 'c', new BigDecimal("1.50")),
                new Times(
                        Instant.EPOCH,
                        LocalDate.EPOCH,
                        LocalDateTime.of(2026, 1, 2, 3, 4),
                        LocalTime.of(10, 0),
                        OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC),
                        ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.ofHours(2)),
                        Duration.ofSeconds(90),
                        new Date(0)),
                new Texts(
                        UUID.randomUUID(),
                        URI.create("https://example.com"),
                        Locale.GERMANY,
                        new byte[] {1},
                        new char[] {'a', 'b'}),
                new Nullables(null, null, Optional.empty(), Optional.of("x"), null),
                new Collections(
                        List.of(new Leaf("a")),
                        Set.of("b"),
                        new int[] {1},
                        new Leaf[] {new Leaf("c")},
                        Map.of("k", new Leaf("d")),
                        Map.of(Level.LOW, List.of(1))),
                new Node("root", List.of(new Node("child", List.of(), null)), new Node("other", List.of(), null)),
                new Annotated("visible", "hidden", "renamed", 1.5, Level.HIGH),
                new Wrapped(new Leaf("l"), new Leaf("m"), 1),
                new Sparse(null, "", List.of(), 0, "x"),
                new WithIgnored(new Simple("t", 1, 2, 3, false, 'c', BigDecimal.ONE)),
                new Envelope<>(7, new Leaf("x")),
                new Drawing(List.of(new Circle(1), new Square(2)), new Circle(3)),
                new Zoo(List.of(new Cat("c", 9), new Dog("d", true)), new Dog("e", false)),
                new Boxed(new Full("f")),
                new Forest(tree(), branches(), Optional.of(new Circle(1))),
                new Chain("first", new Chain("second", null, List.of()), List.of(new Chain("third", null, List.of()))),
                new Own(new Circle(1), new Square(2)),
                new Point(1, 2),
                new Points(new Point(1, 2), List.of(new Point(3, 4))),
                new Addressed("n", null),
                new Garage(new Vehicle("v"), new Car("c", 4)),
                new AsText(5, new Leaf("l")),
                new Anything(Map.of("a", 1), JACKSON.createObjectNode().put("b", 2), 3),
                new Published(new Object(), "published"),
                new Bean(),
                Level.LOW,
                "text",
                5);
    }

    private static Tree tree() {
        Tree tree = new Tree();
        tree.put("child", new Tree());
        return tree;
    }

    private static Branches branches() {
        Branches branches = new Branches();
        branches.add(new Branches());
        return branches;
    }

    @ParameterizedTest
    @MethodSource("values")
    void describesWhatJacksonWrites(Object value) {
        assertValid(JACKSON, value, ResolvableType.forInstance(value));
    }

    @ParameterizedTest
    @MethodSource("values")
    void followsTheSettingsOfTheMapper(Object value) {
        JsonMapper settings = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();

        assertValid(settings, value, ResolvableType.forInstance(value));
    }

    @Test
    void usesTypeArguments() {
        ResolvableType type = ResolvableType.forClassWithGenerics(Envelope.class, Leaf.class);

        assertValid(JACKSON, new Envelope<>(7, new Leaf("x")), type);
        assertThat(schema(JACKSON, type).toString()).contains("#/components/schemas/Leaf");
    }

    @Test
    void requiresAllPropertiesThatAreAlwaysWritten() {
        ObjectNode document = schema(JACKSON, ResolvableType.forClass(Simple.class));

        JsonNode simple = document.at("/components/schemas/Simple");
        assertThat(simple.get("required").valueStream().map(JsonNode::asString))
                .containsExactly("text", "small", "large", "fraction", "flag", "letter", "amount");
        assertThat(simple.at("/properties/small/type").asString()).isEqualTo("integer");
        assertThat(simple.at("/properties/amount/type").asString()).isEqualTo("number");
    }

    @Test
    void aNullableTypeMayBeNullAndAnotherMayNot() {
        ObjectNode document = schema(JACKSON, ResolvableType.forClass(Nullables.class));

        JsonNode properties = document.at("/components/schemas/Nullables/properties");
        assertThat(properties.at("/text/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(properties.at("/leaf/anyOf/1/type").asString()).isEqualTo("null");
        assertThat(properties.at("/level/enum").toString()).isEqualTo("[\"LOW\",\"HIGH\",null]");
        assertThat(schema(JACKSON, ResolvableType.forClass(Leaf.class))
                        .at("/components/schemas/Leaf/properties/name/type")
                        .asString())
                .isEqualTo("string");
    }

    @Test
    void aTypeVariableMayOccurInItsOwnBound() {
        assertThat(schema(JACKSON, ResolvableType.forClass(Bounded.class)).toString())
                .contains("Bounded");
        assertValid(JACKSON, new Bounded<>("text"), ResolvableType.forClassWithGenerics(Bounded.class, String.class));
    }

    @Test
    void aSerializerOfAPropertyDeterminesItsType() {
        JsonNode properties =
                schema(JACKSON, ResolvableType.forClass(AsText.class)).at("/components/schemas/AsText/properties");

        assertThat(properties.at("/id/type").asString()).isEqualTo("string");
        assertThat(properties.at("/leaf/type").asString()).isEqualTo("string");
    }

    @Test
    void aSealedTypeIsAnyOfItsSubtypes() {
        JsonNode definitions =
                schema(JACKSON, ResolvableType.forClass(Drawing.class)).at("/components/schemas");

        assertThat(definitions.at("/Drawing/properties/first/$ref").asString()).isEqualTo("#/components/schemas/Shape");
        assertThat(definitions.at("/Drawing/properties/shapes/items/$ref").asString())
                .isEqualTo("#/components/schemas/Shape");
        assertThat(definitions
                        .at("/Shape/anyOf")
                        .valueStream()
                        .map(each -> each.get("$ref").asString()))
                .containsExactly("#/components/schemas/Circle", "#/components/schemas/Square");
    }

    @Test
    void aTypeIdIsAConstant() {
        JsonNode definitions =
                schema(JACKSON, ResolvableType.forClass(Zoo.class)).at("/components/schemas");

        assertThat(definitions.at("/Cat/properties/kind/const").asString()).isEqualTo("cat");
        assertThat(definitions.at("/Cat/required/0").asString()).isEqualTo("kind");
    }

    @Test
    void aSerializerThatDoesNotDescribeItsJsonPermitsAnyJson() {
        JsonNode own = schema(JACKSON, ResolvableType.forClass(Own.class)).at("/components/schemas/Own/properties/own");

        assertThat(own).isEqualTo(JACKSON.createObjectNode());
    }

    @Test
    void typesOfTheSameNameHaveDifferentDefinitions() {
        PayloadSchemas schemas = new PayloadSchemas(JACKSON);
        schemas.schema(ResolvableType.forClass(Leaf.class));
        schemas.schema(ResolvableType.forClass(Other.Leaf.class));

        ObjectNode definitions = schemas.definitions("components/schemas");

        assertThat(definitions.propertyNames()).containsExactlyInAnyOrder("Leaf-1", "Leaf-2");
    }

    @Test
    void theSourceOfAnEventIsNotDescribed() {
        assertThat(schema(JACKSON, ResolvableType.forClass(Published.class))
                        .at("/components/schemas/Published/properties")
                        .propertyNames())
                .containsExactly("text");
    }

    private static void assertValid(JsonMapper jackson, Object value, ResolvableType type) {
        JsonMapper writer = jackson.rebuild()
                .addModule(new com.lattestream.core.internal.wire.EventObjectModule())
                .build();
        String json = writer.writeValueAsString(value);
        ObjectNode document = schema(jackson, type);
        // each object must have exactly the properties that its schema describes
        document.at("/components/schemas").forEach(PayloadSchemasTests::close);

        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                        .getSchema(document.toString(), com.networknt.schema.InputFormat.JSON)
                        .validate(
                                json,
                                com.networknt.schema.InputFormat.JSON,
                                execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .as("%s is described by %s", json, document)
                .isEmpty();
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && schema.has("properties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(PayloadSchemasTests::close);
    }

    private static ObjectNode schema(JsonMapper jackson, ResolvableType type) {
        PayloadSchemas schemas = new PayloadSchemas(jackson);
        ObjectNode root = JACKSON.createObjectNode();
        ObjectNode schema = schemas.schema(type);
        root.putObject("components").set("schemas", schemas.definitions("components/schemas"));
        root.putArray("allOf").add(schema);
        return root;
    }

    record Simple(String text, int small, long large, double fraction, boolean flag, char letter, BigDecimal amount) {}

    record Times(
            Instant instant,
            LocalDate date,
            LocalDateTime local,
            LocalTime time,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            Duration duration,
            Date legacy) {}

    record Texts(UUID id, URI uri, Locale locale, byte[] bytes, char[] characters) {}

    enum Level {
        LOW,
        HIGH
    }

    record Leaf(String name) {}

    static class Other {
        record Leaf(int number) {}
    }

    record Nullables(
            @Nullable String text,
            @Nullable Leaf leaf,
            Optional<Leaf> empty,
            Optional<String> present,
            @Nullable Level level) {}

    record Collections(
            List<Leaf> list,
            Set<String> set,
            int[] numbers,
            Leaf[] array,
            Map<String, Leaf> map,
            Map<Level, List<Integer>> nested) {}

    record Node(String name, List<Node> children, @Nullable Node next) {}

    @JsonPropertyOrder({"other", "shown"})
    record Annotated(
            String shown,
            @JsonIgnore String hidden,
            @JsonProperty("other") String renamed,
            @JsonFormat(shape = JsonFormat.Shape.STRING) double asText,
            @JsonSerialize(using = ToStringSerializer.class) Level level) {

        @JsonValue(false)
        String notAValue() {
            return "";
        }

        @JsonProperty
        int computed() {
            return 1;
        }
    }

    record Wrapped(
            @JsonUnwrapped Leaf leaf,
            @JsonUnwrapped(prefix = "second_") Leaf second,
            int number) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Sparse(
            @Nullable String absent,
            String empty,
            List<String> none,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) int zero,
            String present) {}

    record WithIgnored(
            @JsonIgnoreProperties({"text", "flag"}) Simple simple) {}

    record Envelope<T>(int id, T body) {}

    sealed interface Shape {}

    record Circle(int radius) implements Shape {}

    record Square(int side) implements Shape {}

    record Drawing(List<Shape> shapes, Shape first) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Cat.class, name = "cat"),
        @JsonSubTypes.Type(value = Dog.class, name = "dog")
    })
    interface Animal {
        String name();
    }

    record Cat(String name, int lives) implements Animal {}

    record Dog(String name, boolean barks) implements Animal {}

    record Zoo(List<Animal> animals, Dog first) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    @JsonSubTypes(@JsonSubTypes.Type(value = Full.class, name = "full"))
    interface Box {}

    record Full(String content) implements Box {}

    record Boxed(Box box) {}

    static class Tree extends LinkedHashMap<String, Tree> {

        private static final long serialVersionUID = 1L;
    }

    static class Branches extends ArrayList<Branches> {

        private static final long serialVersionUID = 1L;
    }

    record Forest(Tree tree, Branches branches, Optional<Shape> shape) {}

    record Chain(
            String name,
            @JsonIgnoreProperties("name") @Nullable Chain next,
            @JsonIgnoreProperties("next") List<Chain> others) {}

    record Own(
            Shape usual,
            @JsonSerialize(using = OwnSerializer.class) Shape own) {}

    static class OwnSerializer extends ValueSerializer<Shape> {

        @Override
        public void serialize(Shape value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.toString());
        }
    }

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Point(int x, int y) {}

    record Points(Point first, List<Point> others) {}

    record Addressed(String name, @JsonUnwrapped @Nullable Address address) {}

    record Address(String street, String city) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes(@JsonSubTypes.Type(value = Car.class, name = "car"))
    static class Vehicle {

        private final String name;

        Vehicle(String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }
    }

    static class Car extends Vehicle {

        private final int wheels;

        Car(String name, int wheels) {
            super(name);
            this.wheels = wheels;
        }

        public int getWheels() {
            return wheels;
        }
    }

    record Garage(Vehicle first, Vehicle second) {}

    record AsText(
            @JsonSerialize(using = ToStringSerializer.class) long id,
            @JsonSerialize(converter = LeafToName.class) Leaf leaf) {}

    static class LeafToName extends StdConverter<Leaf, String> {

        @Override
        public String convert(Leaf leaf) {
            return leaf.name();
        }
    }

    record Bounded<T extends Comparable<T>>(T value) {}

    record Anything(Object object, JsonNode node, Number number) {}

    static class Published extends EventObject {

        private static final long serialVersionUID = 1L;

        private final String text;

        Published(Object source, String text) {
            super(source);
            this.text = text;
        }

        public String getText() {
            return text;
        }
    }

    public static class Bean {

        private final Map<String, Integer> counts = new LinkedHashMap<>(Map.of("a", 1));

        public Map<String, Integer> getCounts() {
            return counts;
        }

        public boolean isActive() {
            return true;
        }
    }
}
