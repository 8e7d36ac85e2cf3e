package dev.aeon.spoke.http;

import dev.aeon.spoke.access.AccessControl;
import dev.aeon.spoke.access.AuditLog;
import dev.aeon.spoke.access.Caller;
import dev.aeon.spoke.access.RateLimiter;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** Lets requests in: who asks, how often they may, and what is written down afterwards. */
record Gate(AccessControl access, RateLimiter limiter, AuditLog audit, MemoryBudget memory) {
  /** A push holds its files, what they compile to, and both once more on their way to the disk. */
  private static final int BYTES_PER_BODY_BYTE = 4;

  /** Who asks; refused where the token is unknown or the rate limit is reached. */
  Caller admit(ServerRequest request) {
    ServerRequestHeaders headers = request.headers();
    Optional<String> authorization =
        headers.contains(HeaderNames.AUTHORIZATION)
            ? Optional.of(headers.get(HeaderNames.AUTHORIZATION).get())
            : Optional.empty();
    Caller caller = access.identify(authorization);
    limiter.take(authorization.isPresent() ? caller.name() : request.remotePeer().host());
    return caller;
  }

  /** Waits until there is memory for a request's body and what comes of it. */
  MemoryBudget.Share room(ServerRequest request) {
    long byteSize =
        request.content().hasEntity()
            ? request.headers().contentLength().orElse(Call.MAX_BODY_BYTES)
            : 0;
    return memory.take(Math.min(byteSize, Call.MAX_BODY_BYTES) * BYTES_PER_BODY_BYTE);
  }

  /** Writes down what was asked to be changed, and what became of it. */
  void record(Optional<Caller> caller, ServerRequest request, int status) {
    Method method = request.prologue().method();
    if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) {
      audit.write(
          caller.map(Caller::name).orElse("unknown"),
          request.remotePeer().host(),
          method.text(),
          request.prologue().uriPath().rawPath(),
          status);
    }
  }
}
