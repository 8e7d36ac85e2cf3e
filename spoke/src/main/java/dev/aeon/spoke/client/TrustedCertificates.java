package dev.aeon.spoke.client;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** The certificates in a PEM file, trusted in place of those that Java trusts. */
final class TrustedCertificates {
  private static final int MAX_BYTES = 1 << 20;

  private TrustedCertificates() {}

  /**
   * What encrypts connections to those who show one of a file's certificates, or one signed by it.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where the file cannot be read, is larger than a
   *     MiB or holds no certificate
   */
  static SSLSocketFactory of(Path file) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store(file));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "cannot use the certificates, file=" + file + " cause=" + e.getMessage(),
          e);
    }
  }

  private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : read(file)) {
      store.setCertificateEntry("trusted" + number++, certificate);
    }
    if (number == 0) {
      throw new CertificateException("there is none");
    }
    return store;
  }

  private static Collection<? extends Certificate> read(Path file)
      throws IOException, CertificateException {
    if (Files.size(file) > MAX_BYTES) {
      throw new CertificateException("larger than " + MAX_BYTES + " bytes");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }
}
