package dev.aeon.apm.channel.sp;

import static dev.aeon.apm.Samples.MANAGER;
import static dev.aeon.apm.Samples.WORKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.BusOptions;
import dev.aeon.apm.Samples;
import dev.aeon.apm.channel.BadInput;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.track.Acknowledgement;
import dev.aeon.sp.TlsConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS an agent speaks for itself alone. */
@Timeout(300)
class AgentCertificatesTest {
  private static final String PASSWORD = "password";
  @TempDir static Path folder;
  private final BlockingQueue<Message> handled = new LinkedBlockingQueue<>();
  private final BlockingQueue<BadInput> quarantine = new LinkedBlockingQueue<>();

  @BeforeAll
  static void makeCertificates() throws Exception {
    keytool("ca", "-ext", "bc:c");
    for (String agent : List.of("manager_001", "impl_001")) {
      keytool(agent, "-ext", "san=ip:127.0.0.1", "-signer", "ca", "-signerkeypass", PASSWORD);
    }
    for (String name : List.of("ca", "manager_001", "impl_001")) {
      export(name);
    }
  }

  @Test
  void send_ownCertificate_isHandledAndAcknowledged() throws Exception {
    Map<AgentId, String> urls = urls();
    try (AgentBus manager = open(MANAGER, urls, "manager_001");
        AgentBus _ = open(WORKER, urls, "impl_001")) {
      Message message = manager.compose(WORKER, Samples.error()).build();
      CompletableFuture<Acknowledgement> sent = manager.send(message);
      assertThat(sent.get(60, TimeUnit.SECONDS).receipts()).hasSize(1);
      assertThat(handled.poll(60, TimeUnit.SECONDS)).isEqualTo(message);
      assertThat(quarantine).isEmpty();
    }
  }

  @Test
  void send_certificateOfAnotherAgent_isRefused() throws Exception {
    Map<AgentId, String> urls = urls();
    try (AgentBus manager = open(MANAGER, urls, "impl_001");
        AgentBus _ = open(WORKER, urls, "impl_001")) {
      CompletableFuture<Acknowledgement> _ =
          manager.send(manager.compose(WORKER, Samples.error()).build());
      BadInput refused = quarantine.poll(60, TimeUnit.SECONDS);
      assertThat(refused.violations().getFirst().code()).isEqualTo(ErrorCode.E_SECURITY_001);
      assertThat(refused.violations().getFirst().detail()).contains("certificate=impl_001");
      assertThat(handled).isEmpty();
    }
  }

  private AgentBus open(AgentIdentity self, Map<AgentId, String> urls, String certificate) {
    Registry registry = new Registry();
    registry.register(MANAGER);
    registry.register(WORKER);
    Channels channels = SpChannels.at(urls).withTls(tls(certificate));
    BusOptions options = BusOptions.defaults().withQuarantine(quarantine::add);
    return AgentBus.open(self, registry, channels, (message, _) -> handled.add(message), options);
  }

  private static TlsConfig tls(String name) {
    return TlsConfig.builder()
        .identity(folder.resolve(name + ".crt"), folder.resolve(name + ".key"))
        .trust(folder.resolve("ca.crt"))
        .authMode(TlsConfig.AuthMode.REQUIRED)
        .build();
  }

  private static Map<AgentId, String> urls() throws IOException {
    return Map.of(MANAGER.agentId(), freeUrl(), WORKER.agentId(), freeUrl());
  }

  private static String freeUrl() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "tls+tcp://127.0.0.1:" + free.getLocalPort();
    }
  }

  private static void keytool(String name, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name));
    command.addAll(List.of("-validity", "2", "-alias", name));
    command.addAll(List.of("-keystore", folder.resolve("store").toString()));
    command.addAll(List.of("-storepass", PASSWORD, "-keypass", PASSWORD));
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static void export(String name) throws Exception {
    char[] password = PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance(folder.resolve("store").toFile(), password);
    StringBuilder chain = new StringBuilder();
    for (Certificate each : store.getCertificateChain(name)) {
      chain.append(pem("CERTIFICATE", each.getEncoded()));
    }
    Key key = store.getKey(name, password);
    Files.writeString(folder.resolve(name + ".crt"), chain);
    Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
  }
}
