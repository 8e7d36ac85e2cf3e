package dev.aeon.sp.transport.tls;

import dev.aeon.sp.transport.TlsSettings;
import dev.aeon.sp.transport.TlsSettings.AuthMode;
import dev.aeon.sp.transport.Transport.Direction;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportSettings;
import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.PipeContext;
import dev.aeon.sp.transport.tcp.TcpAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Puts TLS over connections. */
public final class TlsLayer {
  private TlsLayer() {}

  /** The platform's trust, read when first needed. */
  private static final class Platform {
    static final TlsSettings SETTINGS =
        new TlsSettings(TlsContexts.context(null, null, AuthMode.REQUIRED), false, null, null);
  }

  /**
   * Refuses to listen without a certificate.
   *
   * @throws TransportException if the settings have none
   */
  public static void checkSettings(TransportSettings settings, Direction direction) {
    TlsSettings tls = settings.tls();
    if (direction == Direction.LISTEN && (tls == null || !tls.hasIdentity())) {
      throw new TransportException(
          TransportException.Kind.SYSTEM, "a listener with TLS needs a certificate and its key");
    }
  }

  /** The ciphered stream over {@code connection}, whose ownership passes. */
  public static ByteStream over(ByteStream connection, PipeContext context, TcpAddress address) {
    @Nullable TlsSettings configured = context.host().settings().tls();
    TlsSettings settings = configured != null ? configured : Platform.SETTINGS;
    SSLEngine engine = context.isDialer() ? dialing(settings, address) : accepting(settings);
    return new TlsStream(connection, engine, context);
  }

  private static SSLEngine dialing(TlsSettings settings, TcpAddress address) {
    String name = Objects.requireNonNullElse(settings.serverName(), address.host());
    SSLEngine engine = settings.context().createSSLEngine(name, address.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    if (settings.authModeOf(Direction.DIAL) != AuthMode.NONE) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (!isNumber(name)) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  private static boolean isNumber(String host) {
    try {
      var _ = InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static SSLEngine accepting(TlsSettings settings) {
    SSLEngine engine = settings.context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    switch (settings.authModeOf(Direction.LISTEN)) {
      case NONE -> parameters.setNeedClientAuth(false);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case REQUIRED -> parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }
}
