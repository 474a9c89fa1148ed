package com.lattestream.spring.boot.autoconfigure.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.lattestream.spring.boot.autoconfigure.LatteStreamAutoConfiguration;
import com.lattestream.spring.boot.autoconfigure.broadcast.hints.HintedApplication;
import com.lattestream.spring.boot.autoconfigure.broadcast.hints.HintedApplication.Invoice;
import com.lattestream.spring.boot.autoconfigure.broadcast.hints.HintedApplication.Line;
import com.lattestream.spring.boot.autoconfigure.broadcast.hints.HintedApplication.OrderPacked;
import com.lattestream.spring.boot.autoconfigure.broadcast.hints.HintedApplication.Receipt;
import com.lattestream.spring.internal.broadcast.RegisteredBroadcast;
import org.junit.jupiter.api.Test;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import org.springframework.mock.env.MockEnvironment;

/** The hints for a native image. */
class BroadcastHintsTests {

    @Test
    void hintsCoverTheEventsAndReturnTypesOfTheApplication() {
        RuntimeHints hints = process(new MockEnvironment().withProperty("lattestream.mode", "none"));

        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(OrderPacked.class, "orderId"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(OrderPacked.class, "summary"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Line.class, "product"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(Receipt.class)
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Invoice.class, "id"))
                .accepts(hints);
    }

    @Test
    void switchedOffThereAreNoHints() {
        RuntimeHints hints = process(new MockEnvironment()
                .withProperty("lattestream.mode", "none")
                .withProperty("lattestream.broadcast.enabled", "false"));

        assertThat(RuntimeHintsPredicates.reflection().onType(OrderPacked.class))
                .rejects(hints);
    }

    @Test
    void hintsCoverTheEntriesOfTheRegistry() {
        RuntimeHints hints = new RuntimeHints();
        new BroadcastOutletConfigurations.RegisteredBroadcastHints().registerHints(hints, null);

        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(RegisteredBroadcast.class, "channels"))
                .accepts(hints);
    }

    private static RuntimeHints process(MockEnvironment environment) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.setEnvironment(environment);
            context.register(
                    HintedApplication.class,
                    LatteStreamAutoConfiguration.class,
                    LatteStreamBroadcastAutoConfiguration.class);
            DefaultGenerationContext generation = new DefaultGenerationContext(
                    new ClassNameGenerator(ClassName.get("com.lattestream", "Application")),
                    new InMemoryGeneratedFiles());
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            return generation.getRuntimeHints();
        }
    }
}
