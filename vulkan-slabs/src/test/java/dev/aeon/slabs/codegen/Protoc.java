package dev.aeon.slabs.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The Protobuf compiler as a process, over files of a folder. */
record Protoc(Path folder) {
  private static final Path EXECUTABLES =
      Path.of(System.getProperty("aeon.root"), "vulkan-slabs", "target", "protoc");

  /** The schema that tests use. */
  static Protoc withOrders(Path folder) throws IOException {
    Protoc protoc = new Protoc(folder);
    try (InputStream in = Protoc.class.getResourceAsStream("order.proto")) {
      Files.copy(in, folder.resolve("order.proto"));
    }
    protoc.addOptions();
    return protoc;
  }

  /** A schema of one message, with the fields that are given. */
  static Protoc withMessage(Path folder, String body) throws IOException {
    Protoc protoc = new Protoc(folder);
    Files.writeString(
        folder.resolve("order.proto"),
        "syntax = \"proto3\";\nimport \"aeon/slab.proto\";\n" + body + "\n");
    protoc.addOptions();
    return protoc;
  }

  private void addOptions() throws IOException {
    copy("aeon/slab.proto");
    copy("google/protobuf/descriptor.proto");
  }

  private void copy(String resource) throws IOException {
    Path file = folder.resolve(resource);
    Files.createDirectories(file.getParent());
    try (InputStream in = RecordGenerator.class.getResourceAsStream("/" + resource)) {
      Files.copy(in, file);
    }
  }

  /** The descriptors with those of all imports. */
  byte[] descriptors() throws Exception {
    Path set = folder.resolve("set.binpb");
    String said = run("--include_imports", "-o", set.toString());
    assertThat(set).as(said).exists();
    return Files.readAllBytes(set);
  }

  /** Has our generator write to a folder, as protoc's plugin. */
  String generate(Path out) throws Exception {
    Path plugin = folder.resolve("plugin.sh");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Files.writeString(
        plugin,
        "#!/bin/sh\nexec '%s' -cp '%s' %s\n"
            .formatted(java, classPath, RecordGeneratorMain.class.getName()));
    Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwxr-xr-x"));
    return run("--plugin=protoc-gen-aeon-slab=" + plugin, "--aeon-slab_out=" + out);
  }

  /** The repository hands executables out without their right to run. */
  private static String executable() throws IOException {
    String processor = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
    Path protoc = EXECUTABLES.resolve("linux-" + processor).resolve("protoc");
    Files.setPosixFilePermissions(protoc, PosixFilePermissions.fromString("rwxr-xr-x"));
    return protoc.toString();
  }

  /** What the compiler said, empty where it was content. */
  private String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(executable(), "-I" + folder));
    command.addAll(List.of(arguments));
    command.add("order.proto");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }
}
