package dev.aeon.spoke.cli;

import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.model.SpokeException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which registry to talk to: the option, else {@code $SPOKE_REGISTRY}, else the project's {@code
 * spoke.yaml}, else the user's settings, else this machine's.
 */
final class RegistryOption {
  private static final String DEFAULT = "http://localhost:8080";

  @Option(
      names = {"-registry", "--registry"},
      paramLabel = "URL",
      description =
          "the registry (default: $SPOKE_REGISTRY, spoke.yaml, the user's settings, "
              + DEFAULT
              + ")")
  private @Nullable String registry;

  @Option(
      names = {"-token", "--token"},
      description = "what to identify with (default: $SPOKE_TOKEN, what 'spoke login' kept)")
  private @Nullable String token;

  @Option(
      names = {"-ca-cert", "--ca-cert"},
      paramLabel = "FILE",
      description =
          "whose certificates to trust, in PEM (default: $SPOKE_CA_CERT, else whom Java trusts)")
  private @Nullable String certificates;

  /** A client of the registry, which the caller closes. */
  SpokeClient connect() {
    return connect(token(url()));
  }

  /** A client that identifies itself otherwise than configured. */
  SpokeClient connect(Optional<String> otherToken) {
    String url = url();
    try {
      return new SpokeClient(URI.create(url), otherToken, certificates());
    } catch (IllegalArgumentException e) {
      throw new SpokeException(SpokeException.Code.INVALID_REQUEST, "no URI, registry=" + url, e);
    }
  }

  private Optional<Path> certificates() {
    return given(certificates).or(() -> given(System.getenv("SPOKE_CA_CERT"))).map(Path::of);
  }

  /** The registry's URL without a slash at its end. */
  String url() {
    String url =
        given(registry)
            .or(() -> given(System.getenv("SPOKE_REGISTRY")))
            .or(() -> ProjectFile.find().registry())
            .or(() -> UserConfig.ofThisUser().setting(UserConfig.REGISTRY))
            .orElse(DEFAULT);
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private Optional<String> token(String url) {
    return given(token)
        .or(() -> given(System.getenv("SPOKE_TOKEN")))
        .or(() -> UserConfig.ofThisUser().token(url));
  }

  /** The token on the command line alone. */
  Optional<String> givenToken() {
    return given(token);
  }

  private static Optional<String> given(@Nullable String value) {
    return Optional.ofNullable(value).filter(text -> !text.isEmpty());
  }
}
