package dev.aeon.spoke.http;

import dev.aeon.spoke.model.SpokeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Certificates and keys as files hold them. */
final class PemFiles {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private PemFiles() {}

  /**
   * What a server encrypts with.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where a file cannot be read or is no PEM
   */
  static SSLContext sslContext(SpokeServerConfig.TlsFiles files) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", key(files.privateKey()), new char[0], chain(files.certificates()));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "cannot use the certificate or its key, certificates="
              + files.certificates()
              + " privateKey="
              + files.privateKey()
              + " cause="
              + e.getMessage(),
          e);
    }
  }

  private static Certificate[] chain(Path file) throws IOException, GeneralSecurityException {
    byte[] bytes = Files.readAllBytes(file);
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(bytes))
        .toArray(Certificate[]::new);
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    Matcher matcher = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!matcher.find()) {
      throw new InvalidKeySpecException("there is no PKCS #8 private key in " + file);
    }
    PKCS8EncodedKeySpec spec =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
    return ALGORITHMS.stream()
        .flatMap(algorithm -> key(algorithm, spec).stream())
        .findFirst()
        .orElseThrow(() -> new InvalidKeySpecException("the key is none of " + ALGORITHMS));
  }

  private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }
}
