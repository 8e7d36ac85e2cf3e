package dev.aeon.spoke.protoc;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The bundled {@code protoc}, extracted with the well-known types to a private folder that closing
 * removes. Thread-safe; a call blocks until the subprocess has ended, at most the time limit.
 */
public final class Protoc implements AutoCloseable {
  private static final int SIGNALLED = 128;
  private final Path folder;
  private final Path wellKnownTypes;
  private final PluginFolder plugins;
  private final CompilerPool pool;

  private Protoc(Path folder) throws IOException {
    this.folder = folder;
    Path executable = folder.resolve("protoc");
    this.wellKnownTypes = folder.resolve("include");
    this.plugins = new PluginFolder(folder.resolve("plugins"));
    this.pool = new CompilerPool(executable, folder);
    Platform.extract(Platform.resourceFolder() + "protoc", executable);
    Platform.makeExecutable(executable);
    WellKnownTypes.extract(wellKnownTypes);
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
   * @throws SpokeException {@code LIMIT_EXCEEDED} where it takes too long, {@code UNAVAILABLE}
   *     where this is closed meanwhile
   */
  public Result run(List<String> arguments, Limits limits) {
    try {
      CompilerProcess.Run run = pool.run(arguments, limits);
      refuseKilled(run.status(), run.messages());
      return new Result(run.status() == 0, run.messages());
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot run protoc: " + e.getMessage(), e);
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

  @Override
  public void close() {
    pool.close();
    Folders.delete(folder);
  }
}
