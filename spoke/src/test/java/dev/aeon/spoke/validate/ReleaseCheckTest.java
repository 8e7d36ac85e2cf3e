package dev.aeon.spoke.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.FileSystemStore;
import dev.aeon.spoke.validate.release.ReleaseCheck;
import dev.aeon.spoke.validate.release.ReleasePolicies;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry with policies lets in. */
class ReleaseCheckTest {
  private static final String TWO_FIELDS = "message A { string b = 1; string c = 2; }";
  private static final String ONE_FIELD = "message A { string b = 1; }";
  private static final String OTHER_TYPE = "message A { int32 b = 1; string c = 2; }";

  @TempDir Path folder;
  private SchemaRegistry registry;
  private int edits;

  @BeforeEach
  void open() {
    registry =
        new SchemaRegistry(
            new FileSystemStore(folder.resolve("storage")),
            () -> Instant.EPOCH,
            ReleasePolicies.of(folder.resolve("policy.yaml")));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void registryWithoutPolicies_takesWhatCompiles() {
    push("v1.0.0", TWO_FIELDS);
    push("v1.0.1", "message b {}");
  }

  @Test
  void breakingChange_isRefusedWithRulePlaceAndRelease() throws IOException {
    policy("default: {breaking: [FILE]}");
    push("v1.0.0", TWO_FIELDS);
    assertRefused(() -> push("v1.1.0", ONE_FIELD), "FIELD_NO_DELETE", "Against v1.0.0.");
  }

  @Test
  void change_thatBreaksAnEarlierReleaseAlone_isRefusedWhereEveryOneCounts() throws IOException {
    push("v1.0.0", TWO_FIELDS);
    push("v1.1.0", ONE_FIELD);
    policy("default: {breaking: [FILE], against: last}");
    push("v1.2.0", ONE_FIELD + " message New {}");
    policy("default: {breaking: [FILE], against: every}");
    assertRefused(
        () -> push("v1.3.0", ONE_FIELD + " message New {} message Newer {}"),
        "FIELD_NO_DELETE",
        "Against v1.0.0.");
  }

  @Test
  void breakingChange_needsANewMajorVersion() throws IOException {
    policy("default: {semver: true}");
    push("v1.0.0", TWO_FIELDS);
    assertRefused(
        () -> push("v1.0.1", ONE_FIELD), ReleaseCheck.NUMBER_RULE, "needs a new major version");
    assertRefused(
        () -> push("v1.1.0", ONE_FIELD), ReleaseCheck.NUMBER_RULE, "needs a new major version");
    push("v1.1.0", TWO_FIELDS + " message New {}");
    push("v2.0.0", ONE_FIELD);
  }

  @Test
  void versionsBeforeTheFirst_mayBreak() throws IOException {
    policy("default: {semver: true}");
    push("v0.1.0", TWO_FIELDS);
    push("v0.1.1", ONE_FIELD);
  }

  @Test
  void readersModes_letFieldsGoButNotChange() throws IOException {
    for (String mode : List.of("backward", "forward", "full", "full_transitive")) {
      policy("default: {compatibility: " + mode + "}");
      String module = "m-" + mode.replace('_', '-');
      push(module, "v1.0.0", TWO_FIELDS);
      push(module, "v1.1.0", ONE_FIELD);
      assertRefused(
          () -> push(module, "v1.2.0", OTHER_TYPE), "FIELD_WIRE_COMPATIBLE_TYPE", "Against v1.1.0");
    }
  }

  @Test
  void directionOfReading_decidesWhatMayBecomeBytes() throws IOException {
    String bytes = "message A { bytes b = 1; string c = 2; }";
    push("one", "v1.0.0", TWO_FIELDS);
    push("two", "v1.0.0", TWO_FIELDS);
    policy("default: {compatibility: backward}");
    push("one", "v1.1.0", bytes);
    policy("default: {compatibility: forward}");
    assertRefused(
        () -> push("two", "v1.1.0", bytes), "FIELD_WIRE_COMPATIBLE_TYPE", "Against v1.0.0");
  }

  @Test
  void badStyle_isRefusedForTheModuleThatIsNamed() throws IOException {
    policy("modules: {strict: {lint: [MESSAGE_PASCAL_CASE]}}");
    push("lenient", "v1.0.0", "message a {}");
    assertRefused(() -> push("strict", "v1.0.0", "message a {}"), "MESSAGE_PASCAL_CASE", "a");
  }

  @Test
  void wrongPolicy_isRefusedByName() throws IOException {
    for (String wrong : List.of("compatibility: sideways", "against: some", "lint: [NO_SUCH]")) {
      policy("default: {" + wrong + "}");
      assertThatThrownBy(() -> push("v1.0.0", ONE_FIELD))
          .isInstanceOf(SpokeException.class)
          .hasMessageContaining(wrong.replaceAll(".*[ \\[]|]", ""));
    }
  }

  private static void assertRefused(ThrowingCallable push, String rule, String words) {
    assertThatThrownBy(push)
        .isInstanceOfSatisfying(
            SpokeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(SpokeException.Code.INVALID_SCHEMA);
              assertThat(e.violations())
                  .anySatisfy(violation -> {
                    assertThat(violation.rule()).isEqualTo(rule);
                    assertThat(violation.message()).contains(words);
                    assertThat(violation.file()).isEqualTo("shop/a.proto");
                    assertThat(violation.line()).isPositive();
                  });
            });
  }

  private void push(String version, String body) {
    push("order", version, body);
  }

  private void push(String module, String version, String body) {
    String text = "syntax = \"proto3\"; package shop; " + body;
    ModuleContent content =
        ModuleContent.of(
            Map.of(new ProtoPath("shop/a.proto"), text.getBytes(StandardCharsets.UTF_8)));
    registry.push(new ModuleName(module), Version.parse(version), "", content, List.of());
  }

  private void policy(String text) throws IOException {
    Path file = folder.resolve("policy.yaml");
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(++edits)));
  }
}
