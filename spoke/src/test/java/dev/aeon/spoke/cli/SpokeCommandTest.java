package dev.aeon.spoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.http.SpokeServer;
import dev.aeon.spoke.http.SpokeServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SpokeCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void pushPullAndCompile_withSingleDashOptions_doAsTheContractSays() throws IOException {
    write(
        "common/types.proto", "syntax = \"proto3\"; package common; message Id { string v = 1; }");
    write(
        "order/order.proto",
        "syntax = \"proto3\"; import \"common/types.proto\"; message Order { common.Id id = 1; }");
    try (SpokeServer server =
        SpokeServer.start(SpokeServerConfig.embedded(folder.resolve("storage")))) {
      String registry = server.uri().toString();
      assertThat(
              run(
                  "push",
                  "-module",
                  "common",
                  "-version",
                  "v1.0.0",
                  "-dir",
                  at("common"),
                  "-registry",
                  registry))
          .isZero();
      assertThat(
              run(
                  "push",
                  "-module",
                  "order",
                  "-version",
                  "v1.0.0",
                  "-dir",
                  at("order"),
                  "-registry",
                  registry))
          .isZero();
      assertThat(
              run(
                  "pull",
                  "-module",
                  "order",
                  "-version",
                  "v1.0.0",
                  "-dir",
                  at("pulled"),
                  "-recursive",
                  "-registry",
                  registry))
          .isZero();
    }
    assertThat(folder.resolve("pulled/order.proto")).exists();
    assertThat(folder.resolve("pulled/common/types.proto")).exists();
    assertThat(run("validate", "-dir", at("pulled"), "-recursive")).isZero();
    assertThat(run("compile", "-dir", at("pulled"), "-out", at("python"), "-lang", "python"))
        .isZero();
    assertThat(folder.resolve("python/order_pb2.py")).exists();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void validate_ofABrokenFile_printsFileLineAndColumnAndFails() throws IOException {
    write("bad/a.proto", "syntax = \"proto3\";\nmessage {");
    assertThat(run("validate", "-dir", at("bad"))).isEqualTo(1);
    assertThat(err.toString()).contains("a.proto:2:9").doesNotContain("\tat ");
  }

  @Test
  void push_ofALink_isRefusedAndStoresNothing() throws IOException {
    Path secret = write("elsewhere/secret.proto", "syntax = \"proto3\"; message Secret {}");
    write("module/a.proto", "syntax = \"proto3\"; message A {}");
    Files.createSymbolicLink(folder.resolve("module/b.proto"), secret);
    try (SpokeServer server =
        SpokeServer.start(SpokeServerConfig.embedded(folder.resolve("storage")))) {
      String registry = server.uri().toString();
      assertThat(push("m", "module", registry)).isEqualTo(1);
      assertThat(err.toString()).contains("symbolic link", "b.proto").doesNotContain("\tat ");
      assertThat(run("list", "-registry", registry)).isZero();
      assertThat(out.toString()).doesNotContain("v1.0.0");
    }
  }

  @Test
  void pull_overALink_isRefusedAndWritesNothingBehindIt() throws IOException {
    Path precious = write("elsewhere/precious.proto", "precious");
    write("module/a.proto", "syntax = \"proto3\"; message A {}");
    Files.createDirectories(folder.resolve("pulled/m"));
    Files.createSymbolicLink(folder.resolve("pulled/m/a.proto"), precious);
    Files.createSymbolicLink(folder.resolve("pulled/a.proto"), precious);
    try (SpokeServer server =
        SpokeServer.start(SpokeServerConfig.embedded(folder.resolve("storage")))) {
      String registry = server.uri().toString();
      assertThat(push("m", "module", registry)).isZero();
      assertThat(run("pull", "-module", "m", "-dir", at("pulled"), "-registry", registry))
          .isEqualTo(1);
      assertThat(err.toString()).contains("symbolic link");
      assertThat(precious).hasContent("precious");
    }
  }

  private int push(String module, String dir, String registry) {
    return run(
        "push", "-module", module, "-version", "v1.0.0", "-dir", at(dir), "-registry", registry);
  }

  @Test
  void anyCommand_thatCannotBeDone_saysSoInOneSentence() {
    assertThat(run("pull", "-module", "a", "-registry", "http://127.0.0.1:1")).isEqualTo(3);
    assertThat(run("validate", "-dir", at("nowhere"))).isEqualTo(1);
    assertThat(run("compile", "-lang", "cobol", "-out", at("x"))).isEqualTo(1);
    assertThat(run("push", "-module", "a")).isEqualTo(2);
    assertThat(err.toString())
        .contains("does not answer")
        .contains("no such folder")
        .contains("no such language")
        .contains("-version")
        .doesNotContain("\tat ");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    CommandLine command = SpokeCommand.newCommandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(all.toArray(String[]::new));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private Path write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
