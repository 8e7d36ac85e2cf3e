package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.message.Metadata;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** A process that appends for ever and prints the id of each message once it is durable. */
public final class KilledWriter {
  private static final int IN_FLIGHT = 200;

  private KilledWriter() {}

  public static void main(String[] arguments) throws InterruptedException {
    NdjsonChannels channels = new NdjsonChannels(Path.of(arguments[0]), _ -> {});
    Channel channel = channels.open(Samples.MANAGER.agentId(), Samples.WORKER.agentId());
    Metadata padding = Metadata.builder().put("padding", "x".repeat(3000)).build();
    Semaphore room = new Semaphore(IN_FLIGHT);
    while (true) {
      room.acquire();
      Message message = Samples.message("t").toBuilder().metadata(padding).build();
      channel
          .append(Samples.routed(message))
          .thenRun(() -> {
            System.out.println(message.messageId());
            room.release();
          })
          .exceptionally(failure -> {
            throw new AssertionError(failure);
          });
    }
  }
}
