package com.lattestream.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lattestream.asyncapi.application.Application;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document of an application with broadcasts, authorizers and declared events. */
@SpringBootTest(
        classes = Application.class,
        properties = {
            "lattestream.secret=lsk_c2VjcmV0",
            "lattestream.mode=none",
            "spring.application.name=shop",
            "spring.main.lazy-initialization=true"
        })
class AsyncApiDocumentTests {

    @Autowired
    ApplicationContext context;

    private JsonNode document() {
        return read(AsyncApiDocument.of(context));
    }

    private static JsonNode read(AsyncApiDocument document) {
        return JsonMapper.shared().readTree(document.toJson());
    }

    private static JsonNode channel(JsonNode document, String key) {
        JsonNode channel = document.at("/channels/" + key);
        assertThat(channel.isObject())
                .as("%s of %s", key, document.get("channels").propertyNames())
                .isTrue();
        return channel;
    }

    @Test
    void aBroadcastClassIsAChannelWithAnEvent() {
        JsonNode document = document();

        JsonNode channel = channel(document, "private-customer-customer");
        assertThat(channel.get("address").asString()).isEqualTo("private-customer-{customer}");
        assertThat(channel.get("parameters").propertyNames()).containsExactly("customer");
        assertThat(channel.at("/messages/placed/name").asString()).isEqualTo("placed");
        assertThat(channel.at("/messages/placed/payload/$ref").asString()).isEqualTo("#/components/schemas/Order");
        assertThat(document.at("/components/schemas/Order/properties").propertyNames())
                .containsExactly("id", "customer", "lines");
    }

    @Test
    void theApplicationSendsItsEventsAndReceivesClientEvents() {
        JsonNode operations = document().get("operations");

        assertThat(operations.at("/private-customer-customer.placed/action").asString())
                .isEqualTo("send");
        assertThat(operations
                        .at("/private-customer-customer.placed/messages/0/$ref")
                        .asString())
                .isEqualTo("#/channels/private-customer-customer/messages/placed");
        assertThat(operations.at("/presence-room-room.client-typing/action").asString())
                .isEqualTo("receive");
    }

    @Test
    void channelsThatDifferInTheNamesOfParametersAreOneChannelWithTheNamesOfTheAuthorizer() {
        JsonNode channel = channel(document(), "private-order-number");

        assertThat(channel.get("address").asString()).isEqualTo("private-order-{number}");
        assertThat(channel.get("messages").propertyNames()).containsExactly("changed", "placed", "shipped");
    }

    @Test
    void onlyTheNeedForAuthorizationIsDescribed() {
        JsonNode document = document();

        assertThat(channel(document, "presence-lobby")
                        .get("x-lattestream-authorization")
                        .asString())
                .isEqualTo("required");
        assertThat(channel(document, "prices-symbol")
                        .get("x-lattestream-authorization")
                        .asString())
                .isEqualTo("none");
        assertThat(channel(document, "topic").get("x-lattestream-authorization").asString())
                .isEqualTo("undetermined");
        assertThat(document.toString()).doesNotContain("mayFollow", "lsk_", "Principal");
    }

    @Test
    void anExpressionIsAParameterAndAnEnumHasPossibleValues() {
        JsonNode channel = channel(document(), "status-value-state");

        assertThat(channel.get("address").asString()).isEqualTo("status-{value}-{state}");
        assertThat(channel.at("/parameters/state/enum").toString()).isEqualTo("[\"UP\",\"DOWN\"]");
        assertThat(channel.at("/messages/state-changed/name").asString()).isEqualTo("{state}-changed");
    }

    @Test
    void anAbstractClassIsDescribedByItsSubclasses() {
        assertThat(channel(document(), "jobs").get("messages").propertyNames())
                .containsExactly("JobFinished", "JobStarted");
    }

