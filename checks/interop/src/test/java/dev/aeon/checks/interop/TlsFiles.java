package dev.aeon.checks.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for 127.0.0.1 and localhost that vouches for itself; made once by the JDK's
 * keytool.
 *
 * @param certificate PEM file
 * @param identity PEM file with the certificate and its key
 */
record TlsFiles(Path certificate, Path identity) {
  static final String SERVER_NAME = "localhost";
  private static final String PASSWORD = "password";
  private static final String ALIAS = "server";

  private static final class Holder {
    static final TlsFiles MADE = make();
  }

  static TlsFiles get() {
    return Holder.MADE;
  }

  private static TlsFiles make() {
    try {
      Path folder = Files.createTempDirectory("aeon-interop-tls");
      Path store = folder.resolve("store");
      keytool(store);
      TlsFiles made = new TlsFiles(folder.resolve("crt.pem"), folder.resolve("identity.pem"));
      made.export(store);
      for (Path each : List.of(folder, store, made.certificate, made.identity)) {
        each.toFile().deleteOnExit();
      }
      return made;
    } catch (IOException | InterruptedException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options =
        "-genkeypair -keyalg RSA -keysize 2048 -dname CN=localhost -validity 2 -ext bc:c"
            + " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12";
    ProcessBuilder command = new ProcessBuilder(tool).redirectErrorStream(true);
    command.command().addAll(List.of(options.split(" ")));
    command.command().addAll(List.of("-alias", ALIAS, "-keystore", store.toString()));
    command.command().addAll(List.of("-storepass", PASSWORD));
    Process process = command.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }

  private void export(Path store) throws IOException, GeneralSecurityException {
    char[] password = PASSWORD.toCharArray();
    KeyStore keys = KeyStore.getInstance(store.toFile(), password);
    String shown = pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
    String secret = pem("PRIVATE KEY", keys.getKey(ALIAS, password).getEncoded());
    Files.writeString(certificate, shown);
    Files.writeString(identity, shown + secret);
  }

  private static String pem(String label, byte[] content) {
    String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, encoded, label);
  }
}
