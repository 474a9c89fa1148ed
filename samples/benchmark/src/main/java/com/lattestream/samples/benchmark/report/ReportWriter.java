package com.lattestream.samples.benchmark.report;

import com.lattestream.samples.benchmark.result.FreshResults;
import com.lattestream.samples.benchmark.result.Results;
import com.lattestream.samples.benchmark.result.WebResults;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the results of a run: {@code performance.md}, and the pictures and {@code results.json} to the directory
 * {@code performance} next to it. JMH's {@code performance/jmh.json}, {@code performance/web.json}, of the web stacks, and
 * {@code performance/fresh.json}, of fresh values, are included if they exist.
 */
public final class ReportWriter {

    private static final String PICTURES = "performance";

    private static final JsonMapper mapper =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path docs;

    private final Path directory;

    private final Map<String, String> reasons;

    /**
     * Creates a writer.
     * @param docs the directory of the documentation
     */
    public ReportWriter(Path docs) {
        this(docs, reasonsForMissedGoals());
    }

    ReportWriter(Path docs, Map<String, String> reasons) {
        this.docs = docs;
        this.directory = docs.resolve(PICTURES);
        this.reasons = reasons;
    }

    /**
     * Writes the report again from {@code results.json}, without measuring.
     * @param args the directory of the documentation; defaults to that of this project, relative to the module
     */
    public static void main(String[] args) throws IOException {
        ReportWriter writer = new ReportWriter(Path.of(args.length == 0 ? "../../docs" : args[0]));
        writer.writeReport(writer.read());
    }

    /** Writes the results and the report. The results are first, so that they are not lost. */
    public void write(Results results) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("results.json"), mapper.writeValueAsString(results) + "\n");
        writeReport(results);
    }

    /**
     * Writes the results of a run of the web stacks, and the report again if results of the client exist.
     * @param results the results
     * @return the section of the report about them
     */
    public String writeWeb(WebResults results) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(web(), mapper.writeValueAsString(results) + "\n");
        if (Files.exists(directory.resolve("results.json"))) {
            writeReport(read());
        }
        return webSection(results).words();
    }

    /**
     * Writes the results of fresh values, and the report again if results of the client exist.
     * @param results the results
     * @return the numbers of the report about them
     */
    public String writeFresh(FreshResults results) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(fresh(), mapper.writeValueAsString(results) + "\n");
        if (Files.exists(directory.resolve("results.json"))) {
            writeReport(read());
        }
        return FreshSection.of(results).numbers().markdown();
    }

    Results read() {
        return mapper.readValue(directory.resolve("results.json").toFile(), Results.class);
    }

    private Path web() {
        return directory.resolve("web.json");
    }

    private Path fresh() {
        return directory.resolve("fresh.json");
    }

    private static Section webSection(WebResults results) {
        return WebSection.of(results, new String(resource("web-notes.md"), StandardCharsets.UTF_8));
    }

    private void writeReport(Results results) throws IOException {
        List<Section> sections = sections(results);
        if (Files.exists(fresh())) {
            sections.add(FreshSection.of(mapper.readValue(fresh().toFile(), FreshResults.class)));
        }
        if (Files.exists(web())) {
            sections.add(webSection(mapper.readValue(web().toFile(), WebResults.class)));
        }
        removePictures();
        for (Section section : sections) {
            for (Picture picture : section.pictures()) {
                // fails if two pictures of this report have the same name
                Files.writeString(directory.resolve(picture.file()), picture.svg(), StandardOpenOption.CREATE_NEW);
            }
        }
        Path jmh = directory.resolve("jmh.json");
        PerformancePage page = new PerformancePage(
                results,
                new Goals(results.goals(), reasons),
                sections,
                Files.exists(jmh) ? JmhTable.read(jmh) : new Table());
        Files.writeString(docs.resolve("performance.md"), page.markdown(PICTURES));
    }

    private static List<Section> sections(Results results) {
        List<Section> sections = new ArrayList<>(new ThroughputSections(results).all());
        if (!results.latency().isEmpty()) {
            sections.add(LatencySection.of(results.latency()));
        }
        if (!results.scaling().isEmpty()) {
            sections.add(ScalingSection.of(results.scaling()));
        }
        if (results.startup().with().length > 0) {
            sections.add(StartupSection.of(results.startup()));
        }
        if (results.firstRequest().first().length > 0) {
            sections.add(FirstRequestSection.of(results.firstRequest()));
        }
        if (results.memory().events() > 0) {
            sections.add(MemorySection.of(results.memory()));
        }
        return sections;
    }

    // there may be pictures of values that are no longer measured
    private void removePictures() throws IOException {
        try (DirectoryStream<Path> pictures = Files.newDirectoryStream(directory, "*.svg")) {
            for (Path picture : pictures) {
                Files.delete(picture);
            }
        }
    }

    private static Map<String, String> reasonsForMissedGoals() {
        try {
            Properties reasons = new Properties();
            reasons.load(new StringReader(new String(resource("goal-notes.properties"), StandardCharsets.UTF_8)));
            return reasons.stringPropertyNames().stream()
                    .collect(Collectors.toUnmodifiableMap(key -> key, reasons::getProperty));
        } catch (IOException ex) {
            throw new IllegalStateException("goal-notes.properties cannot be read", ex);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream resource = ReportWriter.class.getResourceAsStream("/" + name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return resource.readAllBytes();
        } catch (IOException ex) {
            throw new IllegalStateException(name + " cannot be read", ex);
        }
    }
}
