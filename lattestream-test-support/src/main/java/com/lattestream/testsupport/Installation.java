package com.lattestream.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Programs that tests need, and that are not part of a JDK. */
final class Installation {

    private Installation() {}

    /** Skips the test if something is not installed, except in CI, where it fails. */
    static void assume(boolean installed, String problem) {
        assertThat(installed || System.getenv("CI") == null).as("%s", problem).isTrue();
        assumeTrue(installed, problem);
    }
}
