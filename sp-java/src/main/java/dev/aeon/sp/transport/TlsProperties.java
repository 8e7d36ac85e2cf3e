package dev.aeon.sp.transport;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What TLS negotiated and what the peer showed.
 *
 * @param protocol such as {@code TLSv1.3}
 * @param cipherSuite by its IANA name
 * @param isVerified whether the peer showed a certificate that a trusted one vouches for
 * @param commonName of the peer's certificate; null where it showed none or it has none
 * @param alternativeNames DNS names and IP addresses of the peer's certificate
 * @param certificate the peer's own; null where it showed none
 */
public record TlsProperties(
    String protocol,
    String cipherSuite,
    boolean isVerified,
    @Nullable String commonName,
    List<String> alternativeNames,
    @Nullable X509Certificate certificate) {}
