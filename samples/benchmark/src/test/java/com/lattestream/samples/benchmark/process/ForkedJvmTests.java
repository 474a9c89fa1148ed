package com.lattestream.samples.benchmark.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForkedJvmTests {

    @Test
    void eachLineReceivesAResponse() {
        try (ForkedJvm jvm = start("-Dgreeting=hello")) {
            assertThat(jvm.read()).isEqualTo("ready");
            assertThat(jvm.request("world")).isEqualTo("hello world");
            assertThat(jvm.request("moon")).isEqualTo("hello moon");
        }
    }

    @Test
    void theFailureContainsTheReasonOfTheExit() {
        try (ForkedJvm jvm = start("-Dgreeting=hello")) {
            jvm.read();
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> jvm.request("fail"))
                    .withMessageContaining("Greeter one two exited with status 1")
                    .withMessageContaining("this cannot be greeted");
        }
    }

    @Test
    void theFailureContainsTheReasonOfAFailedStart() {
        try (ForkedJvm jvm = start("-XX:NoSuchFlag=1")) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(jvm::read)
                    .withMessageContaining("NoSuchFlag");
        }
    }

    private static ForkedJvm start(String jvmArgument) {
        return ForkedJvm.start(ForkedJvm.thisJavaHome(), List.of(jvmArgument), Greeter.class, "one", "two");
    }

    static final class Greeter {

        public static void main(String[] args) throws IOException {
            System.out.println("ready");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("fail")) {
                    throw new IllegalStateException("this cannot be greeted");
                }
                System.out.println(System.getProperty("greeting") + " " + line);
            }
        }
    }
}
