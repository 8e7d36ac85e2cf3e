package dev.aeon.apm.task;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.OTHER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.Eventually;
import dev.aeon.apm.NoThreadLeft;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.ndjson.NdjsonChannels;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A directory for a manager of tasks and two agents, who know one another. */
@Timeout(300)
@ExtendWith(NoThreadLeft.class)
abstract class TaskFixture {
  @TempDir Path directory;

  Channels files() {
    return new NdjsonChannels(directory, _ -> {});
  }

  static Registry registry() {
    Registry registry = new Registry();
    registry.register(MANAGER);
    registry.register(WORKER);
    registry.register(OTHER);
    return registry;
  }

  static void assertFails(CompletableFuture<?> future, ErrorCode code) {
    assertThatThrownBy(() -> Eventually.get(future))
        .cause()
        .isInstanceOfSatisfying(TaskException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
