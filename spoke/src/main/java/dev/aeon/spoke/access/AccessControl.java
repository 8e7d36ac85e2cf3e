package dev.aeon.spoke.access;

import dev.aeon.spoke.model.SpokeException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells who a caller is by the token they bring. Thread-safe; takes up changed tokens in a second.
 */
public final class AccessControl {
  private static final long LOOK_AGAIN_MILLIS = 1_000;

  private final TokenFile file;
  private final Caller anonymous;
  private final InstantSource clock;
  private volatile Known known = new Known(Map.of(), -1, 0);

  private record Known(Map<String, Token> byDigest, long modifiedMillis, long lookedAtMillis) {}

  /**
   * Over a file of tokens.
   *
   * @param anonymousRole what those may do who bring no token
   */
  public AccessControl(TokenFile file, Role anonymousRole, InstantSource clock) {
    this.file = file;
    this.anonymous = Caller.anonymous(anonymousRole);
    this.clock = clock;
    look(clock.millis());
  }

  /**
   * Who brings a token.
   *
   * @param authorization the value of the header; empty where there is none
   * @throws SpokeException {@code UNAUTHENTICATED} where the token is unknown or has expired
   */
  public Caller identify(Optional<String> authorization) {
    if (authorization.isEmpty()) {
      return anonymous;
    }
    String header = authorization.get();
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw refused("authorization is by a bearer token");
    }
    lookAgain();
    Token token = known.byDigest.get(TokenFile.digest(header.substring(7).strip()));
    if (token == null || !token.isValidAt(clock.instant())) {
      throw refused("the token is unknown or has expired");
    }
    return token.toCaller();
  }

  private static SpokeException refused(String why) {
    return new SpokeException(SpokeException.Code.UNAUTHENTICATED, why);
  }

  private void lookAgain() {
    long now = clock.millis();
    if (now - known.lookedAtMillis >= LOOK_AGAIN_MILLIS) {
      look(now);
    }
  }

  private synchronized void look(long nowMillis) {
    long modified = file.modifiedMillis();
    Map<String, Token> tokens =
        modified == known.modifiedMillis
            ? known.byDigest
            : file.read().stream().collect(Collectors.toMap(Token::sha256, Function.identity()));
    known = new Known(tokens, modified, nowMillis);
  }
}
