package dev.aeon.spoke.protoc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Schemas that every other may import: the compiler brings them with it. */
public final class WellKnownTypes {
  private static final String FOLDER = "google/protobuf/";

  /** In the jar of Protobuf's runtime. */
  private static final List<String> OF_THE_RUNTIME =
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

  /** Not in it, and so in ours. */
  private static final List<String> OWN = List.of("compiler/plugin", "cpp_features", "go_features");

  private static final String OWN_FOLDER = "META-INF/spoke/include/";

  private WellKnownTypes() {}

  /** Writes all of them where imports find them in a folder. */
  static void extract(Path folder) throws IOException {
    for (String name : OF_THE_RUNTIME) {
      Platform.extract(path(name), folder.resolve(path(name)));
    }
    for (String name : OWN) {
      Platform.extract(OWN_FOLDER + path(name), folder.resolve(path(name)));
    }
  }

  private static String path(String name) {
    return FOLDER + name + ".proto";
  }

  /**
   * The text of one of them.
   *
   * @param path such as {@code google/protobuf/any.proto}
   */
  public static Optional<byte[]> text(String path) throws IOException {
    boolean isOwn = OWN.stream().anyMatch(name -> path(name).equals(path));
    boolean isKnown = isOwn || OF_THE_RUNTIME.stream().anyMatch(name -> path(name).equals(path));
    if (!isKnown) {
      return Optional.empty();
    }
    ClassLoader loader = WellKnownTypes.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(isOwn ? OWN_FOLDER + path : path)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    }
  }
}
