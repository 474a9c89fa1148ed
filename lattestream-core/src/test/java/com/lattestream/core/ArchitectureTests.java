package com.lattestream.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "com.lattestream.core", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule coreKnowsNoSpring =
            noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule cryptoKnowsNoHttp = noClasses()
            .that()
            .resideInAPackage("..core.crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.hc..",
                    "java.net.http..",
                    "..core.internal.http..",
                    "..core.internal.delivery..",
                    "..core.internal.query..",
                    "..core.internal.resilience..");

    @ArchTest
    static final ArchRule onlyTheHttpRoomKnowsTheHttpClient = noClasses()
            .that()
            .resideOutsideOfPackage("..core.internal.http..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule onlyTheResilienceRoomKnowsResilience4j = noClasses()
            .that()
            .resideOutsideOfPackage("..core.internal.resilience..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.github.resilience4j..");

    @ArchTest
    static final ArchRule theRoomsHaveNoCircle = SlicesRuleDefinition.slices()
            .matching("com.lattestream.core.internal.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule everyClassIsNullMarked = classes().should(beInANullMarkedPackage());

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a @NullMarked package") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type,
                        type.getPackage().isAnnotatedWith(NullMarked.class),
                        type.getName() + " is in a package without @NullMarked"));
            }
        };
    }
}
