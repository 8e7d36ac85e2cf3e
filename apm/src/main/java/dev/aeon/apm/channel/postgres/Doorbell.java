package dev.aeon.apm.channel.postgres;

import dev.aeon.apm.message.AgentId;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The name by which a receiver is woken. Names of notifications are short, so it is a checksum: two
 * agents that share one wake each other in vain.
 */
final class Doorbell {
  private Doorbell() {}

  static String of(AgentId receiver) {
    return "apm_%08x".formatted((int) key(receiver));
  }

  /** A number for the lock that one inbox of an agent holds. */
  static long key(AgentId receiver) {
    CRC32C low = new CRC32C();
    low.update(receiver.value().getBytes(StandardCharsets.UTF_8));
    CRC32C high = new CRC32C();
    high.update(("apm inbox " + receiver).getBytes(StandardCharsets.UTF_8));
    return high.getValue() << 32 | low.getValue();
  }
}
