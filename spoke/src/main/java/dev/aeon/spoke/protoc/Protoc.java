package dev.aeon.spoke.protoc;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The bundled {@code protoc}, extracted with the well-known types to a private folder that closing
 * removes. Thread-safe; a call blocks until the subprocess has ended, at most the time limit.
 */
public final class Protoc implements AutoCloseable {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(60);
  private static final int MESSAGE_LIMIT = 1 << 20;
  private static final List<String> WELL_KNOWN =
      List.of(
          "any",
          "api",
          "descriptor",
          "duration",
          "empty",
          "field_mask",
          "java_features",
          "source_context",
          "struct",
          "timestamp",
          "type",
          "wrappers");

  private final Path folder;
  private final Path executable;
  private final Path wellKnownTypes;

  private Protoc(Path folder) throws IOException {
    this.folder = folder;
    this.executable = folder.resolve("protoc");
    this.wellKnownTypes = folder.resolve("include");
    extract(resourceOfPlatform(), executable);
    if (!executable.toFile().setExecutable(true, true)) {
      throw new IOException("cannot make protoc executable, path=" + executable);
    }
    for (String name : WELL_KNOWN) {
      String path = "google/protobuf/" + name + ".proto";
      extract(path, wellKnownTypes.resolve(path));
    }
  }

  /**
   * Extracts the compiler; the caller closes it.
   *
   * @throws SpokeException {@code INTERNAL} where there is none for this platform or the disk fails
   */
  public static Protoc open() {
    try {
      Path folder = Files.createTempDirectory("spoke-protoc");
      try {
        return new Protoc(folder);
      } catch (IOException e) {
        Folders.delete(folder);
        throw e;
      }
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot set up protoc: " + e.getMessage(), e);
    }
  }

  /** What a run said: whether it succeeded, and its messages. */
  public record Result(boolean succeeded, String messages) {}

  /**
   * Runs the compiler.
   *
   * @param includes folders that imports resolve against, in order; the well-known types follow
   * @param outputs options such as {@code --java_out=folder}
   * @param files paths relative to an include folder
   * @throws SpokeException {@code LIMIT_EXCEEDED} where it takes too long or says too much
   */
  public Result run(List<Path> includes, List<String> outputs, List<String> files) {
    try {
      Path arguments = Files.createTempFile(folder, "arguments", ".txt");
      Path messages = Files.createTempFile(folder, "messages", ".txt");
      try {
        Files.write(arguments, argumentLines(includes, outputs, files));
        return await(start(arguments, messages), messages);
      } finally {
        Files.deleteIfExists(arguments);
        Files.deleteIfExists(messages);
      }
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot run protoc: " + e.getMessage(), e);
    }
  }

  private List<String> argumentLines(
      List<Path> includes, List<String> outputs, List<String> files) {
    List<String> lines = new ArrayList<>();
    includes.forEach(include -> lines.add("--proto_path=" + include));
    lines.add("--proto_path=" + wellKnownTypes);
    lines.addAll(outputs);
    lines.addAll(files);
    return lines;
  }

  private Process start(Path arguments, Path messages) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(executable.toString(), "@" + arguments)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(messages.toFile());
    builder.environment().clear();
    return builder.start();
  }

  private static Result await(Process process, Path messages) throws IOException {
    try {
      if (!process.waitFor(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SpokeException(
            SpokeException.Code.LIMIT_EXCEEDED, "protoc took longer than limit=" + TIME_LIMIT);
      }
      return new Result(process.exitValue() == 0, readBounded(messages));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SpokeException(SpokeException.Code.INTERNAL, "interrupted while compiling", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String readBounded(Path messages) throws IOException {
    try (InputStream in = Files.newInputStream(messages)) {
      return new String(in.readNBytes(MESSAGE_LIMIT), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static String resourceOfPlatform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    return "META-INF/protoc/" + os + "-" + arch + "/protoc";
  }

  private static void extract(String resource, Path target) throws IOException {
    try (InputStream in = Protoc.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("not bundled for this platform, resource=" + resource);
      }
      Files.createDirectories(target.getParent());
      Files.copy(in, target);
    }
  }

  @Override
  public void close() {
    Folders.delete(folder);
  }
}
