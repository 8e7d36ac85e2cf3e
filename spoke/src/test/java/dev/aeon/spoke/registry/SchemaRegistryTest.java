package dev.aeon.spoke.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.api.SearchHit;
import dev.aeon.spoke.api.SearchResult;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Requirement;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.registry.DependencyGraph.Edge;
import dev.aeon.spoke.store.FileSystemStore;
import dev.aeon.spoke.validate.release.ReleasePolicies;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final String A = "syntax = \"proto3\"; package a; message A { string name = 1; }";
  private static final String B =
      "syntax = \"proto3\"; import \"a/a.proto\"; message B { a.A a = 1; }";

  @TempDir Path folder;
  private SchemaRegistry registry;

  @BeforeEach
  void open() {
    registry = new SchemaRegistry(new FileSystemStore(folder), CLOCK);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void requirement_ofARange_isMetByTheHighestCompatible() {
    push("a", "v1.0.0", A);
    push("a", "v1.4.0", A);
    push("a", "v2.0.0", A);
    push("a", "v1.5.0-rc.1", A);
    assertThat(push("b", "v1.0.0", B, "a@^1.0.0").dependencies()).containsExactly(at("a@v1.4.0"));
    assertThat(push("b", "v1.1.0", B).dependencies()).containsExactly(at("a@v2.0.0"));
    assertThatThrownBy(() -> push("b", "v1.2.0", B, "a@^3.0.0"))
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining("a@^3.0.0")
        .hasMessageContaining("v1.4.0");
  }

  @Test
  void twoVersionsOfOneModule_meeting_areExplainedFromBothSides() {
    push("a", "v1.0.0", A);
    push("a", "v2.0.0", A);
    push("b", "v1.0.0", B, "a@v1.0.0");
    String both =
        "syntax = \"proto3\"; import \"a/a.proto\"; import \"b/b.proto\"; message C { a.A a = 1; B b = 2; }";
    assertThatThrownBy(() -> push("c", "v1.0.0", both, "a@v2.0.0", "b@v1.0.0"))
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining("a@v2.0.0")
        .hasMessageContaining("b@v1.0.0 → a@v1.0.0");
    assertThatThrownBy(
            () -> registry.resolve(List.of(Requirement.parse("a@v2.0.0"), Requirement.parse("b"))))
        .hasMessageContaining("two versions of one module meet");
  }

  @Test
  void cycle_ofModules_isRefused() {
    push("a", "v1.0.0", A);
    push("b", "v1.0.0", B);
    String back = "syntax = \"proto3\"; package a; import \"b/b.proto\"; message Z { B b = 1; }";
    assertThatThrownBy(() -> push("a", "v1.1.0", back))
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining("a → b@v1.0.0 → a@v1.0.0");
  }

  @Test
  void graph_always_hasAllWaysUpAndDown() {
    push("a", "v1.0.0", A);
    push("b", "v1.0.0", B);
    push("b", "v1.1.0", B);
    push("c", "v1.0.0", "syntax = \"proto3\"; import \"b/b.proto\"; message C { B b = 1; }");
    Edge upper = new Edge(at("c@v1.0.0"), at("b@v1.1.0"));
    Edge lower = new Edge(at("b@v1.1.0"), at("a@v1.0.0"));
    assertThat(registry.graph().dependencies(manifest("c"))).containsExactly(upper, lower);
    assertThat(registry.graph().dependents(manifest("a")))
        .containsExactlyInAnyOrder(new Edge(at("b@v1.0.0"), at("a@v1.0.0")), lower, upper);
    assertThat(registry.graph().impact(new ModuleName("a")))
        .containsExactlyInAnyOrder(at("b@v1.1.0"), at("c@v1.0.0"));
    assertThat(GraphText.dot(at("c@v1.0.0"), List.of(upper)))
        .isEqualTo("digraph dependencies {\n  \"c@v1.0.0\";\n  \"c@v1.0.0\" -> \"b@v1.1.0\";\n}\n");
  }

  @Test
  void resolve_ofRanges_givesEverythingThatIsNeeded() {
    push("a", "v1.0.0", A);
    push("b", "v1.0.0", B);
    assertThat(registry.resolve(List.of(Requirement.parse("b@~1.0.0"))))
        .map(VersionManifest::toString)
        .containsExactly("a@v1.0.0", "b@v1.0.0");
  }

  @Test
  void breakingChange_withoutAMajorVersion_isRefusedWhereThePolicySaysSo() {
    registry.policies().set(new ModuleName("a"), breaking(true, false));
    push("a", "v1.0.0", A);
    String broken = A.replace("string name", "int64 name");
    assertThatThrownBy(() -> push("a", "v1.1.0", broken))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e ->
                assertThat(e.violations())
                    .singleElement()
                    .satisfies(violation -> {
                      assertThat(violation.rule()).contains("FIELD");
                      assertThat(violation.file()).isEqualTo("a.proto");
                      assertThat(violation.message()).contains("Against v1.0.0");
                    }));
    assertThat(registry.versions(new ModuleName("a"))).hasSize(1);
    assertThat(push("a", "v2.0.0", broken)).isNotNull();
  }

  @Test
  void policyOverEveryRelease_always_seesWhatTheLastOneHides() {
    push("a", "v1.0.0", A);
    push("a", "v1.1.0", A.replace("string name = 1;", "reserved 1;"));
    String reused = A.replace("string name = 1;", "int64 other = 2; reserved 1;");
    registry.policies().set(new ModuleName("a"), breaking(false, true));
    assertThatThrownBy(() -> push("a", "v1.2.0", reused))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e ->
                assertThat(e.violations())
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.message()).contains("Against v1.0.0")));
  }

  @Test
  void style_demandedByAPolicy_isHeldTo() {
    registry
        .policies()
        .set(
            new ModuleName("a"),
            new Policy(List.of("FIELD_LOWER_SNAKE_CASE"), List.of(), false, true, "NONE"));
    assertThatThrownBy(() -> push("a", "v1.0.0", A.replace("name", "BadName")))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e ->
                assertThat(e.violations())
                    .extracting(violation -> violation.rule())
                    .containsExactly("FIELD_LOWER_SNAKE_CASE"));
    push("a", "v1.0.0", A);
  }

  @Test
  void policy_namingARuleThatIsNone_isRefused() {
    Policy wrong = new Policy(List.of("NO_SUCH_RULE"), List.of(), false, true, "NONE");
    assertThatThrownBy(() -> registry.policies().set(new ModuleName("a"), wrong))
        .isInstanceOf(SpokeException.class);
    Policy level = new Policy(List.of(), List.of(), false, true, "SIDEWAYS");
    assertThatThrownBy(() -> registry.policies().set(new ModuleName("a"), level))
        .isInstanceOf(SpokeException.class);
  }

  @Test
  void search_always_findsNamesCommentsAndTypesOfTheLatestVersion() {
    push("old", "v1.0.0", "syntax = \"proto3\"; message Forgotten {}");
    push(
        "old",
        "v1.1.0",
        """
        syntax = "proto3";
        package shop.v1;
        // What a customer wants to buy.
        message PurchaseOrder {
          // Grand total in cents.
          int64 total_cents = 1;
          OrderState state = 2;
        }
        enum OrderState { ORDER_STATE_UNSPECIFIED = 0; ORDER_STATE_PAID = 1; }
        service OrderDesk { rpc PlaceOrder(PurchaseOrder) returns (PurchaseOrder); }
        """);
    assertThat(names("purchase order")).first().isEqualTo("shop.v1.PurchaseOrder");
    assertThat(names("customer")).containsExactly("shop.v1.PurchaseOrder");
    assertThat(names("\"grand total\"")).containsExactly("shop.v1.PurchaseOrder.total_cents");
    assertThat(names("kind:field type:state")).containsExactly("shop.v1.PurchaseOrder.state");
    assertThat(names("kind:method")).containsExactly("shop.v1.OrderDesk.PlaceOrder");
    assertThat(names("purch*")).contains("shop.v1.PurchaseOrder");
    assertThat(names("module:old kind:module")).containsExactly("old");
    assertThat(names("forgotten")).isEmpty();
    assertThat(registry.search().find("order", 10, module -> false).hits()).isEmpty();
  }

  @Test
  void search_afterAPush_findsItAtOnce() {
    assertThat(names("newcomer")).isEmpty();
    push("x", "v1.0.0", "syntax = \"proto3\"; message Newcomer {}");
    assertThat(names("newcomer")).containsExactly("Newcomer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "(", "nofield:x", "*x", "\"open"})
  void search_thatCannotBeRead_isRefused(String query) {
    assertThatThrownBy(() -> registry.search().find(query, 10, module -> true))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e -> assertThat(e.code()).isEqualTo(SpokeException.Code.INVALID_REQUEST))
        .hasMessageNotContaining("\n");
  }

  @Test
  void index_inAFolder_goesOnAfterARestart() {
    push("x", "v1.0.0", "syntax = \"proto3\"; message Kept {}");
    registry.close();
    for (int i = 0; i < 2; i++) {
      registry =
          new SchemaRegistry(
              new FileSystemStore(folder),
              CLOCK,
              ReleasePolicies.none(),
              folder.resolve(".spoke/search"),
              OpenTelemetry.noop());
      SearchResult result = registry.search().find("kept", 10, module -> true);
      assertThat(result.hits()).map(SearchHit::name).containsExactly("Kept");
      assertThat(result.indexedSequence()).isEqualTo(1);
      registry.close();
    }
    open();
  }

  @Test
  void latest_ofCommitsAlone_isTheNewest() {
    push("a", "0a1b2c3d", A);
    assertThat(registry.latest(new ModuleName("a"))).isEqualTo(Version.parse("0a1b2c3d"));
  }

  @Test
  void import_ofAnOwnersModule_isFoundByItsWholeName() {
    push("acme/a", "v1.0.0", A);
    String user = B.replace("a/a.proto", "acme/a/a.proto");
    assertThat(push("acme/b", "v1.0.0", user).dependencies()).containsExactly(at("acme/a@v1.0.0"));
  }

  private List<String> names(String query) {
    return registry.search().find(query, 10, module -> true).hits().stream()
        .map(SearchHit::name)
        .toList();
  }

  private static Policy breaking(boolean semantic, boolean everyRelease) {
    return new Policy(List.of(), List.of("FILE"), everyRelease, semantic, "NONE");
  }

  private static Dependency at(String text) {
    return Dependency.parse(text);
  }

  private VersionManifest manifest(String module) {
    return registry.manifest(new ModuleName(module), "latest");
  }

  private VersionManifest push(String module, String version, String text, String... wanted) {
    String file = module.substring(module.lastIndexOf('/') + 1) + ".proto";
    return registry
        .push(
            new ModuleName(module),
            Version.parse(version),
            "",
            ModuleContent.of(Map.of(new ProtoPath(file), text.getBytes(UTF_8))),
            Arrays.stream(wanted).map(Requirement::parse).toList())
        .version();
  }
}
