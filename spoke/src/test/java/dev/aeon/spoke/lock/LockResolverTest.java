package dev.aeon.spoke.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockResolverTest {
  private final Map<Dependency, List<Dependency>> published = new LinkedHashMap<>();
  @TempDir Path folder;

  @Test
  void range_isResolvedToTheHighestInIt() {
    publish("common@v1.0.0");
    publish("common@v1.10.0");
    publish("common@v1.9.0");
    publish("common@v2.0.0");
    assertThat(resolve(Map.of("common", "^1.0.0"))).containsExactly("common@v1.10.0");
  }

  @Test
  void dependencyOfADependency_isTheVersionItWasPublishedWith() {
    publish("common@v1.0.0");
    publish("common@v1.1.0");
    publish("order@v1.0.0", "common@v1.0.0");
    assertThat(resolve(Map.of("order", "*"))).containsExactly("common@v1.0.0", "order@v1.0.0");
  }

  @Test
  void twoPublishedWithDifferentVersions_getTheHigherOne() {
    publish("common@v1.0.0");
    publish("common@v1.1.0");
    publish("common@v1.2.0");
    publish("order@v1.0.0", "common@v1.1.0");
    publish("user@v1.0.0", "common@v1.0.0");
    assertThat(resolve(Map.of("order", "*", "user", "*")))
        .containsExactly("common@v1.1.0", "order@v1.0.0", "user@v1.0.0");
  }

  @Test
  void project_mayAskForNewerThanItsDependencies() {
    publish("common@v1.0.0");
    publish("common@v1.2.0");
    publish("order@v1.0.0", "common@v1.0.0");
    assertThat(resolve(Map.of("order", "*", "common", "^1.1.0")))
        .containsExactly("common@v1.2.0", "order@v1.0.0");
  }

  @Test
  void conflict_isExplainedAsAWayOnBothSides() {
    publish("common@v1.0.0");
    publish("common@v2.0.0");
    publish("order@v1.0.0", "common@v1.0.0");
    publish("shop@v1.0.0", "order@v1.0.0");
    publish("user@v1.0.0", "common@v2.0.0");
    assertThatThrownBy(() -> resolve(Map.of("shop", "*", "user", "*")))
        .isInstanceOfSatisfying(
            SpokeException.class, e -> assertThat(e.code()).isEqualTo(SpokeException.Code.CONFLICT))
        .hasMessageContaining("no version of common")
        .hasMessageContaining("the project → shop@v1.0.0 → order@v1.0.0 → common@v1.0.0")
        .hasMessageContaining("the project → user@v1.0.0 → common@v2.0.0");
  }

  @Test
  void conflict_withTheProjectItself_namesItsRange() {
    publish("common@v1.0.0");
    assertThatThrownBy(() -> resolve(Map.of("common", "^2.0.0")))
        .hasMessageContaining("the project asks for common ^2.0.0");
  }

  @Test
  void lock_writtenAndRead_isTheSame() {
    publish("common@v1.0.0");
    LockFile lock = lock(Map.of("common", "*"));
    Path file = folder.resolve(LockFile.NAME);
    lock.write(file);
    assertThat(LockFile.read(file)).contains(lock);
    assertThat(file).content().contains("\"common\" : \"v1.0.0\"", "digest of common@v1.0.0");
    assertThat(LockFile.read(folder.resolve("none"))).isEmpty();
  }

  @Test
  void lock_asTheDocumentHasIt_isRead() throws Exception {
    Path file = folder.resolve(LockFile.NAME);
    Files.writeString(file, "{\"dependencies\": {\"common\": \"v1.2.0\", \"user\": \"v1.0.5\"}}");
    LockFile lock = LockFile.read(file).orElseThrow();
    assertThat(lock.dependencies()).hasSize(2);
    assertThat(lock.covers(Map.of(new ModuleName("common"), new VersionRange("^1.0.0")))).isTrue();
    assertThat(lock.covers(Map.of(new ModuleName("common"), new VersionRange("^2.0.0")))).isFalse();
    assertThat(lock.covers(Map.of(new ModuleName("other"), new VersionRange("*")))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"dependencies\": []}",
        "{\"dependencies\": {\"../a\": \"v1.0.0\"}}",
        "{\"dependencies\": {\"a\": \"../../b\"}}",
        "{\"dependencies\": {\"a\": null}}"
      })
  void lock_thatIsDamaged_isRefused(String text) throws Exception {
    Path file = folder.resolve(LockFile.NAME);
    Files.writeString(file, text);
    assertThatThrownBy(() -> LockFile.read(file))
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining("file=" + file);
  }

  private List<String> resolve(Map<String, String> wanted) {
    return lock(wanted).dependencies().entrySet().stream()
        .map(entry -> entry.getKey() + "@" + entry.getValue())
        .toList();
  }

  private LockFile lock(Map<String, String> wanted) {
    Map<ModuleName, VersionRange> ranges = new TreeMap<>();
    wanted.forEach((name, range) -> ranges.put(new ModuleName(name), new VersionRange(range)));
    return new LockResolver(source()).resolve(ranges);
  }

  private VersionSource source() {
    return new VersionSource() {
      @Override
      public List<Version> versions(ModuleName module) {
        return published.keySet().stream()
            .filter(version -> version.module().equals(module))
            .map(Dependency::version)
            .toList();
      }

      @Override
      public Release release(Dependency version) {
        return new Release("digest of " + version, published.getOrDefault(version, List.of()));
      }
    };
  }

  private void publish(String version, String... dependencies) {
    published.put(
        Dependency.parse(version), Arrays.stream(dependencies).map(Dependency::parse).toList());
  }
}
