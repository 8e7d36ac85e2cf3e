package dev.aeon.spoke.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.compiler.PluginProtos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WellKnownTypesTest {
  @TempDir Path folder;

  @Test
  void plugin_compiled_isWhatTheRuntimeKnowsOfIt() throws IOException {
    FileDescriptorProto known = PluginProtos.getDescriptor().toProto();
    assertThat(compiled("google/protobuf/compiler/plugin.proto").toBuilder().clearSyntax().build())
        .isEqualTo(known.toBuilder().clearSyntax().build());
  }

  @Test
  void features_ofSingleLanguages_compile() throws IOException {
    for (String language : List.of("cpp", "go", "java")) {
      String path = "google/protobuf/" + language + "_features.proto";
      assertThat(compiled(path).getExtension(0).getName()).isEqualTo(language);
      assertThat(WellKnownTypes.text(path)).isPresent();
    }
  }

  @Test
  void text_ofAnotherPath_isNone() throws IOException {
    assertThat(WellKnownTypes.text("google/protobuf/other.proto")).isEmpty();
    assertThat(WellKnownTypes.text("META-INF/MANIFEST.MF")).isEmpty();
  }

  private FileDescriptorProto compiled(String path) throws IOException {
    Path set = folder.resolve("set.binpb");
    try (Protoc protoc = Protoc.open()) {
      Protoc.Result result =
          protoc.run(List.of(), List.of("--descriptor_set_out=" + set), List.of(path));
      assertThat(result.succeeded()).as(result.messages()).isTrue();
    }
    return FileDescriptorSet.parseFrom(Files.readAllBytes(set)).getFile(0);
  }
}
