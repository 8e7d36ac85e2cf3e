package dev.aeon.apm.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.ProtocolVersion;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.track.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents are known to other processes, and after their own ended. */
class SharedRegistryTest {
  private static final List<String> ALL = List.of(AgentRecord.ACKNOWLEDGES_ALL);

  @TempDir Path directory;
  private final VirtualClock clock = new VirtualClock(Samples.TIME);

  @Test
  void join_again_beginsTheNextLife() {
    assertThat(open().join(Samples.WORKER, ALL).orElseThrow().epoch()).isEqualTo(1);
    Registry second = open();
    assertThat(second.join(Samples.WORKER, ALL).orElseThrow().epoch()).isEqualTo(2);
    second.leave(Samples.WORKER.agentId());
    assertThat(open().join(Samples.WORKER, ALL).orElseThrow().epoch()).isEqualTo(3);
  }

  @Test
  void join_idOfAnother_isRefused() {
    open().join(Samples.WORKER, ALL);
    Registry other = open();
    assertThat(other.join(AgentIdentity.of("IMPL_001", AgentType.IMPLEMENTATION), ALL)).isEmpty();
    assertThat(other.join(AgentIdentity.of("impl_001", AgentType.MANAGER), ALL)).isEmpty();
  }

  @Test
  void join_aliveInAnotherProcess_isRefusedUntilItsLeaseOrItsProcessEnds() throws Exception {
    Process other = new ProcessBuilder("cat").start();
    try {
      writeRecord(other.pid());
      assertThat(open().join(Samples.WORKER, ALL)).isEmpty();
      clock.advance(Registry.LEASE);
      assertThat(open().join(Samples.WORKER, ALL).orElseThrow().epoch()).isEqualTo(8);
      writeRecord(other.pid());
    } finally {
      other.destroyForcibly();
      assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(open().join(Samples.WORKER, ALL)).isPresent();
  }

  private void writeRecord(long pid) throws IOException {
    AgentRecord record =
        new AgentRecord(
            Samples.WORKER,
            List.of(),
            ALL,
            Map.of("ipc", "ipc:///tmp/x"),
            pid,
            7,
            Optional.of(Registry.LEASE),
            clock.instant());
    Files.createDirectories(directory.resolve("agents"));
    Files.writeString(directory.resolve("agents/impl_001.json"), record.toJson().toString());
  }

  @Test
  void agents_ofAnotherProcess_areThoseWithASignOfLife() {
    Registry ours = open();
    Registry theirs = open();
    theirs.join(Samples.WORKER, ALL);
    assertThat(ours.agents()).containsExactly(Samples.WORKER);
    assertThat(ours.find(Samples.WORKER.agentId())).contains(Samples.WORKER);
    clock.advance(Registry.LEASE.minus(Duration.ofSeconds(1)));
    theirs.heartbeat(Samples.WORKER.agentId());
    clock.advance(Duration.ofSeconds(2));
    assertThat(ours.agents()).containsExactly(Samples.WORKER);
    clock.advance(Registry.LEASE);
    assertThat(ours.agents()).isEmpty();
    assertThat(ours.records()).hasSize(1);
    assertThat(ours.find(Samples.WORKER.agentId())).contains(Samples.WORKER);
  }

  @Test
  void leave_isKnownStillAndNotActive() {
    Registry registry = open();
    registry.join(Samples.WORKER, ALL);
    registry.leave(Samples.WORKER.agentId());
    assertThat(open().agents()).isEmpty();
    assertThat(open().find(Samples.WORKER.agentId())).isPresent();
    registry.unregister(Samples.WORKER.agentId());
    assertThat(open().records()).isEmpty();
  }

  @Test
  void open_damagedForeignAndLinkedFiles_areLeftAlone() throws IOException {
    Registry registry = open();
    registry.join(Samples.WORKER, ALL);
    Path agents = directory.resolve("agents");
    Files.writeString(agents.resolve("broken.json"), "{\"agentId\":");
    Files.writeString(
        agents.resolve("renamed.json"), Files.readString(agents.resolve("impl_001.json")));
    Files.write(agents.resolve("long.json"), new byte[100_000]);
    Files.createSymbolicLink(agents.resolve("impl_002.json"), agents.resolve("impl_001.json"));
    assertThat(open().records()).extracting(AgentRecord::identity).containsExactly(Samples.WORKER);
    assertThat(agents.resolve("broken.json")).exists();
  }

  @Test
  void versionFor_receivers_isTheHighestInCommon() {
    Registry registry = new Registry();
    registry.register(described(Samples.WORKER, "\"0.9.0\",\"1.0.0\",\"1.1.0\""));
    registry.register(described(Samples.OTHER, "\"1.1.0\",\"2.0.0\""));
    assertThat(registry.versionFor(Receiver.of(Samples.WORKER))).contains(ProtocolVersion.CURRENT);
    assertThat(registry.versionFor(Receiver.of(Samples.OTHER))).isEmpty();
    assertThat(registry.versionFor(Receiver.ofType(AgentType.IMPLEMENTATION))).isEmpty();
    assertThat(registry.versionFor(Receiver.of(Samples.MANAGER))).contains(ProtocolVersion.CURRENT);
  }

  @Test
  void highestCommon_listsInAnyOrder_isTheHighestNotTheFirst() {
    assertThat(
            Versions.highestCommon(
                List.of(versions("1.2.0", "1.10.0", "1.9.0"), versions("1.9.0", "1.10.0"))))
        .contains(ProtocolVersion.parse("1.10.0").orElseThrow());
    assertThat(Versions.highestCommon(List.of(versions("1.2.0"), versions("2.0.0")))).isEmpty();
  }

  private static List<ProtocolVersion> versions(String... texts) {
    return Arrays.stream(texts).map(text -> ProtocolVersion.parse(text).orElseThrow()).toList();
  }

  private static AgentRecord described(AgentIdentity agent, String versions) {
    String text = "{\"supportedVersions\":[" + versions + "]}";
    return AgentRecord.described(agent, JsonObject.parse(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Registry open() {
    return Registry.open(directory, clock);
  }
}
