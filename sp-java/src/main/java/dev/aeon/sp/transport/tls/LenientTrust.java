package dev.aeon.sp.transport.tls;

import dev.aeon.sp.transport.TlsSettings.AuthMode;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every certificate pass: one that another judge distrusts is only noted in its session. Where
 * nothing is asked of peers, nobody judges, and all count as distrusted. Thread-safe.
 */
final class LenientTrust extends X509ExtendedTrustManager {
  private static final String DISTRUSTED = "dev.aeon.sp.distrusted";

  private final X509ExtendedTrustManager judge;
  private final AuthMode mode;

  LenientTrust(X509ExtendedTrustManager judge, AuthMode mode) {
    this.judge = judge;
    this.mode = mode;
  }

  static boolean isDistrusted(SSLSession session) {
    return session.getValue(DISTRUSTED) != null;
  }

  /** One judgement. */
  private interface Judgement {
    void pass() throws CertificateException;
  }

  private void note(SSLEngine engine, Judgement judgement) {
    boolean trusted = mode != AuthMode.NONE;
    try {
      if (trusted) {
        judgement.pass();
      }
    } catch (CertificateException e) {
      trusted = false;
    }
    if (!trusted) {
      engine.getHandshakeSession().putValue(DISTRUSTED, true);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    note(engine, () -> judge.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    note(engine, () -> judge.checkClientTrusted(chain, authType, engine));
  }

  // Connections without an engine are not ours: they are judged as ever.

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    judge.checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    judge.checkServerTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }
}
