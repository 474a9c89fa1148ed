package com.lattestream.test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

@AnalyzeClasses(packages = "com.lattestream.test", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule theEngineRunsWithoutSpring = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("EmbeddedLatteStreamContext")
            .and()
            .doNotHaveFullyQualifiedName(AutoConfigureLatteStream.class.getName())
            .and()
            .resideOutsideOfPackage("..internal.application..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleNameStartingWith("EmbeddedLatteStreamContext")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("..internal.application..");

    @ArchTest
    static final ArchRule onlyTheAnnotationAndItsExtensionDependOnJUnit = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(EmbeddedLatteStream.class.getName())
            .and()
            .haveSimpleNameNotStartingWith("EmbeddedLatteStreamExtension")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.junit..")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleNameStartingWith("EmbeddedLatteStreamExtension");

    @ArchTest
    static final ArchRule onlyTheAssertionsDependOnAssertJ = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("LatteStreamEventsAssert")
            .and()
            .haveSimpleNameNotStartingWith("LatteStreamAssertions")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.assertj..")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleNameStartingWith("LatteStreamEventsAssert");

    @ArchTest
    static final ArchRule noClassDependsOnTheSpringModules =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.lattestream.spring..");

    @ArchTest
    static final ArchRule noClassDependsOnTheInternalsOfTheClient =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.lattestream.core.internal..");

    @ArchTest
    static final ArchRule internalsDoNotDependOnThePublicApi = noClasses()
            .that()
            .resideInAPackage("com.lattestream.test.internal..")
            .should()
            .dependOnClassesThat(resideInAPackage("com.lattestream.test..")
                    .and(resideOutsideOfPackage("com.lattestream.test.internal..")));

    @ArchTest
    static final ArchRule restDoesNotDependOnSocket = noClasses()
            .that()
            .resideInAPackage("..internal.rest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..internal.socket..");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("com.lattestream.test.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule channelsDoNotDependOnTheServer = noClasses()
            .that()
            .resideInAPackage("..internal.channel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
