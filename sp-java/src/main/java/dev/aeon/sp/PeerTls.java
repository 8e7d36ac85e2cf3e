package dev.aeon.sp;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What TLS negotiated with a peer, and what it showed.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite by its IANA name
 * @param isVerified whether the peer showed a certificate that a trusted one vouches for
 * @param commonName of the peer's certificate
 * @param alternativeNames DNS names and IP addresses of the peer's certificate
 * @param certificate the peer's own
 */
public record PeerTls(
    String protocol,
    String cipherSuite,
    boolean isVerified,
    Optional<String> commonName,
    List<String> alternativeNames,
    Optional<X509Certificate> certificate) {}
