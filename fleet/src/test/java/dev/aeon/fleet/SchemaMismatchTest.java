package dev.aeon.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.fleet.control.FleetSchema;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.http.SpokeServer;
import dev.aeon.spoke.http.SpokeServerConfig;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ProtoPath;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaMismatchTest {
  @TempDir Path folder;
  private SpokeServer server;

  @BeforeEach
  void registry() {
    server = SpokeServer.start(SpokeServerConfig.embedded(folder.resolve("registry")));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Commands.Result agent() throws Exception {
    Process process =
        Commands.command(
                List.of(),
                "agent",
                "--id=agent-1",
                "--run-folder=" + folder,
                "--docs=" + folder,
                "--registry=" + server.uri(),
                "--device=host",
                "--memory=1048576")
            .start();
    // Its standard input stays open: it may go of its own accord only.
    try (OutputStream _ = process.getOutputStream();
        InputStream err = process.getErrorStream()) {
      String said = new String(err.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Commands.Result(process.exitValue(), "", said);
    }
  }

  @Test
  void agent_schemaChangedInTheRegistry_refusesToJoinInOneSentence() throws Exception {
    Map.Entry<ProtoPath, byte[]> file = FleetSchema.bundled().files().entrySet().iterator().next();
    String changed =
        new String(file.getValue(), StandardCharsets.UTF_8)
            .replace("uint32 top = 3;", "uint32 limit = 3;");
    assertThat(changed).contains("limit");
    try (SpokeClient client = new SpokeClient(server.uri())) {
      client.push(
          FleetSchema.MODULE,
          FleetSchema.VERSION,
          "tampered with",
          ModuleContent.of(Map.of(file.getKey(), changed.getBytes(StandardCharsets.UTF_8))),
          List.of());
    }
    Commands.Result result = agent();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("aeon: the registry's schema is not the one this agent was built with");
  }

  @Test
  void agent_noSchemaInTheRegistry_refusesToJoinInOneSentence() throws Exception {
    Commands.Result result = agent();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("aeon: the fleet's schema cannot be had");
  }
}
