package dev.aeon.sp;

import dev.aeon.sp.transport.TlsSettings;
import dev.aeon.sp.transport.tls.Pem;
import dev.aeon.sp.transport.tls.TlsContexts;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Keys, trust and rules of TLS, for {@code tls+tcp} and {@code wss}. Immutable; TLS 1.2 or newer.
 *
 * <p>By default a dialer requires a good certificate that names the host it dialed, and a listener
 * asks for none.
 */
public final class TlsConfig {
  /** What is asked of a peer's certificate. */
  public enum AuthMode {
    /** Nothing: no certificate is asked for, and one shown is not looked at. */
    NONE,
    /** A certificate may be missing or wrong; the peer's properties tell. */
    OPTIONAL,
    /** Only who shows a good certificate is talked with. */
    REQUIRED
  }

  private static final TlsConfig PLATFORM = builder().build();

  private final @Nullable TlsSettings settings;

  private TlsConfig(@Nullable TlsSettings settings) {
    this.settings = settings;
  }

  /** The platform's trust and no certificate of its own: enough to dial public servers. */
  public static TlsConfig platform() {
    return PLATFORM;
  }

  public static Builder builder() {
    return new Builder();
  }

  @Nullable TlsSettings settings() {
    return settings;
  }

  /** Collects what a {@link TlsConfig} is made of. Not thread-safe. */
  public static final class Builder {
    private @Nullable Path certificates;
    private @Nullable Path key;
    private @Nullable Path trusted;
    private @Nullable SSLContext context;
    private @Nullable AuthMode authMode;
    private @Nullable String serverName;

    private Builder() {}

    /**
     * Shows a certificate to peers.
     *
     * @param certificates PEM file: the own one first, then those that vouch for it
     * @param key PEM file: its private key, unencrypted, as PKCS #8 or PKCS #1
     */
    public Builder identity(Path certificates, Path key) {
      this.certificates = certificates;
      this.key = key;
      return this;
    }

    /** Trusts only those that the certificates of a PEM file vouch for. */
    public Builder trust(Path certificates) {
      this.trusted = certificates;
      return this;
    }

    /**
     * Takes keys and trust from a context that the application made. It judges peers itself, so
     * {@link AuthMode#NONE} and {@link AuthMode#OPTIONAL} are as lenient as it is.
     */
    public Builder context(SSLContext custom) {
      this.context = custom;
      return this;
    }

    /** What is asked of peers. Default: dialers require, listeners ask nothing. */
    public Builder authMode(AuthMode mode) {
      this.authMode = mode;
      return this;
    }

    /** The name that a dialer expects the server to show, where it is not the host of the URL. */
    public Builder serverName(String name) {
      this.serverName = name;
      return this;
    }

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException if one cannot be read, or does not hold what it should
     */
    public TlsConfig build() {
      if (isPlain()) {
        return new TlsConfig(null);
      }
      return new TlsConfig(settings(context == null ? made() : context));
    }

    private boolean isPlain() {
      return context == null
          && certificates == null
          && trusted == null
          && authMode == null
          && serverName == null;
    }

    private TlsSettings settings(SSLContext made) {
      boolean hasIdentity = context != null || certificates != null;
      return new TlsSettings(made, hasIdentity, transportMode(), serverName);
    }

    private SSLContext made() {
      KeyManager[] keys =
          certificates == null || key == null ? null : Pem.identity(certificates, key);
      KeyStore trust = trusted == null ? null : Pem.trusted(trusted);
      TlsSettings.AuthMode mode = transportMode();
      return TlsContexts.context(keys, trust, mode == null ? TlsSettings.AuthMode.REQUIRED : mode);
    }

    private TlsSettings.@Nullable AuthMode transportMode() {
      return authMode == null ? null : TlsSettings.AuthMode.valueOf(authMode.name());
    }
  }
}
