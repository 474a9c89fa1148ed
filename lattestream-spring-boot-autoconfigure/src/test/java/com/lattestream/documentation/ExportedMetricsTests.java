package com.lattestream.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.core.LatteStreamClient;
import com.lattestream.core.LatteStreamTemplate;
import com.lattestream.core.crypto.WebhookSigner;
import com.lattestream.spring.boot.autoconfigure.StubService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dashboard, alerts and tables against the metrics that an application exports after successes and failures. */
class ExportedMetricsTests {

    private static final String SECRET = "lsk_test_of_what_is_exported";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final Path DOCS = Path.of("../docs");

    private static final Pattern METRIC =
            Pattern.compile("\\b(?:lattestream|resilience4j|cache|httpcomponents)_[a-z0-9_]+");

    private static final Pattern LABEL_MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");

    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

    // added by Prometheus itself
    private static final Set<String> LABELS_OF_THE_SCRAPE = Set.of("instance");

    /** Metric by label by values. */
    private static final Map<String, Map<String, Set<String>>> exported = new HashMap<>();

    private static StubService service;

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void useAnApplication() throws Exception {
        service = StubService.start();
        application = new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--server.port=0",
                        "--management.endpoints.web.exposure.include=*",
                        "--management.endpoint.env.show-values=always",
                        "--management.endpoint.configprops.show-values=always",
                        "--management.endpoint.health.show-details=always",
                        "--management.metrics.distribution.percentiles-histogram.lattestream.event.delivery=true",
                        "--lattestream.secret=" + SECRET,
                        "--lattestream.endpoint=" + service.endpoint(),
                        "--lattestream.use-tls=false",
                        "--lattestream.retry.max-retries=0");
        LatteStreamTemplate template = application.getBean(LatteStreamTemplate.class);
        template.trigger("secret-channel-name", "message", 1).join();
        webhook(SECRET);
        webhook("lsk_somebody_elses");
        service.respondingWith(exchange -> StubService.respond(exchange, 503));
        assertThat(template.trigger("secret-channel-name", "message", 2)).failsWithin(Duration.ofSeconds(10));
        assertThat(application.getBean(LatteStreamClient.class).ping()).failsWithin(Duration.ofSeconds(10));
        scrape();
    }

    @AfterAll
    static void stop() {
        application.close();
        service.close();
    }

    @TestFactory
    Stream<DynamicTest> everyQueryOfTheDashboardFindsItsMetrics() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DOCS.resolve("grafana/lattestream.json")));
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                tests.add(
                        test(panel.path("title").asString(), target.path("expr").asString()));
            }
        }
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            if (variable.has("definition")) {
                tests.add(test(
                        variable.path("name").asString(),
                        variable.path("definition").asString()));
            }
        }
        assertThat(tests).hasSizeGreaterThan(15);
        return tests.stream();
    }

    @TestFactory
    @SuppressWarnings("unchecked")
    Stream<DynamicTest> everyAlertFindsItsMetrics() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(DOCS.resolve("prometheus/lattestream-rules.yml")));
        List<DynamicTest> tests = new ArrayList<>();
        for (Map<String, Object> group : (List<Map<String, Object>>) file.get("groups")) {
            for (Map<String, Object> rule : (List<Map<String, Object>>) group.get("rules")) {
                tests.add(test((String) rule.get("alert"), (String) rule.get("expr")));
            }
        }
        assertThat(tests).hasSizeGreaterThan(5);
        return tests.stream();
    }

    @Test
    void theTableHasEveryMetricWithItsTagsAndNoOther() throws IOException {
        Set<String> described = new TreeSet<>();
        Set<String> found = new TreeSet<>();
        for (String line : Files.readAllLines(DOCS.resolve("operations-reference.md"))) {
            MatchResult row = Pattern.compile("\\| `(lattestream\\.[a-z.]+)` \\| [^|]+ \\| ([^|]*) \\|.*")
                    .matcher(line)
                    .results()
                    .findFirst()
                    .orElse(null);
            if (row != null) {
                described.add(row.group(1).replace('.', '_') + " " + tags(row.group(2)));
            }
        }
        exported.forEach((metric, labels) -> {
            if (metric.startsWith("lattestream_") && !metric.contains("_active_")) {
                Set<String> names = new TreeSet<>(labels.keySet());
                names.remove("le");
                found.add(metric.replaceAll("(_seconds|_events)?(_count|_sum|_max|_bucket|_total)?$", "")
                                // which the name ends with anyway
                                .replaceAll("^lattestream(_webhook)?$", "$0_events")
                        + " " + names);
            }
        });

        assertThat(described).isEqualTo(found);
    }

    @Test
    void noTagHasAChannelASecretOrAUser() {
        assertThat(exported.values().stream()
                        .flatMap(labels -> labels.values().stream())
                        .flatMap(Set::stream))
                .isNotEmpty()
                .noneMatch(value ->
                        value.contains("secret-channel-name") || value.contains("lsk_") || value.contains("alice"));
    }

    @TestFactory
    Stream<DynamicTest> noEndpointShowsTheSecret() throws Exception {
        JsonNode links = JsonMapper.shared().readTree(get("/actuator")).path("_links");
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, JsonNode> link : links.properties()) {
            URI uri = URI.create(
                    link.getValue().path("href").asString().replace("{", "%7B").replace("}", "%7D"));
            // these need minutes, or gigabytes
            if (!link.getValue().path("templated").booleanValue()
                    && !Set.of("heapdump", "threaddump").contains(link.getKey())) {
                tests.add(DynamicTest.dynamicTest(
                        link.getKey(), () -> assertThat(get(uri.getPath())).doesNotContain(SECRET)));
            }
        }
        assertThat(tests).extracting(DynamicTest::getDisplayName).contains("env", "configprops", "lattestream", "info");
        return tests.stream();
    }

    private static Set<String> tags(String cell) {
        return Pattern.compile("`([a-z]+)`")
                .matcher(cell)
                .results()
                .map(tag -> tag.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static DynamicTest test(String name, String query) {
        return DynamicTest.dynamicTest(name, () -> {
            Set<String> metrics =
                    METRIC.matcher(query).results().map(MatchResult::group).collect(Collectors.toSet());
            assertThat(metrics)
                    .isNotEmpty()
                    .allSatisfy(metric -> assertThat(exported).containsKey(metric));
            Map<String, Set<String>> labels = new HashMap<>();
            metrics.forEach(metric -> exported.get(metric)
                    .forEach((label, values) -> labels.computeIfAbsent(label, key -> new HashSet<>())
                            .addAll(values)));
            LABELS_OF_THE_SCRAPE.forEach(label -> labels.put(label, Set.of()));
            LABEL_MATCHER.matcher(query).results().forEach(matcher -> {
                assertThat(labels).containsKey(matcher.group(1));
                String value = matcher.group(2);
                // statuses that were not seen here, and variables, are for the reader
                if (!value.startsWith("$") && !matcher.group(1).equals("status")) {
                    assertThat(labels.get(matcher.group(1))).contains(value.split("\\|", -1));
                }
            });
            GROUPING.matcher(query)
                    .results()
                    .flatMap(grouping -> Stream.of(grouping.group(1).split(",\\s*", -1)))
                    .forEach(label -> assertThat(labels).containsKey(label));
        });
    }

    private static void scrape() throws IOException, InterruptedException {
        String text = get("/actuator/prometheus");
        Pattern sample = Pattern.compile("^([a-z0-9_]+)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);
        sample.matcher(text).results().forEach(line -> {
            Map<String, Set<String>> labels = exported.computeIfAbsent(line.group(1), metric -> new HashMap<>());
            if (line.group(2) != null) {
                LABEL_MATCHER
                        .matcher(line.group(2))
                        .results()
                        .forEach(label -> labels.computeIfAbsent(label.group(1), name -> new HashSet<>())
                                .add(label.group(2)));
            }
        });
        assertThat(exported).containsKey("jvm_memory_used_bytes");
    }

    private static void webhook(String secret) throws IOException, InterruptedException {
        String body = "{\"time_ms\":" + System.currentTimeMillis()
                + ",\"events\":[{\"name\":\"member_added\",\"channel\":\"presence-a\",\"user_id\":\"alice\"}]}";
        HTTP.send(
                request("/webhooks/lattestream")
                        .header("X-LatteStream-Signature", new WebhookSigner(secret).sign(body.getBytes(UTF_8)))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isIn(200, 503);
        return response.body();
    }

    private static HttpRequest.Builder request(String path) {
        int port = ((WebServerApplicationContext) application).getWebServer().getPort();
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        SecurityFilterChain permitAllRequests(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .csrf(Customizer.withDefaults())
                    .build();
        }
    }
}
