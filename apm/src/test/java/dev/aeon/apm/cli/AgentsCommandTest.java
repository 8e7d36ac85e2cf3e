package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.Samples;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code apm init} and {@code apm agents} as a user types them. */
class AgentsCommandTest {
  @TempDir Path folder;

  @Test
  void init_inAnEmptyFolder_makesWhatAgentsNeed() {
    CommandRun run = apm("init", "-agent", "manager_001:manager", "-agent", "impl_001:AdHoc");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve("a/channels")).isDirectory();
    assertThat(registry().agentsOfType(AgentType.MANAGER)).containsExactly(Samples.MANAGER);
  }

  @Test
  void init_twice_changesNothing() {
    apm("init", "-agent", "manager_001:Manager");
    CommandRun run = apm("init", "-agent", "manager_001:Manager");
    assertThat(run.exitCode()).isZero();
    assertThat(registry().records()).hasSize(1);
  }

  @Test
  void init_withATakenName_isRefused() {
    apm("init", "-agent", "manager_001:Manager");
    CommandRun run = apm("init", "-agent", "Manager_001:AdHoc", "-json");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.json().object("error").string("code")).isEqualTo("E_VALIDATION_008");
  }

  @Test
  void init_withAnIllegalName_saysSo() {
    CommandRun run = apm("init", "-agent", "../up:Manager");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("not a legal agent id: '../up'");
    assertThat(apm("init", "-agent", "one:Boss").err()).contains("Manager, Implementation, AdHoc");
    assertThat(apm("init", "-agent", "one").err()).contains("ID:TYPE");
  }

  @Test
  void agents_ofADirectory_areListedWithTheirState() {
    apm("init", "-agent", "manager_001:Manager");
    registry().join(Samples.WORKER, List.of("ack:all"));
    CommandRun run = apm("agents");
    assertThat(run.out().lines())
        .satisfiesExactly(
            heading -> assertThat(heading).startsWith("AGENT"),
            worker -> assertThat(worker).matches("impl_001 +Implementation +active +1 +\\d+ .*Z"),
            manager -> assertThat(manager).matches("manager_001 +Manager +active +0 +- +-"));
    List<JsonObject> agents = apm("agents", "-json").json().objects("agents");
    assertThat(agents).extracting(agent -> agent.string("agentId")).contains("impl_001");
    assertThat(agents.getFirst().strings("capabilities")).containsExactly("ack:all");
  }

  @Test
  void agents_filtered_areThoseOfATypeThatLive() {
    apm("init", "-agent", "manager_001:Manager");
    Registry registry = registry();
    registry.join(Samples.WORKER, List.of());
    registry.leave(Samples.WORKER.agentId());
    assertThat(apm("agents", "-type", "implementation").out()).contains("impl_001  ", "away");
    assertThat(apm("agents", "-active").out()).contains("manager_001").doesNotContain("impl_001");
  }

  @Test
  void add_thenRemove_leavesNothing() {
    apm("init");
    assertThat(apm("agents", "add", "impl_002", "Implementation").exitCode()).isZero();
    assertThat(registry().find(Samples.OTHER.agentId())).contains(Samples.OTHER);
    assertThat(apm("agents", "remove", "impl_002").exitCode()).isZero();
    assertThat(registry().records()).isEmpty();
  }

  @Test
  void remove_ofAnAgentThatRuns_isRefused() {
    apm("init");
    registry().join(Samples.WORKER, List.of());
    CommandRun run = apm("agents", "remove", "impl_001");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("is running").contains("pid=" + ProcessHandle.current().pid());
    assertThat(apm("agents", "remove", "nobody").exitCode()).isEqualTo(1);
  }

  @Test
  void directory_thatIsNone_isRefusedAndNotMade() {
    CommandRun run = apm("agents");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("'apm init' makes one");
    assertThat(folder.resolve("a")).doesNotExist();
  }

  private Registry registry() {
    return Registry.open(folder.resolve("a"), InstantSource.system());
  }

  private CommandRun apm(String... arguments) {
    return new Scene(folder.resolve("a")).apm(arguments);
  }
}
