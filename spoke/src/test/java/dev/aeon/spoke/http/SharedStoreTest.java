package dev.aeon.spoke.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.sprocket.SprocketCommand;
import dev.aeon.spoke.store.SchemaStore;
import dev.aeon.spoke.store.SharedServers;
import dev.aeon.spoke.store.option.StoreOption;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Two servers over one database and one bucket. */
class SharedStoreTest {
  private static final ModuleName COMMON = new ModuleName("common");

  @AutoClose private static SharedServers servers;

  @TempDir Path folder;

  @BeforeAll
  static void startServers() throws Exception {
    servers = SharedServers.start();
  }

  @Test
  void versions_pushedAtOneServer_areServedByTheOther() throws Exception {
    StoreOption store = newStore();
    try (SpokeServer first = start(store, "first");
        SpokeServer second = start(store, "second");
        SpokeClient writer = new SpokeClient(first.uri());
        SpokeClient reader = new SpokeClient(second.uri())) {
      push(writer, "v1.0.0", "message Id { string value = 1; }");
      assertThat(reader.pull(COMMON, "latest").version()).hasToString("v1.0.0");
      push(reader, "v1.1.0", "message Id { string value = 1; int32 more = 2; }");
      assertThat(writer.module(COMMON).versions()).containsExactly("v1.0.0", "v1.1.0");
      assertThatThrownBy(() -> push(writer, "v1.1.0", "message Other {}"))
          .isInstanceOf(SpokeException.class)
          .hasMessageContaining("never change");
      assertThat(writer.compile(COMMON, "v1.0.0", Language.PYTHON).files())
          .isEqualTo(reader.compile(COMMON, "v1.0.0", Language.PYTHON).files())
          .isNotEmpty();
    }
  }

  @Test
  void clients_ofTwoServers_seeOneRegistry() throws Exception {
    StoreOption store = newStore();
    try (SpokeServer first = start(store, "first");
        SpokeServer second = start(store, "second")) {
      ClientStorm storm = new ClientStorm(List.of(first.uri(), second.uri()), System.nanoTime());
      storm.run(10, ManyClientsTest.duration());
      storm.checkAfterwards();
    }
  }

  @Test
  void server_whoseDatabaseIsDown_isNotReadyUntilItIsBack() throws Exception {
    try (SpokeServer server = start(newStore(), "own")) {
      assertThat(readyWithin(server, Duration.ofSeconds(60))).isTrue();
      servers.database().stop();
      assertThat(ready(server)).isEqualTo(503);
      servers.database().startAgain();
      assertThat(readyWithin(server, Duration.ofSeconds(60))).isTrue();
    }
  }

  /** The pool finds out by itself; each question waits a moment for it. */
  private static boolean readyWithin(SpokeServer server, Duration limit) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() - end < 0) {
      if (ready(server) == 200) {
        return true;
      }
    }
    return false;
  }

  private static int ready(SpokeServer server) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.uri() + "/ready")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void sprocket_overTheSharedStore_compilesForAllServers() throws Exception {
    List<String> location = servers.newStore();
    StoreOption store =
        CommandLine.populateCommand(new StoreOption(), location.toArray(String[]::new));
    try (SpokeServer server = start(store, "server");
        SpokeClient client = new SpokeClient(server.uri());
        SchemaStore view = store.open()) {
      push(client, "v1.0.0", "message Id { string value = 1; }");
      List<String> arguments = new ArrayList<>(location);
      arguments.addAll(List.of("-once", "-lang", "ruby"));
      arguments.addAll(List.of("-storage-dir", folder.resolve("worker").toString()));
      int exitCode =
          new CommandLine(new SprocketCommand())
              .setPosixClusteredShortOptionsAllowed(false)
              .execute(arguments.toArray(String[]::new));
      assertThat(exitCode).isZero();
      assertThat(view.hasArtifact(COMMON, Version.parse("v1.0.0"), Language.RUBY)).isTrue();
    }
  }

  @Test
  void options_ofHalfASharedStore_areRefused() {
    StoreOption half =
        CommandLine.populateCommand(new StoreOption(), "-database", "postgresql://localhost/a");
    assertThatThrownBy(half::open).hasMessageContaining("go together");
    StoreOption none = CommandLine.populateCommand(new StoreOption());
    assertThat(none.distributed()).isEmpty();
    assertThat(none).hasToString("spoke-storage");
  }

  private static void push(SpokeClient client, String version, String text) {
    String file = "syntax = \"proto3\"; package common; " + text;
    ModuleContent content =
        ModuleContent.of(Map.of(new ProtoPath("common.proto"), file.getBytes(UTF_8)));
    client.push(COMMON, Version.parse(version), "", content, List.of());
  }

  private static StoreOption newStore() throws Exception {
    return CommandLine.populateCommand(
        new StoreOption(), servers.newStore().toArray(String[]::new));
  }

  private SpokeServer start(StoreOption store, String name) {
    return SpokeServer.start(
        SpokeServerConfig.embedded(folder.resolve(name)).withStore(store::open));
  }
}
