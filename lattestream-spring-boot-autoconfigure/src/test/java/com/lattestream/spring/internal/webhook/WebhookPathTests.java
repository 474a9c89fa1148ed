package com.lattestream.spring.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.server.PathContainer;

class WebhookPathTests {

    private final WebhookPath path = new WebhookPath("/webhooks/lattestream");

    @Test
    void otherPathsHaveAsManySegments() {
        assertThat(path.value()).isEqualTo("/webhooks/lattestream");
        assertThat(path.siblingPath()).matches("/webhooks/[^/]+").isNotEqualTo(path.value());
        assertThat(path.unrelatedPath()).matches("/[^/]+/[^/]+").doesNotContain("webhooks", "lattestream");
        assertThat(new WebhookPath("/hook").siblingPath()).matches("/[^/]+").isNotEqualTo("/hook");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/lattestream", "/webhooks/latte%73tream"})
    void onlyTheEncodingOfAnExactPathMayDiffer(String other) {
        assertThat(path.matchesExactly(PathContainer.parsePath(other))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webhooks/lattestream/",
                "/webhooks//lattestream",
                "/webhooks/Lattestream",
                "/webhooks/lattestream;a=b",
                "/webhooks;a=b/lattestream",
                "/webhooks/other",
                "/other/lattestream",
                "/webhooks",
                "/webhooks/lattestream/more",
                "webhooks/lattestream/",
                "//lattestream"
            })
    void otherPathsDoNotMatchExactly(String other) {
        assertThat(path.matchesExactly(PathContainer.parsePath(other))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webhooks/lattestream",
                "/webhooks/lattestream/",
                "//webhooks//lattestream",
                "/WEBHOOKS/Lattestream",
                "/webhooks/lattestream;a=b",
                "/webhooks/latte%73tream",
                "/webhooks/%20lattestream%20",
                "/%20/webhooks/lattestream"
            })
    void anApplicationMayTreatOtherNotationsAsThisPath(String other) {
        assertThat(path.mayMatch(PathContainer.parsePath(other))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/other", "/other/lattestream", "/webhooks", "/webhooks/lattestream/more", "/"})
    void noApplicationTreatsOtherPathsAsThisPath(String other) {
        assertThat(path.mayMatch(PathContainer.parsePath(other))).isFalse();
        assertThat(path.mayMatch(other)).isFalse();
    }

    @Test
    void aDecodedPathMayMatch() {
        assertThat(path.mayMatch("/webhooks/ LATTESTREAM//")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webhooks/lattestream",
                "/webhooks/lattestream/",
                "/Webhooks/Lattestream",
                "/webhooks/lattestream/**",
                "/webhooks/lattestream/{*rest}",
                "/webhooks/lattestream*",
                "/webhooks/lattestrea?m"
            })
    void aPatternThatContainsThePathWasWrittenForIt(String pattern) {
        assertThat(path.isLiteralIn(pattern)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webhooks/{source}",
                "/webhooks/*",
                "/webhooks/**",
                "/webhooks",
                "/**",
                "/webhooks/lattestream/more",
                "/webhooks/lattestream/{id}",
                "/webhooks/lattestream/**/more",
                "/other/lattestream"
            })
    void anotherPatternWasNotWrittenForIt(String pattern) {
        assertThat(path.isLiteralIn(pattern)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhooks/**", "/webhooks/{source}", "/{a}/b", "/a*", "/x{a}", "/{a}x"})
    void aPatternWithALiteralSegmentIsSpecific(String pattern) {
        assertThat(WebhookPath.isSpecific(pattern)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/**", "/*", "/{a}", "/{a}/{b}", "/{*path}", "/", "", "/?"})
    void aPatternWithoutALiteralSegmentIsNotSpecific(String pattern) {
        assertThat(WebhookPath.isSpecific(pattern)).isFalse();
    }
}
