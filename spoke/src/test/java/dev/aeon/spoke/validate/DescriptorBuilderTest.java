package dev.aeon.spoke.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.protoc.Protoc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorBuilderTest {
  /** So many that they are compiled in parts wherever there is more than one processor. */
  private static final int FILES = 900;

  @TempDir Path folder;

  @Test
  void manyFiles_compileToTheBytesOfOneRunOfTheCompiler() throws IOException {
    List<String> files = writeChain();
    try (Protoc protoc = Protoc.open()) {
      assertThat(build(protoc, files, path -> true)).isEqualTo(oneRun(protoc, files));
    }
  }

  @Test
  void unwantedFiles_areLeftOut() throws IOException {
    List<String> files = writeChain().subList(0, 2);
    try (Protoc protoc = Protoc.open()) {
      byte[] set = build(protoc, files, files::contains);
      assertThat(FileDescriptorSet.parseFrom(set).getFileList())
          .extracting(FileDescriptorProto::getName)
          .containsExactly("f000.proto", "f001.proto");
    }
  }

  @Test
  void brokenFiles_areToldAllAtOnce() throws IOException {
    List<String> files = writeChain();
    Files.writeString(folder.resolve("f000.proto"), "message {");
    Files.writeString(folder.resolve("f899.proto"), "message {");
    try (Protoc protoc = Protoc.open()) {
      assertThatThrownBy(() -> build(protoc, files, path -> true))
          .isInstanceOfSatisfying(
              SpokeException.class,
              e ->
                  assertThat(e.violations())
                      .extracting(violation -> violation.file())
                      .contains("f000.proto", "f899.proto"));
    }
  }

  /** Each file imports the one before it, and a well-known type. */
  private List<String> writeChain() throws IOException {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      String name = "f%03d.proto".formatted(i);
      String before = i % 100 == 0 ? "" : "import \"f%03d.proto\";".formatted(i - 1);
      String field = i % 100 == 0 ? "" : "M%d before = 2;".formatted(i - 1);
      Files.writeString(
          folder.resolve(name),
          """
          syntax = "proto3";
          import "google/protobuf/timestamp.proto";
          %s
          // Number %d.
          message M%d { google.protobuf.Timestamp at = 1; %s }
          """
              .formatted(before, i, i, field));
      files.add(name);
    }
    return files;
  }

  private byte[] build(Protoc protoc, List<String> files, Predicate<String> isWanted)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new DescriptorBuilder(protoc, true, isWanted).build(List.of(folder), files, out);
    return out.toByteArray();
  }

  private byte[] oneRun(Protoc protoc, List<String> files) throws IOException {
    Path set = folder.resolve("one.binpb");
    List<String> outputs =
        List.of("--descriptor_set_out=" + set, "--include_imports", "--include_source_info");
    assertThat(protoc.run(List.of(folder), outputs, files).succeeded()).isTrue();
    return Files.readAllBytes(set);
  }
}
