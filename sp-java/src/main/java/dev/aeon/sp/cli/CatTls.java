package dev.aeon.sp.cli;

import dev.aeon.sp.SpOptions;
import dev.aeon.sp.SpSocket;
import dev.aeon.sp.TlsConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** nngcat's options of TLS. */
final class CatTls {
  private final Console console;
  private boolean insecure;
  private @Nullable Path authorities;
  private @Nullable Path certificate;
  private @Nullable Path key;

  CatTls(Console console) {
    this.console = console;
  }

  @Option(names = {"--insecure", "-k"})
  void insecure(boolean on) {
    insecure = true;
  }

  @Option(names = "--cacert")
  void authorities(String path) {
    refuse(authorities, "CA Certificate (--cacert) may be specified only once.");
    authorities = readable(path);
  }

  @Option(names = {"--cert", "-E"})
  void certificate(String path) {
    refuse(certificate, "Cert (--cert) may be specified only once.");
    certificate = readable(path);
  }

  @Option(names = "--key")
  void key(String path) {
    refuse(key, "Key (--key) may be specified only once.");
    key = readable(path);
  }

  void configure(SpSocket socket) {
    if (insecure || authorities != null || certificate != null) {
      socket.set(SpOptions.TLS, config());
    }
  }

  private TlsConfig config() {
    TlsConfig.Builder builder = TlsConfig.builder();
    if (insecure) {
      builder.authMode(TlsConfig.AuthMode.NONE);
    }
    if (certificate != null) {
      builder.identity(certificate, key == null ? certificate : key);
    }
    if (authorities != null) {
      builder.trust(authorities);
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new FatalException("Unable to configure TLS: " + e.getMessage());
    }
  }

  private Path readable(String path) {
    CatFiles.read(path, console);
    return Path.of(path);
  }

  private static void refuse(@Nullable Path before, String why) {
    if (before != null) {
      throw new FatalException(why);
    }
  }
}
