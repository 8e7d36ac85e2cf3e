package dev.aeon.sp.transport.tls;

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
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Certificates and keys in PEM files (RFC 7468). Failures name the file. */
public final class Pem {
  private static final long MAX_BYTE_SIZE = 1 << 20;
  private static final char[] NO_PASSWORD = new char[0];
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([^-]*)-----END (RSA )?PRIVATE KEY-----");

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----");

  private Pem() {}

  /**
   * A certificate, those that vouch for it, and its key.
   *
   * @throws IllegalArgumentException if a file cannot be read or does not hold what it should
   */
  public static KeyManager[] identity(Path certificates, Path key) {
    try {
      KeyStore store = emptyStore();
      Certificate[] chain = certificates(certificates).toArray(Certificate[]::new);
      store.setKeyEntry("identity", privateKey(key), NO_PASSWORD, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw unusable("certificate and key do not go together", key, e);
    }
  }

  /**
   * Certificates to trust.
   *
   * @throws IllegalArgumentException if the file cannot be read or holds none
   */
  public static KeyStore trusted(Path file) {
    try {
      KeyStore store = emptyStore();
      for (Certificate each : certificates(file)) {
        store.setCertificateEntry("trusted-" + store.size(), each);
      }
      return store;
    } catch (GeneralSecurityException e) {
      throw unusable("certificates cannot be trusted", file, e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file) {
    try {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(certificateBlocks(read(file))));
      if (found.isEmpty()) {
        throw new IllegalArgumentException("file holds no certificate: file=" + file);
      }
      return found;
    } catch (CertificateException e) {
      throw unusable("file holds a malformed certificate", file, e);
    }
  }

  /** The certificates of a PEM file that may hold a key as well; what is not PEM as it is. */
  private static byte[] certificateBlocks(byte[] content) {
    Matcher block = CERTIFICATE.matcher(new String(content, StandardCharsets.US_ASCII));
    String blocks = block.results().map(MatchResult::group).collect(Collectors.joining("\n"));
    return blocks.isEmpty() ? content : blocks.getBytes(StandardCharsets.US_ASCII);
  }

  static PrivateKey privateKey(Path file) {
    Matcher key = KEY.matcher(new String(read(file), StandardCharsets.US_ASCII));
    if (!key.find()) {
      throw new IllegalArgumentException(
          "file holds no unencrypted private key (PKCS #8 or PKCS #1): file=" + file);
    }
    try {
      byte[] encoded = Base64.getMimeDecoder().decode(key.group(2));
      return decode(key.group(1) == null ? encoded : Pkcs1.toPkcs8(encoded), file);
    } catch (IllegalArgumentException e) {
      throw unusable("private key is malformed", file, e);
    }
  }

  private static PrivateKey decode(byte[] pkcs8, Path file) {
    IllegalArgumentException failure =
        new IllegalArgumentException(
            "private key is of no known algorithm: known=%s file=%s"
                .formatted(KEY_ALGORITHMS, file));
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        failure.addSuppressed(e);
      }
    }
    throw failure;
  }

  private static byte[] read(Path file) {
    try {
      if (Files.size(file) > MAX_BYTE_SIZE) {
        throw new IllegalArgumentException("file is larger than 1 MiB: file=" + file);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unusable("file cannot be read", file, e);
    }
  }

  private static IllegalArgumentException unusable(String violation, Path file, Exception cause) {
    return new IllegalArgumentException(violation + ": file=" + file, cause);
  }
}
