package com.lattestream.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The BOM, and the modules that are deployed. */
class PublishedModulesTests {

    @Test
    void theBomManagesAllPublishedModulesAndNoOther() throws IOException {
        List<PublishedModule> published = PublishedModule.all();
        PublishedModule bom = published.stream()
                .filter(module -> module.artifact().equals("lattestream-bom"))
                .findFirst()
                .orElseThrow();

        assertThat(bom.managedArtifacts())
                .containsExactlyInAnyOrderElementsOf(published.stream()
                        .map(PublishedModule::artifact)
                        .filter(artifact -> !artifact.equals(bom.artifact()))
                        .toList());
    }

    @Test
    void testModulesAndSamplesAreNotPublished() throws IOException {
        assertThat(PublishedModule.all())
                .extracting(PublishedModule::artifact)
                .contains("lattestream-core", "lattestream-spring-boot-starter")
                .noneMatch(artifact -> artifact.endsWith("-tests"))
                .doesNotContain("lattestream-samples", "lattestream-parent");
    }
}
