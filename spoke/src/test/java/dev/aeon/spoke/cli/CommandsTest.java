package dev.aeon.spoke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.access.Grant;
import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.access.TokenFile;
import dev.aeon.spoke.http.SpokeServer;
import dev.aeon.spoke.http.SpokeServerConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every command as a user types it, against a registry of this machine. */
class CommandsTest {
  private static final String COMMON =
      """
      syntax = "proto3";
      package common;
      // Tells things apart.
      message Id {
        // Letters and digits.
        string value = 1;
        map<string, Id> others = 2;
      }
      """;
  private static final String ORDER =
      """
      syntax = "proto3";
      package order;
      import "common/types.proto";
      enum State { STATE_UNSPECIFIED = 0; }
      message Order { common.Id id = 1; State state = 2; oneof who { string name = 3; } }
      service Orders { rpc Watch(common.Id) returns (stream Order); }
      """;

  @TempDir Path folder;
  private SpokeServer server;
  private String home = "";
  private String directory = "";
  private InputStream input = System.in;

  @BeforeEach
  void start() {
    home = System.getProperty("user.home");
    directory = System.getProperty("user.dir");
    input = System.in;
    System.setProperty("user.home", folder.resolve("home").toString());
    server = SpokeServer.start(SpokeServerConfig.embedded(folder.resolve("storage")));
  }

  @AfterEach
  void stop() {
    server.close();
    System.setProperty("user.home", home);
    System.setProperty("user.dir", directory);
    System.setIn(input);
  }

  @Test
  void batchPush_ofFoldersNamedAfterVersions_publishesWhatIsImportedFirst() throws IOException {
    write("schemas/a-order/v1.0.0/order.proto", ORDER);
    write("schemas/common/v1.0.0/types.proto", COMMON);
    write("schemas/common/v1.1.0/types.proto", COMMON + "message More {}");
    CommandRun run = spoke("batch-push", "-dir", at("schemas"), "-recursive");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .extracting(line -> line.split(" ", 3)[1])
        .containsExactly("common@v1.0.0", "common@v1.1.0", "a-order@v1.0.0");
    assertThat(run.out()).contains("dependencies=[common@v1.1.0]");
  }

  @Test
  void batchPush_withReleasesInProjectFiles_takesThem() throws IOException {
    write("schemas/common/types.proto", COMMON);
    write("schemas/common/spoke.yaml", "release: v3.2.1\n");
    assertThat(spoke("batch-push", "-dir", at("schemas")).out()).contains("common@v3.2.1");
  }

