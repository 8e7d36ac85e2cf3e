package dev.aeon.spoke.protoc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** This machine: which bundled files fit it, and what lies on its path. */
final class Platform {
  private static final String PLUGIN_PATH = "SPOKE_PLUGIN_PATH";

  private Platform() {}

  /** The folder of resources for this operating system and processor. */
  static String resourceFolder() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    return "META-INF/protoc/" + os + "-" + arch + "/";
  }

  /**
   * Writes a bundled file, whole or not at all.
   *
   * @throws IOException also where nothing is bundled under that name
   */
  static void extract(String resource, Path target) throws IOException {
    try (InputStream in = Platform.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("not bundled for this platform, resource=" + resource);
      }
      Files.createDirectories(target.getParent());
      Path prepared = Files.createTempFile(target.getParent(), target.getFileName() + "", ".tmp");
      Files.copy(in, prepared, StandardCopyOption.REPLACE_EXISTING);
      Files.move(prepared, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  static void makeExecutable(Path file) throws IOException {
    if (!file.toFile().setExecutable(true, true)) {
      throw new IOException("cannot make a program executable, path=" + file);
    }
  }

  /** A program in the folders of {@code $SPOKE_PLUGIN_PATH}, then of {@code $PATH}. */
  static Optional<Path> find(String program) {
    String path =
        System.getenv().getOrDefault(PLUGIN_PATH, "")
            + ":"
            + System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    return Arrays.stream(path.split(":", -1))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, program))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
