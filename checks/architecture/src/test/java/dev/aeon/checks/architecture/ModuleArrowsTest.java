package dev.aeon.checks.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.library.Architectures;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/** The arrows between modules. */
@AnalyzeClasses(packages = "dev.aeon", importOptions = DoNotIncludeTests.class)
class ModuleArrowsTest {

  @ArchTest
  void modules_useOnlyWhatThePlanDraws(JavaClasses classes) {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.aeon..")
        .layer("bindings")
        .definedBy("dev.aeon.bindings..")
        .layer("sp")
        .definedBy("dev.aeon.sp..")
        .layer("slabs")
        .definedBy("dev.aeon.slabs..")
        .layer("apm")
        .definedBy("dev.aeon.apm..")
        .layer("spoke")
        .definedBy("dev.aeon.spoke..")
        .layer("fleet")
        .definedBy("dev.aeon.fleet..")
        .whereLayer("bindings")
        .mayOnlyBeAccessedByLayers("sp", "slabs")
        .whereLayer("sp")
        .mayOnlyBeAccessedByLayers("apm", "spoke", "fleet", "slabs")
        .whereLayer("slabs")
        .mayOnlyBeAccessedByLayers("fleet")
        .whereLayer("apm")
        .mayOnlyBeAccessedByLayers("fleet")
        .whereLayer("spoke")
        .mayOnlyBeAccessedByLayers("fleet")
        .whereLayer("fleet")
        .mayNotBeAccessedByAnyLayer()
        .check(classes);
  }

  @ArchTest
  void generatedBindings_areSeenByTheBindingsAlone(JavaClasses classes) {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.aeon.bindings..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.aeon.bindings.raw..")
        .check(classes);
  }

  @ArchTest
  void restrictedMethods_areCalledByTheBindingsAlone(JavaClasses classes) {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.aeon.bindings..")
        .should()
        .callMethod(Linker.class, "nativeLinker")
        .orShould()
        .callMethod(MemorySegment.class, "reinterpret", long.class)
        .orShould()
        .callMethod(System.class, "load", String.class)
        .orShould()
        .callMethod(System.class, "loadLibrary", String.class)
        .orShould()
        .callMethod(
            SymbolLookup.class,
            "libraryLookup",
            java.nio.file.Path.class,
            java.lang.foreign.Arena.class)
        .check(classes);
  }
}
