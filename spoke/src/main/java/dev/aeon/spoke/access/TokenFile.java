package dev.aeon.spoke.access;

import dev.aeon.spoke.model.SchemaDigest;
import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The tokens of a registry, in a file that its owner alone can read. */
public final class TokenFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path file;

  /** What the file holds. */
  private record Tokens(List<Token> tokens) {
    Tokens {
      Objects.requireNonNull(tokens, "tokens");
    }
  }

  public TokenFile(Path file) {
    this.file = file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** When it was last written, in milliseconds; 0 where it is not there. */
  long modifiedMillis() {
    try {
      return exists() ? Files.getLastModifiedTime(file).toMillis() : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * All tokens.
   *
   * @throws SpokeException {@code INTERNAL} where the file cannot be read
   */
  public List<Token> read() {
    try {
      return exists()
          ? MAPPER.readValue(Files.readAllBytes(file), Tokens.class).tokens()
          : List.of();
    } catch (IOException | JacksonException e) {
      throw failure("cannot read tokens", e);
    }
  }

  /**
   * Adds a token.
   *
   * @param lifetime null for one that does not expire
   * @return its secret, which is kept nowhere
   * @throws SpokeException {@code CONFLICT} where there is one of that name
   */
  public String create(String name, List<Grant> grants, Instant now, @Nullable Duration lifetime) {
    List<Token> tokens = new ArrayList<>(read());
    if (tokens.stream().anyMatch(token -> token.name().equals(name))) {
      throw new SpokeException(
          SpokeException.Code.CONFLICT, "there is a token of that name, name=" + name);
    }
    String secret = Token.newSecret();
    String expiresAt = lifetime == null ? null : now.plus(lifetime).toString();
    tokens.add(new Token(name, digest(secret), grants, now.toString(), expiresAt));
    write(tokens);
    return secret;
  }

  /**
   * Removes a token.
   *
   * @throws SpokeException {@code NOT_FOUND} where there is none of that name
   */
  public void revoke(String name) {
    List<Token> tokens = new ArrayList<>(read());
    if (!tokens.removeIf(token -> token.name().equals(name))) {
      throw new SpokeException(
          SpokeException.Code.NOT_FOUND, "there is no token of that name, name=" + name);
    }
    write(tokens);
  }

  static String digest(String secret) {
    return SchemaDigest.ofBytes(secret.getBytes(StandardCharsets.UTF_8)).value();
  }

  private void write(List<Token> tokens) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      Path prepared =
          Files.createTempFile(
              folder,
              "tokens",
              ".json",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(prepared, MAPPER.writeValueAsBytes(new Tokens(tokens)));
      Files.move(prepared, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure("cannot write tokens", e);
    }
  }

  private SpokeException failure(String what, Exception e) {
    return new SpokeException(
        SpokeException.Code.INTERNAL, what + ", file=" + file + " cause=" + e.getMessage(), e);
  }
}
