package dev.aeon.apm.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.compatibility.Finding.Level;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.registry.AgentRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetCheckTest {
  private static final ProtocolVersion TWO = version("2.0.0");

  @Test
  void fleet_allSpeakTheTarget_isCompatible() {
    CompatibilityReport report =
        FleetCheck.check(TWO, List.of(agent("manager_001", "2.0.0"), agent("impl_001", "2.0.0")));

    assertThat(report.isCompatible()).isTrue();
    assertThat(report.findings())
        .containsExactly(new Finding(Level.NOTE, "broadcasts", "all agents speak 2.0.0"));
  }

  @Test
  void fleet_oneSpeaksTheOldMajorAlone_isABlocker() {
    CompatibilityReport report =
        FleetCheck.check(
            TWO, List.of(agent("manager_001", "1.0.0", "2.0.0"), agent("impl_001", "1.0.0")));

    assertThat(report.isCompatible()).isFalse();
    assertThat(report.findings())
        .filteredOn(finding -> finding.level() == Level.BLOCKER)
        .singleElement()
        .satisfies(finding -> assertThat(finding.subject()).isEqualTo("impl_001"))
        .satisfies(finding -> assertThat(finding.detail()).contains("2.x", "1.0.0"));
  }

  @Test
  void fleet_twoWithoutACommonVersion_areABlockerAsAPair() {
    CompatibilityReport report =
        FleetCheck.check(TWO, List.of(agent("old", "1.0.0"), agent("new", "2.0.0")));

    assertThat(report.findings())
        .anySatisfy(finding -> assertThat(finding.subject()).isEqualTo("old, new"))
        .anySatisfy(finding -> assertThat(finding.detail()).contains("no version that all"));
  }

  @Test
  void fleet_oneIsAMinorVersionBehind_isWarnedOf() {
    CompatibilityReport report =
        FleetCheck.check(
            version("1.1.0"),
            List.of(agent("manager_001", "1.0.0", "1.1.0"), agent("impl_001", "1.0.0")));

    assertThat(report.isCompatible()).isTrue();
    assertThat(report.count(Level.WARNING)).isEqualTo(1);
  }

  @Test
  void fleet_bothMajorsAtOnce_isToldToDropTheOld() {
    CompatibilityReport report =
        FleetCheck.check(TWO, List.of(agent("manager_001", "1.0.0", "2.0.0")));

    assertThat(report.isCompatible()).isTrue();
    assertThat(report.findings()).singleElement().extracting(Finding::level).isEqualTo(Level.NOTE);
  }

  @Test
  void fleet_saysNothingOfVersions_isTakenToSpeakOurs() {
    CompatibilityReport report =
        FleetCheck.check(ProtocolVersion.CURRENT, List.of(agent("impl_001")));

    assertThat(report.isCompatible()).isTrue();
    assertThat(report.findings())
        .singleElement()
        .extracting(Finding::detail)
        .asString()
        .contains("lists no versions");
  }

  private static ProtocolVersion version(String text) {
    return ProtocolVersion.parse(text).orElseThrow();
  }

  private static AgentRecord agent(String id, String... versions) {
    return new AgentRecord(
        AgentIdentity.of(id, AgentType.IMPLEMENTATION),
        Stream.of(versions).map(FleetCheckTest::version).toList(),
        List.of(),
        Map.of(),
        0,
        0,
        Optional.empty(),
        Instant.EPOCH);
  }
}
