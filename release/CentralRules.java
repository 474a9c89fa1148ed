import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Checks the files of a release in a file repository against the requirements of Maven Central and of this project. Prints
 * each rule with each file, and ends with status 1 if a file violates a rule. Arguments: the repository, the group, and the
 * version.
 */
final class CentralRules {

    private static final List<String> CHECKSUMS = List.of("md5", "sha1", "sha256", "sha512");

    private static final Map<String, String> ALGORITHMS =
            Map.of("md5", "MD5", "sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

    private final Path repository;

    private final String group;

    private final String version;

    private int checks;

    private int violations;

    private CentralRules(Path repository, String group, String version) {
        this.repository = repository;
        this.group = group;
        this.version = version;
    }

    public static void main(String[] arguments) throws Exception {
        new CentralRules(Path.of(arguments[0]), arguments[1], arguments[2]).run();
    }

    private void run() throws Exception {
        Path folder = repository.resolve(group.replace('.', '/'));
        List<Path> artifacts;
        try (Stream<Path> children = Files.list(folder)) {
            artifacts = children.filter(Files::isDirectory).sorted().toList();
        }
        for (Path artifact : artifacts) {
            Path release = artifact.resolve(version);
            rule("coordinates: the folder of the version", release, Files.isDirectory(release));
            if (Files.isDirectory(release)) {
                check(artifact.getFileName().toString(), release);
            }
        }
        long managed = artifacts.stream()
                .filter(artifact -> !artifact.getFileName().toString().endsWith("-bom"))
                .count();
        bom(folder, managed);
        System.out.printf("%d checks of %d artifacts, %d violations%n", checks, artifacts.size(), violations);
        if (violations > 0) {
            System.exit(1);
        }
    }

    private void check(String artifact, Path release) throws Exception {
        String base = artifact + "-" + version;
        Path pom = release.resolve(base + ".pom");
        rule("pom: present", pom, Files.exists(pom));
        if (!Files.exists(pom)) {
            return;
        }
        Document document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(pom.toFile());
        pom(artifact, pom, document);

        if (!text(document, "packaging").equals("pom")) {
            for (String classifier : List.of("", "-sources", "-javadoc")) {
                Path jar = release.resolve(base + classifier + ".jar");
                rule("jar: " + (classifier.isEmpty() ? "main" : classifier.substring(1)) + " present", jar,
                        Files.exists(jar));
            }
        }
        for (Path file : files(release, name -> !isAccompanying(name))) {
            String name = file.getFileName().toString();
            rule("coordinates: the file is named after the artifact and the version", file, name.startsWith(base));
            rule("version: no SNAPSHOT", file, !name.contains("SNAPSHOT"));
            Path signature = release.resolve(name + ".asc");
            rule("signature: present", file, Files.exists(signature));
            checksums(file);
            if (name.endsWith(".jar")) {
                jar(file, name.equals(base + ".jar") ? "META-INF/sbom/" + artifact + ".cdx.json" : null);
            }
        }
    }

    private void pom(String artifact, Path pom, Document document) throws IOException {
        rule("pom: groupId", pom, text(document, "groupId").equals(group));
        rule("pom: artifactId", pom, text(document, "artifactId").equals(artifact));
        rule("pom: version", pom, text(document, "version").equals(version));
        for (String path : List.of("name", "description", "url", "licenses/license/name", "licenses/license/url",
                "developers/developer/name", "developers/developer/url", "scm/connection",
                "scm/developerConnection", "scm/url")) {
            rule("pom: " + path, pom, !text(document, path).isBlank());
        }
        for (String path : List.of("parent", "build", "profiles", "repositories", "pluginRepositories", "modules")) {
            rule("pom: no " + path, pom, find(document.getDocumentElement(), path).isEmpty());
        }
        String source = Files.readString(pom);
        rule("pom: no SNAPSHOT", pom, !source.contains("SNAPSHOT"));
        rule("pom: no dependency of scope test or system", pom,
                !source.contains("<scope>test</scope>") && !source.contains("<scope>system</scope>"));
        for (Element dependency : find(document.getDocumentElement(), "dependencies/dependency")) {
            rule("pom: the version of " + text(dependency, "artifactId"), pom,
                    text(dependency, "version").matches("\\d[^$]*"));
        }
    }

    private void bom(Path folder, long managed) throws Exception {
        Path pom = folder.resolve("lattestream-bom").resolve(version).resolve("lattestream-bom-" + version + ".pom");
        Document document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(pom.toFile());
        TreeSet<String> artifacts = new TreeSet<>();
        for (Element dependency : find(document.getDocumentElement(), "dependencyManagement/dependencies/dependency")) {
            String artifact = text(dependency, "artifactId");
            artifacts.add(artifact);
            rule("bom: " + artifact + " is part of the release", pom, Files.isDirectory(folder.resolve(artifact)));
        }
        rule("bom: manages every artifact of the release", pom, artifacts.size() == managed);
    }

    private void checksums(Path file) throws IOException, NoSuchAlgorithmException {
        byte[] content = Files.readAllBytes(file);
        for (String extension : CHECKSUMS) {
            Path checksum = file.resolveSibling(file.getFileName() + "." + extension);
            // Central requires MD5 and SHA-1; the others are optional
            if (Files.exists(checksum) || extension.equals("md5") || extension.equals("sha1")) {
                String expected = HexFormat.of()
                        .formatHex(MessageDigest.getInstance(ALGORITHMS.get(extension)).digest(content));
                rule("checksum: " + extension, file,
                        Files.exists(checksum) && Files.readString(checksum).strip().equals(expected));
            }
        }
    }

    /** Checks the rules of this project for the content of jars. */
    private void jar(Path file, String sbom) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            rule("licence: META-INF/LICENSE", file, jar.getEntry("META-INF/LICENSE") != null);
            rule("licence: META-INF/NOTICE", file, jar.getEntry("META-INF/NOTICE") != null);
            if (sbom != null) {
                rule("sbom: " + sbom, file, jar.getEntry(sbom) != null);
            }
        }
    }

    private void rule(String rule, Path file, boolean satisfied) {
        checks++;
        if (!satisfied) {
            violations++;
        }
        System.out.printf("%-9s %-64s %s%n", satisfied ? "ok" : "VIOLATED", rule, file.getFileName());
    }

    private static boolean isAccompanying(String name) {
        return name.endsWith(".asc") || name.contains(".asc.") || CHECKSUMS.stream().anyMatch(it -> name.endsWith("." + it));
    }

    private static List<Path> files(Path folder, Predicate<String> names) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> names.test(file.getFileName().toString())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Document document, String path) {
        return text(document.getDocumentElement(), path);
    }

    private static String text(Element parent, String path) {
        List<Element> found = find(parent, path);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }

    private static List<Element> find(Element parent, String path) {
        List<Element> found = List.of(parent);
        for (String name : path.split("/")) {
            List<Element> next = new ArrayList<>();
            for (Element element : found) {
                NodeList children = element.getChildNodes();
                for (int i = 0; i < children.getLength(); i++) {
                    if (children.item(i) instanceof Element child && child.getTagName().equals(name)) {
                        next.add(child);
                    }
                }
            }
            found = next;
        }
        return found;
    }
}
