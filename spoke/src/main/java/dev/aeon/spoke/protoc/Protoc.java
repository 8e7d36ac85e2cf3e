package dev.aeon.spoke.protoc;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The bundled {@code protoc}, extracted with the well-known types to a private folder that closing
 * removes. Thread-safe; a call blocks until the subprocess has ended, at most the time limit.
 */
public final class Protoc implements AutoCloseable {
  private static final int SIGNALLED = 128;
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
  private final PluginFolder plugins;

  private Protoc(Path folder) throws IOException {
    this.folder = folder;
    this.executable = folder.resolve("protoc");
    this.wellKnownTypes = folder.resolve("include");
    this.plugins = new PluginFolder(folder.resolve("plugins"));
    Platform.extract(Platform.resourceFolder() + "protoc", executable);
    Platform.makeExecutable(executable);
    for (String name : WELL_KNOWN) {
      String path = "google/protobuf/" + name + ".proto";
      Platform.extract(path, wellKnownTypes.resolve(path));
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
   * The program to name in {@code --plugin} for a plugin.
   *
   * @throws SpokeException {@code UNAVAILABLE} where it is neither shipped nor installed
   */
  public Path plugin(Plugin plugin) {
    return plugins.program(plugin);
  }

  /**
   * Runs the compiler on files, with the limits of parsing.
   *
   * @param includes folders that imports resolve against, in order; the well-known types follow
   * @param outputs options such as {@code --java_out=folder}
   * @param files paths relative to an include folder
   * @throws SpokeException {@code LIMIT_EXCEEDED} where it takes too long or says too much
   */
  public Result run(List<Path> includes, List<String> outputs, List<String> files) {
    List<String> lines = new ArrayList<>();
    includes.forEach(include -> lines.add("--proto_path=" + include));
    lines.add("--proto_path=" + wellKnownTypes);
    lines.addAll(outputs);
    lines.addAll(files);
    return run(lines, Limits.PARSE.forFiles(files.size()));
  }

  /**
   * Runs the compiler.
   *
   * @param arguments its command line
   * @throws SpokeException {@code LIMIT_EXCEEDED} where it takes too long
   */
  public Result run(List<String> arguments, Limits limits) {
    try {
      Path scratch = Folders.create("spoke-run", 0);
      try {
        Path argumentFile = Files.write(scratch.resolve("arguments"), arguments);
        Path messages = Files.createFile(scratch.resolve("messages"));
        return await(start(argumentFile, messages, limits), messages, limits);
      } finally {
        Folders.delete(scratch);
      }
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot run protoc: " + e.getMessage(), e);
    }
  }

  private Process start(Path arguments, Path messages, Limits limits) throws IOException {
    String script = limits.shellWords() + "; exec \"$0\" \"$1\"";
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", script, executable.toString(), "@" + arguments)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(messages.toFile());
    builder.environment().clear();
    return builder.start();
  }

  private static Result await(Process process, Path messages, Limits limits) throws IOException {
    try {
      if (!process.waitFor(limits.time().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SpokeException(
            SpokeException.Code.LIMIT_EXCEEDED, "protoc took longer than limit=" + limits.time());
      }
      String text = readBounded(messages);
      refuseKilled(process.exitValue(), text);
      return new Result(process.exitValue() == 0, text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SpokeException(SpokeException.Code.INTERNAL, "interrupted while compiling", e);
    } finally {
      if (process.isAlive()) {
        // A plugin must not outlive the compiler that started it.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  /** The system ends by a signal what goes beyond its memory, its files or its time. */
  private static void refuseKilled(int exitValue, String messages) {
    if (exitValue > SIGNALLED || messages.contains(": Plugin killed by signal ")) {
      throw new SpokeException(
          SpokeException.Code.LIMIT_EXCEEDED,
          "protoc or its plugin went beyond its limits and was ended, exit=" + exitValue);
    }
  }

  private static String readBounded(Path messages) throws IOException {
    try (InputStream in = Files.newInputStream(messages)) {
      return new String(in.readNBytes(MESSAGE_LIMIT), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    Folders.delete(folder);
  }
}
