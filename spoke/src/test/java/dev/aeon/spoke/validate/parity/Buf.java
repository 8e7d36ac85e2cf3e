package dev.aeon.spoke.validate.parity;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.image.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The peer, as npm has it; installed once below this module's build folder. */
final class Buf {
  private static final String PACKAGE = "@bufbuild/buf@1.75.0";
  private static final Path FOLDER =
      Path.of(System.getProperty("aeon.root"), "spoke", "target", "peer-buf");
  private static final int FOUND = 100;

  private Buf() {}

  static boolean canBeInstalled() {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "npm")));
  }

  /** What buf finds in a folder, in our order. */
  static List<Finding> findings(Path folder, String... arguments)
      throws IOException, InterruptedException {
    TreeSet<Finding> findings = new TreeSet<>();
    for (String line : run(folder, arguments).lines().toList()) {
      JsonNode node = JsonMapper.shared().readTree(line);
      String path = node.path("path").asString("");
      findings.add(
          new Finding(
              node.path("type").asString(), path, location(node), node.path("message").asString()));
    }
    return List.copyOf(findings);
  }

  /** A place at the start of a file stands for the file as a whole. */
  private static @Nullable Location location(JsonNode node) {
    Location location =
        new Location(
            node.path("start_line").asInt(),
            node.path("start_column").asInt(),
            node.path("end_line").asInt(),
            node.path("end_column").asInt());
    return location.equals(new Location(1, 1, 1, 1)) ? null : location;
  }

  private static String run(Path folder, String... arguments)
      throws IOException, InterruptedException {
    Path executable = FOLDER.resolve("node_modules/.bin/buf");
    if (!Files.exists(executable)) {
      Files.createDirectories(FOLDER);
      call(FOLDER, 0, List.of("npm", "install", "--prefix", FOLDER.toString(), PACKAGE));
    }
    List<String> command = new java.util.ArrayList<>(List.of(executable.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--error-format", "json"));
    return call(folder, FOUND, command);
  }

  private static String call(Path folder, int allowedExit, List<String> command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("spoke-peer", ".out");
    Path err = Files.createTempFile("spoke-peer", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean hasEnded = process.waitFor(5, TimeUnit.MINUTES);
      if (!hasEnded || (process.exitValue() != 0 && process.exitValue() != allowedExit)) {
        process.destroyForcibly();
        throw new IOException(command + " failed: " + Files.readString(err));
      }
      return Files.readString(out);
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
