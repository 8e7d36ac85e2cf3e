package dev.aeon.sp.transport;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How TLS connections are made. Immutable.
 *
 * @param context keys and trust
 * @param hasIdentity whether the context may have a certificate to show
 * @param authMode what is asked of peers' certificates; null for what is usual for the side
 * @param serverName whom a dialer expects, for SNI and the certificate's name; null for the host of
 *     the address
 */
public record TlsSettings(
    SSLContext context,
    boolean hasIdentity,
    @Nullable AuthMode authMode,
    @Nullable String serverName) {
  /** What is asked of a peer's certificate. */
  public enum AuthMode {
    /** Nothing: no certificate is asked for, and one shown is not looked at. */
    NONE,
    /** A certificate may be missing or wrong; the peer's properties tell. */
    OPTIONAL,
    /** Only who shows a good certificate is talked with. */
    REQUIRED
  }

  /** What is asked of the peer: dialers require a good certificate, listeners ask for none. */
  public AuthMode authModeOf(Transport.Direction side) {
    AuthMode usual = side == Transport.Direction.DIAL ? AuthMode.REQUIRED : AuthMode.NONE;
    return authMode == null ? usual : authMode;
  }
}
