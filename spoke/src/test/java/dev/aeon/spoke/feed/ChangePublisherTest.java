package dev.aeon.spoke.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.aeon.sp.Message;
import dev.aeon.sp.SubSocket;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.FileSystemStore;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChangePublisherTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path storage;
  private SchemaRegistry registry;

  @BeforeEach
  void open() {
    registry = new SchemaRegistry(new FileSystemStore(storage), InstantSource.system());
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void publication_isToldToThoseWhoSubscribeToItsModule() {
    push(registry, "earlier", "v1.0.0");
    try (ChangePublisher publisher = publisher();
        SubSocket all = subscriber(publisher, "");
        SubSocket owner = subscriber(publisher, "acme/");
        SubSocket module = subscriber(publisher, "order@")) {
      push(registry, "acme/a", "v1.0.0");
      push(registry, "orders", "v1.0.0");
      push(registry, "order", "v1.0.0-rc.1");
      assertThat(List.of(topic(all), topic(all), topic(all)))
          .containsExactly("acme/a@v1.0.0", "orders@v1.0.0", "order@v1.0.0-rc.1");
      assertThat(topic(owner)).isEqualTo("acme/a@v1.0.0");
      JsonNode entry = new JsonMapper().readTree(receive(module)[1]);
      assertThat(entry.get("module").asString()).isEqualTo("order");
      assertThat(entry.get("version").asString()).isEqualTo("v1.0.0-rc.1");
      assertThat(entry.get("sequence").asLong()).isEqualTo(4);
      assertThat(entry.get("digest").asString()).startsWith("sha256:");
    }
  }

  @Test
  void publicationOfAnotherServer_overTheSameStore_isToldToo() {
    try (ChangePublisher publisher = publisher();
        SubSocket all = subscriber(publisher, "");
        SchemaRegistry other =
            new SchemaRegistry(new FileSystemStore(storage), InstantSource.system())) {
      push(other, "order", "v1.0.0");
      assertThat(topic(all)).isEqualTo("order@v1.0.0");
    }
  }

  @Test
  void address_thatCannotBeBound_isRefused() {
    try (ChangePublisher publisher = publisher()) {
      assertThatThrownBy(() -> ChangePublisher.start(registry.changes(), publisher.url()))
          .isInstanceOf(SpokeException.class)
          .hasMessageContaining(publisher.url());
    }
    assertThatThrownBy(() -> ChangePublisher.start(registry.changes(), "nonsense"))
        .isInstanceOf(SpokeException.class);
  }

  private ChangePublisher publisher() {
    return ChangePublisher.start(registry.changes(), "tcp://127.0.0.1:0");
  }

  /** A subscriber that the publisher knows of. */
  private static SubSocket subscriber(ChangePublisher publisher, String prefix) {
    int before = publisher.subscriberCount();
    SubSocket socket = SubSocket.open();
    socket.subscribe(prefix.getBytes(UTF_8));
    socket.dial(publisher.url());
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          while (publisher.subscriberCount() == before) {
            Thread.onSpinWait();
          }
        });
    return socket;
  }

  private static String topic(SubSocket socket) {
    return receive(socket)[0];
  }

  private static String[] receive(SubSocket socket) {
    try (Message message = socket.receive(LIMIT)) {
      String text = new String(message.body().toArray(ValueLayout.JAVA_BYTE), UTF_8);
      return text.split("\n", 2);
    }
  }

  private static void push(SchemaRegistry registry, String module, String version) {
    byte[] text = "syntax = \"proto3\"; message A {}".getBytes(UTF_8);
    ModuleContent content = ModuleContent.of(new TreeMap<>(Map.of(new ProtoPath("a.proto"), text)));
    registry.push(new ModuleName(module), Version.parse(version), "", content, List.of());
  }
}
