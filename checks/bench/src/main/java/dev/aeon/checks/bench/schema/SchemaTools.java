package dev.aeon.checks.bench.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The commands that are compared, and the files that they work on: two releases of Google's
 * published interfaces.
 *
 * @param spoke our command, of the distribution
 * @param wellKnownTypes where protoc finds what every schema may import
 * @param now the newer release's sources
 * @param before the older one's
 */
public record SchemaTools(
    Path spoke, Path protoc, Path buf, Path wellKnownTypes, Path now, Path before) {
  private static final String BUF = "@bufbuild/buf@1.75.0";
  private static final String CORPUS = "google-proto-files";
  private static final String NOW = "5.0.3";
  private static final String BEFORE = "5.0.0";

  /** Compilers bring these with them; this package has older ones. */
  private static final String WELL_KNOWN = "google/protobuf/";

  /**
   * Finds what is built and fetches the rest from npm, once.
   *
   * @throws IOException where the distribution is not built or npm fails
   */
  public static SchemaTools install(Path folder) throws IOException, InterruptedException {
    Path spoke = Path.of("target/dist/bin/spoke").toAbsolutePath();
    Path protoc =
        Path.of("spoke/target/classes/META-INF/protoc/" + platform() + "/protoc").toAbsolutePath();
    for (Path each : List.of(spoke, protoc)) {
      if (!Files.exists(each)) {
        throw new IOException("not built, file=" + each);
      }
    }
    protoc.toFile().setExecutable(true);
    Path buf = npm(folder.resolve("buf"), BUF).resolve("node_modules/.bin/buf");
    Path now = sources(folder, NOW);
    return new SchemaTools(spoke, protoc, buf, corpus(folder, NOW), now, sources(folder, BEFORE));
  }

  private static String platform() {
    String machine = System.getProperty("os.arch");
    return "linux-" + (machine.equals("amd64") ? "x86_64" : "aarch_64");
  }

  private static Path npm(Path folder, String coordinate) throws IOException, InterruptedException {
    Path absolute = folder.toAbsolutePath();
    if (!Files.exists(absolute.resolve("node_modules"))) {
      Files.createDirectories(absolute);
      Path log = absolute.resolve("npm.log");
      Process process =
          new ProcessBuilder("npm", "install", "--ignore-scripts", "--prefix", ".", coordinate)
              .directory(absolute.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (process.waitFor() != 0) {
        throw new IOException("npm failed: " + Files.readString(log));
      }
    }
    return absolute;
  }

  /** The schemas of a release alone, in a folder of their own. */
  private static Path sources(Path folder, String version)
      throws IOException, InterruptedException {
    Path target = folder.resolve("schemas-" + version).toAbsolutePath();
    if (!Files.exists(target.resolve("buf.yaml"))) {
      copy(corpus(folder, version), target);
      Files.writeString(target.resolve("buf.yaml"), "version: v2\n");
    }
    return target;
  }

  private static Path corpus(Path folder, String version) throws IOException, InterruptedException {
    Path npm = npm(folder.resolve("corpus-" + version), CORPUS + "@" + version);
    return npm.resolve("node_modules").resolve(CORPUS);
  }

  private static void copy(Path from, Path to) throws IOException {
    for (String path : protos(from)) {
      if (!path.startsWith(WELL_KNOWN)) {
        Path target = to.resolve(path);
        Files.createDirectories(target.getParent());
        Files.write(target, Files.readAllBytes(from.resolve(path)));
      }
    }
  }

  /** The schemas in a folder, in order, by their path. */
  static List<String> protos(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".proto"))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
