package com.lattestream.spring;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.lattestream.core.internal.Callbacks;
import com.lattestream.core.internal.DaemonThreads;
import com.lattestream.core.internal.query.QueryCache;
import com.lattestream.core.internal.validation.Quoted;
import com.lattestream.core.internal.wire.EventObjectModule;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

@AnalyzeClasses(packages = "com.lattestream.spring", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule internalsOfCoreAreLeftAlone = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("com.lattestream.core.internal..")
                    // all log lines have one format, and external values have one format
                    .and(not(resideInAPackage("com.lattestream.core.internal.logging")))
                    .and(not(type(Quoted.class)))
                    .and(not(type(DaemonThreads.class)))
                    // failures of futures are unwrapped in one place
                    .and(not(type(Callbacks.class)))
                    // the excluded properties are defined in one place
                    .and(not(type(EventObjectModule.class)))
                    // its meters must not create it
                    .and(not(type(QueryCache.class))));

    // its thread keeps the class loader of the application that has used it first
    @ArchTest
    static final ArchRule theTimerOfTheJdkIsNotUsed = noClasses()
            .should()
            .callMethodWhere(describe(
                    "a timeout of CompletableFuture",
                    call -> call.getTargetOwner().isEquivalentTo(CompletableFuture.class)
                            && Set.of("orTimeout", "completeOnTimeout", "delayedExecutor")
                                    .contains(call.getName())));

    @ArchTest
    static final ArchRule librariesInsideOurJarsAreNotUsed =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.hc..", "org.eclipse.jetty..");

    @ArchTest
    static final ArchRule onlyTheEnginesWiringKnowsTheEngine = noClasses()
            .that()
            .resideOutsideOfPackage("com.lattestream.spring.boot.autoconfigure.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.lattestream.test..");

    @ArchTest
    static final ArchRule whatApplicationsWriteAgainstDoesNotKnowTheWiring = noClasses()
            .that()
            .resideOutsideOfPackage("com.lattestream.spring.boot..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.lattestream.spring.boot..");

    @ArchTest
    static final ArchRule theWiringDoesNotKnowTheEnginesWiring = noClasses()
            .that()
            .resideInAPackage("com.lattestream.spring.boot.autoconfigure")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.lattestream.spring.boot.autoconfigure.engine..");

    @ArchTest
    static final ArchRule beanMethodsAreNotPublic =
            methods().that().areAnnotatedWith(Bean.class).should().notBePublic();

    @ArchTest
    static final ArchRule autoConfigurationsAreFinal =
            classes().that().areAnnotatedWith(AutoConfiguration.class).should().haveModifier(JavaModifier.FINAL);
}
