package dev.aeon.apm.channel.ndjson;

import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Quarantine;
import dev.aeon.apm.internal.files.AppendedFile;
import dev.aeon.apm.internal.files.Directories;
import dev.aeon.apm.internal.files.Storage;
import dev.aeon.apm.internal.files.StorageFailure;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Timestamps;
import dev.aeon.apm.schema.Violation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;

/**
 * Keeps bad input in {@code dlq/{agentId}/malformed.ndjson}: one object per input with channel,
 * offset, byteSize, code, violations and rawBase64. Half a line, as a full disk leaves it, stays a
 * line of its own. Thread-safe; several processes may have the same agent's.
 */
public final class FileQuarantine implements Quarantine {
  private static final String FILE = "malformed.ndjson";

  private final Storage storage;
  private final Path apmDirectory;
  private final AgentId agentId;
  private final InstantSource clock;

  /**
   * For one agent.
   *
   * @param apmDirectory the directory in which {@code dlq} lies, made at first use
   */
  public FileQuarantine(Path apmDirectory, AgentId agentId, InstantSource clock) {
    this.storage = Storage.chosen();
    this.apmDirectory = apmDirectory;
    this.agentId = agentId;
    this.clock = clock;
  }

  /** As specified; what it kept survives the machine. */
  @Override
  public synchronized void keep(BadInput input) {
    try {
      append(entry(input).toString());
    } catch (IOException e) {
      throw new ChannelException(
          StorageFailure.codeOf(e),
          "cannot quarantine: agentId=" + agentId + " source=" + input.source() + " cause=" + e,
          e);
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
    Path directory = Directories.make(storage, apmDirectory, "dlq", agentId.value());
    Path file = directory.resolve(FILE);
    if (Files.isSymbolicLink(file)) {
      throw new FileSystemException(file.toString(), null, "a symbolic link");
    }
    try (AppendedFile appended = storage.append(file)) {
      long byteSize = Files.size(file);
      String line = (endsLine(file, byteSize) ? "" : "\n") + entry + "\n";
      appended.write(line.getBytes(StandardCharsets.UTF_8));
      appended.force();
      if (byteSize == 0) {
        storage.forceDirectory(directory);
      }
    }
  }

  private static boolean endsLine(Path path, long byteSize) throws IOException {
    if (byteSize == 0) {
      return true;
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(byteSize - 1);
      return file.read() == '\n';
    }
  }
}
