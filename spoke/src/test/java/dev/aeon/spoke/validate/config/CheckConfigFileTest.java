package dev.aeon.spoke.validate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigFileTest {
  @TempDir Path folder;

  @Test
  void folderWithoutConfiguration_isOneModuleWithTheDefaults() {
    assertThat(CheckConfigFile.load(folder)).containsExactly(ModuleConfig.standard());
  }

  @Test
  void categoriesAndExceptions_becomeRules() {
    LintConfig lint =
        CheckConfigFile.parseBuf(
                """
                version: v2
                lint:
                  use: [MINIMAL, COMMENT_RPC]
                  except: [PACKAGE_DEFINED]
                  service_suffix: Api
                """)
            .getFirst()
            .lint();
    assertThat(lint.rules())
        .containsExactlyInAnyOrder(
            "DIRECTORY_SAME_PACKAGE",
            "PACKAGE_DIRECTORY_MATCH",
            "PACKAGE_NO_IMPORT_CYCLE",
            "PACKAGE_SAME_DIRECTORY",
            "COMMENT_RPC");
    assertThat(lint.serviceSuffix()).isEqualTo("Api");
    assertThat(lint.allowsCommentIgnores()).isTrue();
  }

  @Test
  void deprecatedRule_standsForItsReplacements() {
    BreakingConfig breaking =
        CheckConfigFile.parseBuf("version: v1\nbreaking: {use: [FIELD_SAME_LABEL]}")
            .getFirst()
            .breaking();
    assertThat(breaking.rules())
        .containsExactlyInAnyOrder(
            "FIELD_SAME_CARDINALITY",
            "FIELD_WIRE_COMPATIBLE_CARDINALITY",
            "FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY");
  }

  @Test
  void commentIgnores_inOldVersions_areOffUntilAskedFor() {
    assertThat(lint("version: v1").allowsCommentIgnores()).isFalse();
    assertThat(lint("version: v1\nlint: {allow_comment_ignores: true}").allowsCommentIgnores())
        .isTrue();
    assertThat(lint("version: v2\nlint: {disallow_comment_ignores: true}").allowsCommentIgnores())
        .isFalse();
  }

  @Test
  void ignoredPaths_coverFilesAndFolders_ofAllRulesOrOne() {
    IgnoredPaths ignored =
        lint("version: v1\nlint: {ignore: [a/b], ignore_only: {ENUM_PASCAL_CASE: [c.proto]}}")
            .ignored();
    assertThat(ignored.contains("SERVICE_SUFFIX", "a/b/c.proto")).isTrue();
    assertThat(ignored.contains("SERVICE_SUFFIX", "a/bc.proto")).isFalse();
    assertThat(ignored.contains("ENUM_PASCAL_CASE", "c.proto")).isTrue();
    assertThat(ignored.contains("SERVICE_SUFFIX", "c.proto")).isFalse();
  }

  @Test
  void workspace_hasAModuleForEachPath_withPathsRelativeToIt() {
    List<ModuleConfig> modules =
        CheckConfigFile.parseBuf(
            """
            version: v2
            modules:
              - path: orders
                excludes: [orders/old]
              - path: users
                lint: {use: [BASIC]}
            lint: {ignore: [orders/vendor]}
            """);
    assertThat(modules)
        .extracting(ModuleConfig::roots)
        .containsExactly(List.of("orders"), List.of("users"));
    ModuleConfig orders = modules.getFirst();
    assertThat(orders.contains(Path.of("orders/a.proto"))).isTrue();
    assertThat(orders.contains(Path.of("orders/old/a.proto"))).isFalse();
    assertThat(orders.contains(Path.of("users/a.proto"))).isFalse();
    assertThat(orders.lint().ignored().contains("X", "vendor/a.proto")).isTrue();
    assertThat(modules.getLast().lint().rules()).doesNotContain("SERVICE_SUFFIX");
  }

  @Test
  void spokeYaml_withRules_goesBeforeBufYaml() throws IOException {
    Files.writeString(folder.resolve("buf.yaml"), "version: v2\nlint: {use: [BASIC]}");
    Files.writeString(folder.resolve("spoke.yaml"), "module: order\nlint: {use: [COMMENT_RPC]}");
    assertThat(CheckConfigFile.load(folder).getFirst().lint().rules())
        .containsExactly("COMMENT_RPC");
    Files.writeString(folder.resolve("spoke.yaml"), "module: order");
    assertThat(CheckConfigFile.load(folder).getFirst().lint().rules()).contains("IMPORT_USED");
  }

  @Test
  void wrongConfiguration_isRefusedByName() {
    refuses("version: v3", "v3");
    refuses("version: v2\nlint: {use: [NO_SUCH_RULE]}", "NO_SUCH_RULE");
    refuses("version: v2\nlint: [a]", "buf.yaml.lint");
    refuses("version: v2\nlint: {use: BASIC}", "lint.use");
    refuses("version: v2\nlint: {ignore: [../up]}", "../up");
    refuses("version: v2\nlint: {ignore: [/etc]}", "/etc");
    refuses("version: v2\nlint: {service_suffix: 3}", "lint.service_suffix");
    refuses("version: v2\nbreaking: {ignore_unstable_packages: 7}", "ignore_unstable_packages");
    refuses("version: v2\nlint: {usee: [BASIC]}", "lint.usee");
    refuses("version: v2\nbreaking: {ignore-only: {}}", "breaking.ignore-only");
    refuses("version: [", "no YAML");
    refuses("- a", "a mapping is expected");
  }

  private static void refuses(String text, String named) {
    assertThatThrownBy(() -> CheckConfigFile.parseBuf(text))
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining(named);
  }

  private static LintConfig lint(String text) {
    return CheckConfigFile.parseBuf(text).getFirst().lint();
  }
}
