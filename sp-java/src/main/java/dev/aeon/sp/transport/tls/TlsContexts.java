package dev.aeon.sp.transport.tls;

import dev.aeon.sp.transport.TlsSettings.AuthMode;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes JSSE's contexts. */
public final class TlsContexts {
  private TlsContexts() {}

  /**
   * A context of its own.
   *
   * @param keys what to show; null for nothing
   * @param mode what is asked of peers
   * @param trusted whom to trust; null for whom the platform trusts
   */
  public static SSLContext context(
      KeyManager @Nullable [] keys, @Nullable KeyStore trusted, AuthMode mode) {
    try {
      X509ExtendedTrustManager judge = judge(trusted);
      TrustManager trust = mode == AuthMode.REQUIRED ? judge : new LenientTrust(judge, mode);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static X509ExtendedTrustManager judge(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    for (TrustManager each : factory.getTrustManagers()) {
      if (each instanceof X509ExtendedTrustManager judge) {
        return judge;
      }
    }
    throw new GeneralSecurityException("platform has no trust manager for X.509");
  }
}
