package dev.aeon.apm.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.BusOptions;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.ndjson.FileQuarantine;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.ExecutionType;
import dev.aeon.apm.message.TaskAssignment;
import dev.aeon.apm.message.TaskUpdate;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.UnknownReceivers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program of the page on tasks, line by line. */
@Timeout(300)
class TaskExampleTest {
  @TempDir Path apm;

  @Test
  void example_assignedBeforeItsAgentIsThere_isDone() {
    AgentIdentity boss = AgentIdentity.of("manager_001", AgentType.MANAGER);
    AgentIdentity builder = AgentIdentity.of("impl_001", AgentType.IMPLEMENTATION);
    Registry registry = Registry.open(apm, InstantSource.system());
    Channels channels =
        new NdjsonChannels(apm, new FileQuarantine(apm, boss.agentId(), InstantSource.system()));
    BusOptions options =
        BusOptions.defaults().withDirectory(apm).withUnknownReceivers(UnknownReceivers.PARK);

    TaskAssignment build =
        TaskAssignment.builder()
            .taskId("build")
            .taskRef("Build")
            .taskDescription("compile and pack")
            .memoryLogPath("build.md")
            .executionType(ExecutionType.SINGLE_STEP)
            .build();
    try (TaskManager manager =
        TaskManager.open(boss, registry, channels, TaskListener.NONE, options)) {
      CompletableFuture<TaskUpdate> built = manager.assign(builder, build);
      try (TaskAgent _ =
          TaskAgent.open(
              builder, registry, channels, task -> task.addOutput("target/app.jar"), options)) {
        assertThat(built.join().filesModified()).containsExactly("target/app.jar");
      }
    }
  }
}
