package dev.aeon.spoke.access;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who asked for which change and what became of it: a line of JSON each, refused ones too.
 * Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final FileChannel channel;
  private final InstantSource clock;

  private record Line(
      String at, String caller, String address, String method, String path, int status) {}

  private AuditLog(FileChannel channel, InstantSource clock) {
    this.channel = channel;
    this.clock = clock;
  }

  /**
   * Opens, and where need be creates, a log that is appended to; the caller closes it.
   *
   * @throws SpokeException {@code INTERNAL} where it cannot be opened
   */
  public static AuditLog open(Path file, InstantSource clock) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new AuditLog(
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), clock);
    } catch (IOException e) {
      throw failure("cannot open the audit log, file=" + file, e);
    }
  }

  /** Writes what became of a request. */
  public void write(String caller, String address, String method, String path, int status) {
    Line line = new Line(clock.instant().toString(), caller, address, method, path, status);
    byte[] bytes = (MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      synchronized (channel) {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    } catch (IOException e) {
      throw failure("cannot write the audit log", e);
    }
  }

  private static SpokeException failure(String what, IOException e) {
    return new SpokeException(SpokeException.Code.INTERNAL, what + ", cause=" + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure("cannot close the audit log", e);
    }
  }
}
