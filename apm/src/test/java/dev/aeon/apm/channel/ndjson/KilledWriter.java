package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.ChildProcess;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.shared.SharedChannels;
import dev.aeon.apm.channel.sp.SpChannels;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A process that appends for ever and prints the id of each message once it is durable. */
public final class KilledWriter {
  /** Small, so that many kills meet a rotation. */
  static final long ROTATE_BYTE_SIZE = 128 * 1024;

  static final String WITH_RELAY = "relay";

  /** Through another process, where that has the channel. */
  static final String SHARED = "shared";

  private static final int IN_FLIGHT = 200;

  private KilledWriter() {}

  /** With a relay where the second argument says so. */
  static NdjsonChannels channels(String... arguments) {
    Path apmDirectory = Path.of(arguments[0]);
    NdjsonOptions options =
        NdjsonOptions.defaults()
            .withRotation(ROTATE_BYTE_SIZE, Duration.ofDays(1))
            .withRetention(Duration.ZERO);
    NdjsonChannels files = new NdjsonChannels(apmDirectory, _ -> {}, options);
    return arguments[1].equals(WITH_RELAY)
        ? files.withRelay(SpChannels.ipc(apmDirectory).asRelay())
        : files;
  }

  public static void main(String[] arguments) throws InterruptedException {
    Channels channels = channels(arguments);
    Channels used =
        arguments[1].equals(SHARED)
            ? new SharedChannels(channels, Path.of(arguments[0]))
            : channels;
    Channel channel = used.open(Samples.MANAGER.agentId(), Samples.WORKER.agentId());
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (int count = 0; true; count++) {
      room.acquire();
      Metadata padding = Metadata.builder().put("padding", "x".repeat(count % 1500)).build();
      Message message = Samples.message("t").toBuilder().metadata(padding).build();
      channel
          .append(Samples.routed(message))
          .thenRun(() -> {
            ChildProcess.print(message.messageId());
            room.release();
          })
          .exceptionally(failure -> {
            throw new AssertionError(failure);
          });
    }
  }
}
