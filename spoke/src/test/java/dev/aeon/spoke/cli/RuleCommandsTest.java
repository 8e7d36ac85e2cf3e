package dev.aeon.spoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.validate.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RuleCommandsTest {
  private static final String HEAD = "syntax = \"proto3\";\npackage shop.v1;\n";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void lint_ofGoodStyle_printsNothing() throws IOException {
    Sources.file("shop/v1/a.proto", HEAD + "message A {}").writeTo(folder);
    assertThat(run("lint", "-dir", folder.toString())).isZero();
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void lint_ofBadStyle_printsPlaceAndRule_inTheFormatAskedFor() throws IOException {
    Sources.file("shop/v1/a.proto", HEAD + "message a {}").writeTo(folder);
    String path = folder.resolve("shop/v1/a.proto").toString();
    assertThat(run("lint", "-dir", folder.toString())).isEqualTo(CheckOptions.FOUND);
    assertThat(run("lint", "--dir", folder.toString(), "-json")).isEqualTo(CheckOptions.FOUND);
    assertThat(run("lint", "-dir", folder.toString(), "-error-format", "github"))
        .isEqualTo(CheckOptions.FOUND);
    assertThat(out.toString().lines())
        .containsExactly(
            path
                + ":3:9: Message name \"a\" should be PascalCase, such as \"A\"."
                + " [MESSAGE_PASCAL_CASE]",
            "{\"path\":\""
                + path
                + "\",\"start_line\":3,\"start_column\":9,\"end_line\":3,\"end_column\":10,"
                + "\"type\":\"MESSAGE_PASCAL_CASE\","
                + "\"message\":\"Message name \\\"a\\\" should be PascalCase, such as \\\"A\\\".\"}",
            "::error file="
                + path
                + ",line=3,col=9,endLine=3,endColumn=10,title=MESSAGE_PASCAL_CASE"
                + "::Message name \"a\" should be PascalCase, such as \"A\".");
  }

  @Test
  void lint_followsTheConfigurationOfTheFolder() throws IOException {
    Sources.file("shop/v1/a.proto", HEAD + "message a {}").writeTo(folder);
    Files.writeString(
        folder.resolve("buf.yaml"), "version: v2\nlint: {except: [MESSAGE_PASCAL_CASE]}");
    assertThat(run("lint", "-dir", folder.toString())).isZero();
    assertThat(run("lint", "-dir", folder.toString(), "-use", "MESSAGE_PASCAL_CASE"))
        .isEqualTo(CheckOptions.FOUND);
  }

  @Test
  void breaking_comparesFolders() throws IOException {
    Path before = Files.createDirectory(folder.resolve("before"));
    Path now = Files.createDirectory(folder.resolve("now"));
    Sources.file("shop/v1/a.proto", HEAD + "message A { string b = 1; }").writeTo(before);
    Sources.file("shop/v1/a.proto", HEAD + "message A {}").writeTo(now);
    assertThat(run("breaking", "-dir", now.toString(), "-against", before.toString()))
        .isEqualTo(CheckOptions.FOUND);
    assertThat(out.toString()).contains("a.proto:3:1: ").contains("[FIELD_NO_DELETE]");
    assertThat(run("breaking", "-dir", before.toString(), "-against", now.toString())).isZero();
  }

  @Test
  void build_writesAnImage_thatTheRulesReadAsTheyReadItsSources() throws IOException {
    Sources.file("shop/v1/a.proto", HEAD + "message a {}").writeTo(folder);
    String image = folder.resolve("image.binpb").toString();
    assertThat(run("build", "-dir", folder.toString(), "-out", image)).isZero();
    assertThat(out.toString()).contains("files=1");
    assertThat(run("lint", "-image", image)).isEqualTo(CheckOptions.FOUND);
    assertThat(out.toString()).contains("shop/v1/a.proto:3:9: Message name \"a\"");
  }

  @Test
  void build_ofWhatDoesNotCompile_leavesNoFile() throws IOException {
    Sources.file("a.proto", "message {").writeTo(folder);
    Path image = folder.resolve("image.binpb");
    assertThat(run("build", "-dir", folder.toString(), "-out", image.toString()))
        .isEqualTo(Failures.REFUSED);
    assertThat(image).doesNotExist();
    assertThat(folder.resolve("image.binpb.part")).doesNotExist();
  }

  @Test
  void diff_tellsChanges_whatTheyBreak_andWhatToDo() throws IOException {
    Path before = Files.createDirectory(folder.resolve("before"));
    Path now = Files.createDirectory(folder.resolve("now"));
    Sources.file("shop/v1/a.proto", HEAD + "message A { string b = 1; }").writeTo(before);
    Sources.file("shop/v1/a.proto", HEAD + "message A { bytes b = 1; } message C {}").writeTo(now);
    assertThat(run("diff", "-dir", now.toString(), "-against", before.toString())).isZero();
    assertThat(out.toString())
        .contains("shop/v1/a.proto\n  ~ field shop.v1.A.b: string b = 1 → bytes b = 1\n")
        .contains("  + message shop.v1.C\n")
        .contains("Migration notes\n  shop/v1/a.proto:3: ")
        .contains("Add a field with a new number and the new type")
        .contains("added=1 removed=0 changed=1 breaking=1 next=major");
    assertThat(run("diff", "-json", "-dir", now.toString(), "-against", before.toString()))
        .isZero();
    assertThat(out.toString()).contains("\"bump\":\"major\"").contains("\"kind\":\"ADDED\"");
    assertThat(run("diff", "-dir", now.toString(), "-against", now.toString())).isZero();
    assertThat(out.toString()).endsWith("no changes\n");
  }

  @Test
  void format_asADiff_showsThePatchAndChangesNothing() throws IOException {
    String untidy = "syntax = \"proto3\";\nmessage  A {}\n";
    Path file = Files.writeString(folder.resolve("a.proto"), untidy);
    assertThat(run("format", "-diff", folder.toString())).isEqualTo(CheckOptions.FOUND);
    assertThat(out.toString().lines())
        .contains("--- a/" + file, "+++ b/" + file, "-message  A {}", "+message A {}");
    assertThat(file).hasContent(untidy);
  }

  @Test
  void format_namesFilesOutOfStyle_andRewritesThemWhereAsked() throws IOException {
    Sources.file("tidy.proto", "syntax = \"proto3\";\n")
        .and("untidy.proto", "syntax=\"proto3\";")
        .writeTo(folder);
    String untidy = folder.resolve("untidy.proto").toString();
    assertThat(run("format", folder.toString())).isEqualTo(CheckOptions.FOUND);
    assertThat(out.toString()).isEqualTo(untidy + "\n");
    assertThat(run("format", "-write", folder.toString())).isZero();
    assertThat(Path.of(untidy)).hasContent("syntax = \"proto3\";\n");
    assertThat(run("format", folder.toString())).isZero();
    assertThat(folder.toFile().list()).hasSize(2);
    Files.writeString(Path.of(untidy), "message {");
    assertThat(run("format", "-write", untidy)).isEqualTo(Failures.REFUSED);
    assertThat(Path.of(untidy)).hasContent("message {");
  }

  @Test
  void whatCannotBeJudged_isSaidInOneSentence() throws IOException {
    Path text = Files.writeString(folder.resolve("image.binpb"), "no image");
    Sources.file("a.proto", "syntax = \"proto3\"; message {").writeTo(folder.resolve("broken"));
    assertThat(run("lint", "-image", text.toString())).isEqualTo(Failures.REFUSED);
    assertThat(run("lint", "-dir", folder.resolve("none").toString())).isEqualTo(Failures.REFUSED);
    assertThat(run("lint", "-dir", folder.resolve("broken").toString()))
        .isEqualTo(Failures.REFUSED);
    assertThat(run("lint", "-use", "NO_SUCH_RULE", "-dir", folder.resolve("broken").toString()))
        .isEqualTo(Failures.REFUSED);
    assertThat(err.toString())
        .contains("the image is malformed")
        .contains("no such folder or image")
        .contains("a.proto:1:28")
        .doesNotContain("\tat ");
  }

  private int run(String... arguments) {
    CommandLine command = SpokeCommand.newCommandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
