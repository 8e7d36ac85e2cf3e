package dev.aeon.spoke.compile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.protoc.Protoc;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That generated code is used at once: with the runtime of this build. */
class GeneratedJavaTest {
  @TempDir Path folder;

  @Test
  void generatedJava_ofAModuleAndWhatItImports_compiles() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Protoc protoc = Protoc.open()) {
      CompileJob job =
          new CompileJob(
              new ModuleName("order"),
              Schemas.content(
                  Map.of(
                      "order.proto",
                      """
                      syntax = "proto3";
                      package order;
                      import "common/types.proto";
                      import "google/protobuf/timestamp.proto";
                      message Order { common.Id id = 1; google.protobuf.Timestamp at = 2; }
                      """)),
              List.of(Schemas.COMMON),
              Language.JAVA);
      for (var file : new SchemaCompiler(protoc).compile(job).entrySet()) {
        Path source = folder.resolve(file.getKey());
        Files.createDirectories(source.getParent());
        Files.writeString(source, new String(file.getValue(), UTF_8));
        sources.add(source);
      }
    }
    StringWriter messages = new StringWriter();
    assertThat(compile(sources, messages)).as(messages.toString()).isTrue();
    assertThat(folder.resolve("classes/order/OrderOuterClass$Order.class")).exists();
    assertThat(folder.resolve("classes/common/Types$Id.class")).exists();
  }

  private boolean compile(List<Path> sources, StringWriter messages) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> options =
        List.of(
            "-proc:none",
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString());
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, UTF_8)) {
      return javac
          .getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
  }
}
