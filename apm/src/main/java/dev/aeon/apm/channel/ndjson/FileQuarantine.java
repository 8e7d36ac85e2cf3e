package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.schema.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps bad input in {@code dlq/{agentId}/malformed.ndjson}: one object per input with channel,
 * offset, byteSize, code, violations and rawBase64. Thread-safe.
 */
public final class FileQuarantine implements Quarantine {
  private static final Logger LOG = LoggerFactory.getLogger(FileQuarantine.class);

  private final Path directory;
  private final Path file;
  private final InstantSource clock;

  /**
   * For one agent.
   *
   * @param apmDirectory the directory in which {@code dlq} lies, made at first use
   */
  public FileQuarantine(Path apmDirectory, AgentId agentId, InstantSource clock) {
    this.directory = apmDirectory.resolve("dlq").resolve(agentId.value());
    this.file = directory.resolve("malformed.ndjson");
    this.clock = clock;
  }

  /** Writes {@code input} and forces it; where that fails, logs it in full. */
  @Override
  public synchronized void keep(BadInput input) {
    String entry = entry(input).toString();
    try {
      append(entry);
    } catch (IOException e) {
      LOG.error("cannot quarantine: path={} entry={}", file, entry, e);
    }
  }

  private JsonObject entry(BadInput input) {
    return JsonObject.builder()
        .put("failedAt", Timestamps.format(clock.instant()))
        .put("channel", input.source().channel())
        .put("offset", input.source().position())
        .put("byteSize", input.byteSize())
        .put("errorCode", input.violations().getFirst().code().name())
        .putStrings("violations", input.violations().stream().map(Violation::toString).toList())
        .put("rawBase64", Base64.getEncoder().encodeToString(input.raw()))
        .build();
  }

  private void append(String entry) throws IOException {
    Files.createDirectories(directory);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND,
            LinkOption.NOFOLLOW_LINKS)) {
      int _ = channel.write(ByteBuffer.wrap((entry + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.force(false);
    }
  }
}
