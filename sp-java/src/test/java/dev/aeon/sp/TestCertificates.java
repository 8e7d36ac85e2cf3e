package dev.aeon.sp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Certificates of a test authority as PEM files: a server's for localhost and 127.0.0.1, a
 * client's, and one that the authority does not vouch for. Made once, by the JDK's keytool.
 */
public final class TestCertificates {
  private static final String PASSWORD = "password";
  private static final TestCertificates SHARED = make();

  private final Path folder;

  private TestCertificates(Path folder) {
    this.folder = folder;
  }

  public static Path authority() {
    return SHARED.folder.resolve("ca.crt");
  }

  public static Path certificate(String name) {
    return SHARED.folder.resolve(name + ".crt");
  }

  public static Path key(String name) {
    return SHARED.folder.resolve(name + ".key");
  }

  public static TlsConfig server() {
    return TlsConfig.builder().identity(certificate("server"), key("server")).build();
  }

  public static TlsConfig client() {
    return TlsConfig.builder().trust(authority()).build();
  }

  /** For listeners and dialers alike. */
  public static TlsConfig either() {
    return TlsConfig.builder()
        .identity(certificate("server"), key("server"))
        .trust(authority())
        .build();
  }

  private static TestCertificates make() {
    try {
      TestCertificates made = new TestCertificates(Files.createTempDirectory("aeon-tls"));
      made.folder.toFile().deleteOnExit();
      made.generate("ca", "-ext", "bc:c");
      made.signed("server", "-ext", "san=dns:localhost,ip:127.0.0.1,ip:::1");
      made.signed("client", "-ext", "san=dns:client.test");
      made.generate("stranger", "-ext", "san=dns:localhost,ip:127.0.0.1");
      for (String name : List.of("ca", "server", "client", "stranger")) {
        made.export(name);
      }
      return made;
    } catch (Exception e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private void generate(String name, String... more) throws Exception {
    keytool(
        List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2"),
        name,
        more);
  }

  private void signed(String name, String... more) throws Exception {
    keytool(
        List.of(
            "-genkeypair",
            "-keyalg",
            "RSA",
            "-dname",
            "CN=" + name,
            "-validity",
            "2",
            "-signer",
            "ca",
            "-signerkeypass",
            PASSWORD),
        name,
        more);
  }

  private void keytool(List<String> command, String name, String... more) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    arguments.addAll(command);
    arguments.addAll(List.of("-alias", name, "-keystore", folder.resolve("store").toString()));
    arguments.addAll(List.of("-storepass", PASSWORD, "-keypass", PASSWORD));
    arguments.addAll(List.of(more));
    Process process = new ProcessBuilder(arguments).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }

  private void export(String name) throws Exception {
    char[] password = PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance(folder.resolve("store").toFile(), password);
    StringBuilder chain = new StringBuilder();
    for (Certificate each : store.getCertificateChain(name)) {
      chain.append(pem("CERTIFICATE", each.getEncoded()));
    }
    write(name + ".crt", chain.toString());
    write(name + ".key", pem("PRIVATE KEY", store.getKey(name, password).getEncoded()));
  }

  private void write(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    file.toFile().deleteOnExit();
    folder.resolve("store").toFile().deleteOnExit();
  }

  private static String pem(String label, byte[] content) {
    String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, encoded, label);
  }
}
