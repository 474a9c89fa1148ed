package com.lattestream.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.lattestream.testsupport.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The conditions of the alerts, and the overview of the dashboard. */
class PrometheusRulesTests {

    private static final Path RULES = Path.of("../docs/prometheus/lattestream-rules.yml");

    @Test
    @SuppressWarnings("unchecked")
    void theFirstLostEventFiresAnAlertWithinAMinute() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(RULES));
        Map<String, Object> group = ((List<Map<String, Object>>) file.get("groups")).get(0);
        Map<String, Object> alert = ((List<Map<String, Object>>) group.get("rules"))
                .stream()
                        .filter(rule -> "LatteStreamEventsLost".equals(rule.get("alert")))
                        .findFirst()
                        .orElseThrow();

        Duration evaluation = DurationStyle.detectAndParse((String) group.get("interval"));
        Duration scrape = Duration.ofSeconds(30);
        assertThat(evaluation.plus(scrape)).isLessThan(Duration.ofMinutes(1));
        assertThat(alert).doesNotContainKey("for");
        assertThat((String) alert.get("expr")).contains("> 0", "offset");
    }

    /** Prometheus's own tool runs the alerts over time series. It is in Debian's package prometheus. */
    @Test
    void promtoolPassesTheTestsOfTheRules() throws IOException, InterruptedException {
        assumeThat(Program.isInstalled("promtool")).as("promtool is installed").isTrue();

        Program tests =
                Program.run(RULES.getParent(), List.of("promtool", "test", "rules", "lattestream-rules-test.yml"));

        assertThat(tests.exitCode()).as(tests.output()).isZero();
    }

    @Test
    void theDashboardShowsAnOutageAtAGlance() throws IOException {
        JsonNode dashboard =
                JsonMapper.shared().readTree(Files.readString(Path.of("../docs/grafana/lattestream.json")));
        List<String> queries = dashboard
                .path("panels")
                .valueStream()
                .filter(panel -> panel.path("type").asString().equals("stat"))
                .map(panel -> panel.path("targets").path(0).path("expr").asString())
                .toList();

        assertThat(queries)
                .anyMatch(query -> query.contains("lattestream_queue_size_events"))
                .anyMatch(query -> query.contains("lattestream_events_total{outcome=~\"failed|rejected\""))
                .anyMatch(query -> query.contains("by (name)") && query.contains("resilience4j_circuitbreaker_state"))
                .anyMatch(query ->
                        query.contains("by (kind)") && query.contains("lattestream_requests_last_success_seconds"));
        assertThat(dashboard
                        .path("panels")
                        .valueStream()
                        .map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates();
    }
}
