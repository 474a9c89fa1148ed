package com.lattestream.samples.benchmark.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The results of JMH, as it writes them with {@code -rf json}. */
final class JmhTable {

    private JmhTable() {}

    static Table read(Path file) {
        Table table = new Table("benchmark", ">score", ">± error", "unit", ">allocated per operation");
        for (JsonNode benchmark : JsonMapper.shared().readTree(file.toFile())) {
            JsonNode metric = benchmark.path("primaryMetric");
            table.row(
                    name(benchmark),
                    Numbers.plain(metric.path("score").doubleValue()),
                    error(metric.path("scoreError")),
                    metric.path("scoreUnit").stringValue().replaceFirst("^us/", "µs/"),
                    allocated(benchmark.path("secondaryMetrics")));
        }
        return table;
    }

    private static String name(JsonNode benchmark) {
        String qualified = benchmark.path("benchmark").stringValue();
        int method = qualified.lastIndexOf('.');
        String name = qualified.substring(qualified.lastIndexOf('.', method - 1) + 1);
        List<String> parameters = new ArrayList<>();
        for (Map.Entry<String, JsonNode> parameter : benchmark.path("params").properties()) {
            parameters.add(parameter.getKey() + " " + parameter.getValue().stringValue());
        }
        return parameters.isEmpty() ? name : name + " (" + String.join(", ", parameters) + ")";
    }

    // JMH writes "NaN" for the error of a single iteration
    private static String error(JsonNode error) {
        return error.isNumber() ? "± " + Numbers.plain(error.doubleValue()) : "";
    }

    private static String allocated(JsonNode metrics) {
        JsonNode score = metrics.path("gc.alloc.rate.norm").path("score");
        return score.isNumber() ? Numbers.plain(Math.rint(score.doubleValue())) + " B" : "";
    }
}
