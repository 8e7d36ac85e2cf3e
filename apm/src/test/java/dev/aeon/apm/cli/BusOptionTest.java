package dev.aeon.apm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.FieldRules;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where messages are, as a user types it. */
@Timeout(300)
class BusOptionTest {
  @TempDir Path folder;

  @Test
  void sockets_carryMessagesToAgentsAndKeepNone() {
    Scene scene = new Scene(folder);
    scene.apm("init", "-agent", "impl_001:Implementation");
    try (AgentBus _ =
        AgentBus.open(
            Samples.WORKER,
            Registry.open(folder, InstantSource.system()),
            SpChannels.ipc(folder),
            (_, _) -> {},
            BusOptions.defaults().withCustomType("CUSTOM_PING", FieldRules.object()))) {
      CommandRun run =
          scene.apm(
              "send",
              "-to",
              "impl_001",
              "-type",
              "CUSTOM_PING",
              "-payload",
              "{}",
              "-bus",
              "ipc://" + folder);
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
    for (String looking : new String[] {"tail", "stats", "fsck"}) {
      CommandRun run = scene.apm(looking, "-bus", "ipc://" + folder);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("messages over sockets alone are kept nowhere");
    }
  }

  @Test
  void address_ofNoKnownKind_isRefused() {
    CommandRun run = CommandRun.of("tail", "-bus", "amqp://127.0.0.1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("one begins with nats://, jdbc:postgresql: or ipc://: bus=amqp://127.0.0.1");
  }

  @Test
  void sockets_inNoDirectory_areRefused() {
    Scene scene = new Scene(folder);
    scene.apm("init", "-agent", "impl_001:Implementation");
    CommandRun run =
        scene.apm(
            "send",
            "-to",
            "impl_001",
            "-type",
            "CUSTOM_PING",
            "-payload",
            "{}",
            "-bus",
            "ipc://" + folder.resolve("none"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no directory of sockets");
  }
}