    @Test
    void severalDeclarationsOfOneTypeAreOneType() {
        assertThat(channel(document(), "private-order-number")
                        .at("/messages/placed/payload/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/Order");
    }

    @Test
    void annotationsOfSuperclassesAndAnnotationsOfAnnotationsAreFound() {
        assertThat(channel(document(), "tasks").get("messages").propertyNames()).containsExactly("TaskStarted");
        assertThat(channel(document(), "audit").get("messages").propertyNames()).containsExactly("recorded");
    }

    @Test
    void anEventThatIsNamedAfterTheClassOfTheReturnedObjectHasAParameterAsItsName() {
        assertThat(channel(document(), "results").at("/messages/type/name").asString())
                .isEqualTo("{type}");
    }

    @Test
    void operationsAreNotConfusedIfChannelsAndEventsContainDots() {
        JsonNode operations = document().get("operations");

        assertThat(operations.at("/orders.eu.placed/channel/$ref").asString()).isEqualTo("#/channels/orders");
        assertThat(operations.at("/orders.eu.placed-2/channel/$ref").asString()).isEqualTo("#/channels/orders.eu");
    }

    @Test
    void broadcastsOfAParentAreDescribed() {
        try (GenericApplicationContext child = new GenericApplicationContext(context)) {
            child.refresh();

            JsonNode document = read(AsyncApiDocument.of(child));

            assertThat(document.get("channels").propertyNames()).contains("news", "invoices", "private-order-number");
        }
    }

    @Test
    void anEventOfSeveralTypesHasDataOfAnyOfThem() {
        assertThat(channel(document(), "news")
                        .at("/messages/news/payload/anyOf")
                        .valueStream()
                        .map(option -> option.get("$ref").asString()))
                .containsExactly("#/components/schemas/Article", "#/components/schemas/Headline");
    }

    @Test
    void returnValuesOfMethodsAreDescribedByTheirElements() {
        JsonNode document = document();

        assertThat(channel(document, "invoices")
                        .at("/messages/created/payload/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/Envelope-Line");
        assertThat(document.at("/components/schemas/Envelope-Line/properties/body/$ref")
                        .asString())
                .isEqualTo("#/components/schemas/Line");
    }

    @Test
    void declaredEventsAreDescribed() {
        JsonNode prices = channel(document(), "prices-symbol");

        assertThat(prices.at("/messages/price/payload/$ref").asString()).isEqualTo("#/components/schemas/Price");
        assertThat(prices.at("/messages/closed/payload/type").asString()).isEqualTo("string");
    }

    @Test
    void theTitleIsTheNameOfTheApplication() {
        assertThat(document().at("/info/title").asString()).isEqualTo("shop");
        assertThat(document().at("/info/version").asString()).isEqualTo("unspecified");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        try (GenericApplicationContext plain = new GenericApplicationContext()) {
            Properties build = new Properties();
            build.setProperty("version", "1.2.3");
            plain.registerBean(BuildProperties.class, () -> new BuildProperties(build));
            plain.refresh();

            assertThat(read(AsyncApiDocument.of(plain)).at("/info/version").asString())
                    .isEqualTo("1.2.3");
        }
    }

    @Test
    void theSameApplicationHasTheSameDocument() {
        assertThat(AsyncApiDocument.of(context).toJson())
                .isEqualTo(AsyncApiDocument.of(context).toJson());
    }

    @Test
    void anApplicationWithoutLatteStreamHasADocumentWithoutChannels() {
        try (AnnotationConfigApplicationContext plain = new AnnotationConfigApplicationContext()) {
            plain.refresh();

            JsonNode document = read(AsyncApiDocument.of(plain));

            assertThat(document.get("channels").isEmpty()).isTrue();
            assertThat(document.at("/info/title").asString()).isEqualTo("application");
        }
    }

    @Test
    void writesTheDocumentInANewDirectory(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("build/contract/asyncapi.json");

        AsyncApiDocument.of(context).writeTo(file);

        assertThat(Files.readString(file))
                .isEqualTo(AsyncApiDocument.of(context).toJson())
                .endsWith("}\n");
    }

    @Test
    void namesTheFileThatCannotBeWritten(@TempDir Path directory) {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> AsyncApiDocument.of(context).writeTo(directory))
                .withMessageContaining(directory.toString());
    }

    @Test
    void aDeclarationThatIsNotValidIsReportedWithItsClassAndTheRule() {
        Map<Class<?>, String> invalid = Map.of(
                com.lattestream.asyncapi.invalid.comma.Invalid.class, "\"a,{b}\" is not a channel",
                com.lattestream.asyncapi.invalid.bean.Invalid.class, "set payload",
                com.lattestream.asyncapi.invalid.name.Invalid.class, "lattestream:",
                com.lattestream.asyncapi.invalid.client.Invalid.class, "is a public channel");

        invalid.forEach((type, reason) -> {
            try (AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext(type)) {
                assertThatExceptionOfType(InvalidChannelEventException.class)
                        .isThrownBy(() -> AsyncApiDocument.of(application))
                        .withMessageContaining(type.getName())
                        .withMessageContaining(reason);
            }
        });
    }
}
