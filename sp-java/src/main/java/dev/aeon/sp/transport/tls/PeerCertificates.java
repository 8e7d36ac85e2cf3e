package dev.aeon.sp.transport.tls;

import dev.aeon.sp.transport.TlsProperties;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** What a session's peer showed. */
final class PeerCertificates {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private PeerCertificates() {}

  static TlsProperties properties(SSLSession session) {
    X509Certificate certificate = certificateOf(session);
    return new TlsProperties(
        session.getProtocol(),
        session.getCipherSuite(),
        certificate != null && !LenientTrust.isDistrusted(session),
        certificate == null ? null : commonName(certificate),
        certificate == null ? List.of() : alternativeNames(certificate),
        certificate);
  }

  private static @Nullable X509Certificate certificateOf(SSLSession session) {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return chain.length > 0 && chain[0] instanceof X509Certificate first ? first : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  private static @Nullable String commonName(X509Certificate certificate) {
    try {
      String subject = certificate.getSubjectX500Principal().getName();
      return new LdapName(subject)
          .getRdns().stream()
              .filter(each -> each.getType().equalsIgnoreCase("CN"))
              .map(Rdn::getValue)
              .map(Object::toString)
              .findFirst()
              .orElse(null);
    } catch (InvalidNameException e) {
      return null;
    }
  }

  private static List<String> alternativeNames(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream()
              .filter(each -> each.get(0).equals(DNS_NAME) || each.get(0).equals(IP_ADDRESS))
              .map(each -> String.valueOf(each.get(1)))
              .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }
}
