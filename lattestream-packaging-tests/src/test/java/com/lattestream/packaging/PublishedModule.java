package com.lattestream.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** A module of this repository that is deployed to a Maven repository. */
record PublishedModule(Path folder, Element pom) {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Returns the modules whose pom sets {@code maven.deploy.skip} to false. */
    static List<PublishedModule> all() throws IOException {
        List<PublishedModule> published = new ArrayList<>();
        for (Element module : children(child(pom(ROOT), "modules").orElseThrow())) {
            Path folder = ROOT.resolve(module.getTextContent().strip());
            PublishedModule candidate = new PublishedModule(folder, pom(folder));
            if (candidate.property("maven.deploy.skip").equals(Optional.of("false"))) {
                published.add(candidate);
            }
        }
        return published;
    }

    String artifact() {
        return child(pom, "artifactId").orElseThrow().getTextContent().strip();
    }

    String version() {
        return child(child(pom, "parent").orElseThrow(), "version")
                .orElseThrow()
                .getTextContent()
                .strip();
    }

    boolean isJar() {
        return child(pom, "packaging").isEmpty();
    }

    Optional<String> property(String name) {
        return child(pom, "properties")
                .flatMap(properties -> child(properties, name))
                .map(value -> value.getTextContent().strip());
    }

    /** Returns the artifacts that the section {@code dependencyManagement} lists, without repetition. */
    List<String> managedArtifacts() {
        Element management = child(pom, "dependencyManagement").orElseThrow();
        return children(child(management, "dependencies").orElseThrow()).stream()
                .map(dependency -> child(dependency, "artifactId").orElseThrow())
                .map(artifact -> artifact.getTextContent().strip())
                .distinct()
                .toList();
    }

    Path jar() {
        return folder.resolve("target").resolve(artifact() + "-" + version() + ".jar");
    }

    /** Returns the jars of this version that the build has created, with and without a classifier. */
    List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(artifact() + "-" + version()))
                    .filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public String toString() {
        return artifact();
    }

    private static Element pom(Path folder) throws IOException {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(folder.resolve("pom.xml").toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("Cannot read the pom in " + folder, e);
        }
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent).stream()
                .filter(child -> child.getTagName().equals(name))
                .findFirst();
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }
}
