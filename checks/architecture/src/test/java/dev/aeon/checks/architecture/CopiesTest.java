package dev.aeon.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;

/** Where memory is copied on the way of a record. */
@AnalyzeClasses(packages = "dev.aeon", importOptions = DoNotIncludeTests.class)
class CopiesTest {
  private static final Set<String> COPIES = Set.of("copy", "copyFrom", "toArray", "fill");

  @ArchTest
  void psyneOverSp_copiesARecordOnceOnEachSide(JavaClasses classes) {
    assertThat(copiesIn(classes, "dev.aeon.slabs.transport.sp"))
        .containsExactlyInAnyOrder("SpLink.fill", "SpLink.append");
  }

  @ArchTest
  void psyneBroker_copiesARecordOnceOnItsWayToAWorker(JavaClasses classes) {
    assertThat(copiesIn(classes, "dev.aeon.slabs.broker"))
        .filteredOn(each -> each.startsWith("Shard."))
        .containsExactly("Shard.trySend");
  }

  private static List<String> copiesIn(JavaClasses classes, String packageName) {
    return classes.stream()
        .filter(each -> each.getPackageName().equals(packageName))
        .flatMap(each -> each.getMethodCallsFromSelf().stream())
        .filter(CopiesTest::copies)
        .map(call -> call.getOriginOwner().getSimpleName() + "." + call.getOrigin().getName())
        .toList();
  }

  private static boolean copies(JavaMethodCall call) {
    return call.getTargetOwner().isEquivalentTo(MemorySegment.class)
        && COPIES.contains(call.getName());
  }
}
