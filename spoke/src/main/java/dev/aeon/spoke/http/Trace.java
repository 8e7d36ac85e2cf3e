package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Caller;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is found out about a request on its way. Confined to its thread. */
final class Trace {
  private final ServerRequest request;
  private @Nullable Caller caller;
  private @Nullable Endpoint endpoint;

  Trace(ServerRequest request) {
    this.request = request;
  }

  ServerRequest request() {
    return request;
  }

  void callerIs(Caller found) {
    this.caller = found;
  }

  void endpointIs(Endpoint found) {
    this.endpoint = found;
  }

  Optional<Caller> caller() {
    return Optional.ofNullable(caller);
  }

  Optional<Endpoint> endpoint() {
    return Optional.ofNullable(endpoint);
  }
}