  @Test
  void batchPush_ofAModuleWithoutAVersion_saysWhereToPutOne() throws IOException {
    write("schemas/common/types.proto", COMMON);
    CommandRun run = spoke("batch-push", "-dir", at("schemas"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no version").contains("module=common");
  }

  @Test
  void list_asJson_isOneObject() throws IOException {
    pushBoth();
    assertThat(json(spoke("list", "-json")).path("modules").toString())
        .isEqualTo("[\"common\",\"order\"]");
    assertThat(json(spoke("list", "-module", "order", "-json")).path("latest").asString())
        .isEqualTo("v1.0.0");
  }

  @Test
  void pull_asJson_namesWhatItWrote() throws IOException {
    pushBoth();
    JsonNode answer =
        json(spoke("pull", "-module", "order", "-dir", at("p"), "--recursive", "--json"));
    assertThat(answer.path("pulled").findValuesAsString("module"))
        .containsExactly("order", "common");
    assertThat(folder.resolve("p/common/types.proto")).hasContent(COMMON.strip());
  }

  @Test
  void failure_asJson_hasCodeAndPlaces() throws IOException {
    write("bad/a.proto", "syntax = \"proto3\";\nmessage {");
    CommandRun run = CommandRun.of("validate", "-dir", at("bad"), "-json");
    assertThat(run.exitCode()).isEqualTo(1);
    JsonNode error = json(run).path("error");
    assertThat(error.path("code").asString()).isEqualTo("INVALID_SCHEMA");
    assertThat(error.path("violations").path(0).path("line").asInt()).isEqualTo(2);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void export_ofAPackage_writesOneFile() throws IOException {
    pushBoth();
    Path zip = folder.resolve("order.zip");
    CommandRun run =
        spoke("export", "-module", "order", "-lang", "python", "-format", "zip", "-out", "" + zip);
    assertThat(run.exitCode()).as(run.err()).isZero();
    try (java.util.zip.ZipFile file = new java.util.zip.ZipFile(zip.toFile())) {
      assertThat(file.getEntry("pyproject.toml")).isNotNull();
      assertThat(file.getEntry("order_pb2_grpc.py")).isNotNull();
    }
  }

  @Test
  void export_withoutALanguage_writesDescriptors() throws IOException {
    pushBoth();
    Path image = folder.resolve("order.binpb");
    assertThat(spoke("export", "-module", "order", "-out", "" + image).exitCode()).isZero();
    assertThat(
            com.google.protobuf.DescriptorProtos.FileDescriptorSet.parseFrom(
                    Files.readAllBytes(image))
                .getFileList())
        .extracting(file -> file.getName())
        .contains("common/types.proto", "order.proto");
  }

  @Test
  void diff_ofTwoVersions_asksTheRegistryForBoth() throws IOException {
    pushBoth();
    write("next/types.proto", COMMON.replace("string value", "bytes value") + "message More {}");
    assertThat(
            spoke("push", "-module", "common", "-version", "v2.0.0", "-dir", at("next")).exitCode())
        .isZero();
    CommandRun run = spoke("diff", "-module", "common", "-against", "v1.0.0");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("+ message common.More", "string value = 1 → bytes value = 1", "next=major");
    assertThat(spoke("diff", "-module", "common", "-version", "v1.0.0", "-against", "v1.0.0").out())
        .contains("no changes");
    assertThat(spoke("diff", "-module", "common", "-against", "v9.0.0").err()).contains("v9.0.0");
  }

  @Test
  void docs_ofAVersion_areAPageWithCommentsAndLinks() throws IOException {
    pushBoth();
    assertThat(spoke("docs", "-module", "common").out())
        .contains("# common v1.0.0")
        .contains("Tells things apart.")
        .contains("| value | 1 | string | Letters and digits. |")
        .contains("map<string, [common.Id](#common.Id)>");
    assertThat(spoke("docs", "-module", "order").out())
        .contains("| Watch | [common.Id](#common.Id) | stream [order.Order](#order.Order) |")
        .contains("| name | 3 | string (oneof who) |")
        .contains("STATE_UNSPECIFIED")
        .doesNotContain("Tells things apart.");
  }

  @Test
  void docs_ofAFolder_needNoRegistry() throws IOException {
    write("proto/types.proto", COMMON);
    Path page = folder.resolve("page.md");
    assertThat(CommandRun.of("docs", "-dir", at("proto"), "-out", "" + page).exitCode()).isZero();
    assertThat(page).content().contains("### <a id=\"common.Id\"></a>message common.Id");
  }

  @Test
  void compile_asAPackage_writesTheManifest() throws IOException {
    write("proto/types.proto", COMMON);
    CommandRun run =
        CommandRun.of(
            "compile", "-lang", "go", "-dir", at("proto"), "-out", at("events"), "-package");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(folder.resolve("events/go.mod")).content().contains("spoke.generated/events");
  }

  @Test
  void config_isKeptForTheUserAndDecidesTheRegistry() {
    assertThat(CommandRun.of("config", "registry", server.uri().toString()).exitCode()).isZero();
    assertThat(CommandRun.of("config").out()).contains("registry=" + server.uri());
    assertThat(CommandRun.of("list").exitCode()).isZero();
    assertThat(CommandRun.of("config", "registry", "").out()).doesNotContain("registry=");
    assertThat(CommandRun.of("config", "colour").err()).contains("known=registry");
  }

  @Test
  void login_keepsATokenThatItsOwnerAloneCanRead() throws IOException {
    server.close();
    String token =
        new TokenFile(folder.resolve("storage/.spoke/tokens.json"))
            .create("ci", List.of(Grant.ofAll(Role.PUSH)), Instant.now(), null);
    server = SpokeServer.start(SpokeServerConfig.embedded(folder.resolve("storage")));
    System.setIn(new ByteArrayInputStream((token + "\n").getBytes(StandardCharsets.UTF_8)));
    CommandRun run = spoke("login");
    assertThat(run.exitCode()).as(run.err()).isZero();
    Path file = folder.resolve("home/.config/spoke/config.json");
    assertThat(file).content().contains(token);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(spoke("logout").exitCode()).isZero();
    assertThat(file).content().doesNotContain(token);
  }

  @Test
  void login_withATokenThatTheRegistryDoesNotKnow_keepsNothing() {
    CommandRun run = spoke("login", "-token", "spoke_made_up");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(folder.resolve("home/.config/spoke/config.json")).doesNotExist();
  }

  @Test
  void compile_forALanguageWithoutStubs_saysSoWhereThereAreServices() throws IOException {
    write(
        "calls/calls.proto",
        "syntax = \"proto3\"; message A {}\nservice S { rpc Do(A) returns (A); }");
    CommandRun run =
        CommandRun.of("compile", "-lang", "rust", "-dir", at("calls"), "-out", at("rs"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("no gRPC stubs", "language=rust");
    assertThat(Path.of(at("rs"), "calls.u.pb.rs")).isNotEmptyFile();
    write("plain/plain.proto", "syntax = \"proto3\"; message A {}");
    CommandRun plain =
        CommandRun.of("compile", "-lang", "rust", "-dir", at("plain"), "-out", at("rs"));
    assertThat(plain.err()).isEmpty();
  }

  @Test
  void sprocket_onceOverTheStore_compilesAndTheRegistryTellsSo() throws IOException {
    pushBoth();
    CommandRun run =
        CommandRun.of("sprocket", "-storage-dir", at("storage"), "-once", "-lang", "java,ruby");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("compiled common@v1.0.0 java", "compiled order@v1.0.0 ruby");
    assertThat(folder.resolve("storage/order/versions/v1.0.0/ruby/order_pb.rb")).exists();
    JsonNode status = json(spoke("sprocket", "status", "-json"));
    assertThat(status.path("compiled").asInt()).isEqualTo(4);
    assertThat(status.path("open").asInt()).isZero();
    assertThat(spoke("sprocket", "status").out())
        .contains("versions=2 languages=[java, ruby] compiled=4 open=0");
  }

  @Test
  void project_pullsWhatItLocked_andNothingElseUntilItLocksAgain() throws IOException {
    pushBoth();
    write("project/spoke.yaml", "registry: " + server.uri() + "\ndependencies:\n  order: ^1.0.0\n");
    System.setProperty("user.dir", at("project"));
    assertThat(CommandRun.of("pull", "-frozen").err()).contains("run 'spoke lock'");
    assertThat(CommandRun.of("lock").out()).contains("common@v1.0.0", "order@v1.0.0");
    assertThat(folder.resolve("project/spoke.lock"))
        .content()
        .contains("\"order\" : \"v1.0.0\"", "sha256:");
    write("order/order.proto", ORDER + "message Later {}");
    spoke("push", "-module", "order", "-version", "v1.1.0", "-dir", at("order"));
    assertThat(CommandRun.of("pull", "-frozen", "-dir", at("p")).out()).contains("order@v1.0.0");
    assertThat(folder.resolve("p/order/order.proto")).hasContent(ORDER.strip());
    assertThat(CommandRun.of("lock", "-frozen").exitCode()).isEqualTo(1);
    assertThat(CommandRun.of("lock").out()).contains("order@v1.1.0");
    assertThat(CommandRun.of("pull", "-frozen", "-dir", at("p")).out()).contains("order@v1.1.0");
    assertThat(CommandRun.of("deps").out()).isEqualTo("order@v1.1.0\n  common@v1.0.0\n");
  }

  @Test
  void pull_ofOtherContentThanWasLocked_isRefused() throws IOException {
    pushBoth();
    write("project/spoke.yaml", "registry: " + server.uri() + "\ndependencies:\n  common: '*'\n");
    write(
        "project/spoke.lock",
        "{\"dependencies\": {\"common\": \"v1.0.0\"}, \"digests\": {\"common\": \"sha256:00\"}}");
    System.setProperty("user.dir", at("project"));
    CommandRun run = CommandRun.of("pull", "-dir", at("p"));
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("locked=sha256:00");
    assertThat(folder.resolve("p")).doesNotExist();
  }

  @Test
  void deps_ofAVersion_areATreeAGraphOrAnObject() throws IOException {
    pushBoth();
    assertThat(spoke("deps", "-module", "order").out())
        .isEqualTo("order@v1.0.0\n  common@v1.0.0\n");
    assertThat(spoke("deps", "-module", "order", "-format", "dot").out())
        .startsWith("digraph")
        .contains("\"order@v1.0.0\" -> \"common@v1.0.0\";");
    assertThat(json(spoke("deps", "-module", "order", "-json")).path("order@v1.0.0").toString())
        .isEqualTo("[\"common@v1.0.0\"]");
  }

  @Test
  void deps_theOtherWayRound_areWhatAChangeTouches() throws IOException {
    pushBoth();
    assertThat(spoke("deps", "-module", "common", "-reverse").out())
        .isEqualTo("common@v1.0.0\n  order@v1.0.0\n");
    assertThat(spoke("deps", "-module", "common", "-reverse", "-format", "dot").out())
        .contains("\"order@v1.0.0\" -> \"common@v1.0.0\";");
    assertThat(spoke("deps", "-module", "common", "-impact").out()).isEqualTo("order@v1.0.0\n");
    assertThat(spoke("deps", "-impact").exitCode()).isEqualTo(1);
    assertThat(spoke("deps", "-module", "common", "-impact", "-reverse").exitCode()).isEqualTo(2);
  }

  @Test
  void search_findsWhatWasPushed_bestFirst() throws IOException {
    pushBoth();
    assertThat(spoke("search", "kind:method", "watch").out())
        .contains("method order.Orders.Watch", "order@v1.0.0 order.proto", "1 found");
    assertThat(json(spoke("search", "tells", "apart", "-json")).at("/hits/0/name").asString())
        .isEqualTo("common.Id");
    assertThat(spoke("search", "-limit", "0", "id").exitCode()).isEqualTo(1);
    assertThat(spoke("search").exitCode()).isEqualTo(2);
  }

  @Test
  void push_takesWhatIsNotGivenFromTheProjectFile() throws IOException {
    write("project/schema/types.proto", COMMON);
    write(
        "project/spoke.yaml",
        "module: acme/common\nrelease: v2.0.0\ndir: schema\nlint: {use: [BASIC]}\n");
    System.setProperty("user.dir", at("project"));
    assertThat(spoke("push").out()).contains("pushed acme/common@v2.0.0");
    write("project/spoke.yaml", "module: [");
    assertThat(spoke("push").err()).contains("cannot read the project file");
    write("project/spoke.yaml", "module: acme/common\nrelase: v2.1.0\ndir: schema\n");
    assertThat(spoke("push").err()).contains("no such setting", "key=relase", "release");
    assertThat(CommandRun.of("lint", "-dir", at("project")).err())
        .contains("no such setting", "key=spoke.yaml.relase");
  }

  @Test
  void completion_namesEveryCommandAndOption() {
    assertThat(CommandRun.of("completion").out())
        .startsWith("#!/usr/bin/env bash")
        .contains("ZSH_VERSION", "batch-push", "completion", "-registry", "--recursive");
  }

  @Test
  void help_ofEveryCommand_isThere() {
    for (String name : SpokeCommand.newCommandLine().getSubcommands().keySet()) {
      CommandRun run = CommandRun.of(name, "--help");
      assertThat(run.exitCode()).as(name).isZero();
      assertThat(run.out()).as(name).contains("Usage: spoke " + name);
    }
  }

  @Test
  void longOption_ofEveryCommand_takesOneDashOrTwo() {
    assertThat(withAllBelow(SpokeCommand.newCommandLine()))
        .hasSizeGreaterThan(20)
        .allSatisfy(command ->
            assertThat(command.getCommandSpec().optionsMap().keySet())
                .as(command.getCommandName())
                .allSatisfy(name -> assertTakesOneDashOrTwo(command, name)));
  }

  @Test
  void wrongCommandLine_thatAsksForJson_isToldInJson() {
    CommandRun run = CommandRun.of("pull", "-json", "-bogus");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(json(run).at("/error/code").asString()).isEqualTo("INVALID_REQUEST");
    assertThat(json(run).at("/error/message").asString()).contains("-bogus");
  }

  private static void assertTakesOneDashOrTwo(CommandLine command, String name) {
    String bare = name.replaceFirst("^--?", "");
    if (bare.length() > 1 && !bare.equals("module-version")) {
      assertThat(command.getCommandSpec().optionsMap()).containsKeys("-" + bare, "--" + bare);
    }
  }

  private static List<CommandLine> withAllBelow(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(below -> all.addAll(withAllBelow(below)));
    return all;
  }

  @Test
  void versionOfAModule_isNamedWithTwoDashesAsWell() throws IOException {
    write("common/types.proto", COMMON);
    String common = at("common");
    CommandRun pushed =
        spoke("push", "--module", "common", "--version", "v1.0.0", "--dir", common, "--json");
    assertThat(json(pushed).path("version").asString()).isEqualTo("v1.0.0");
    CommandRun pulled =
        spoke("pull", "--module=common", "--version=v1.0.0", "--dir=" + at("pulled"), "--json");
    assertThat(pulled.exitCode()).as(pulled.err()).isZero();
    assertThat(Path.of(at("pulled"), "types.proto")).exists();
  }

  private void pushBoth() throws IOException {
    write("common/types.proto", COMMON);
    write("order/order.proto", ORDER);
    for (String module : List.of("common", "order")) {
      CommandRun run = spoke("push", "-module", module, "-version", "v1.0.0", "-dir", at(module));
      assertThat(run.exitCode()).as(run.err()).isZero();
    }
  }

  private CommandRun spoke(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-registry", server.uri().toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private static JsonNode json(CommandRun run) {
    return JsonMapper.shared().readTree(run.out());
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
