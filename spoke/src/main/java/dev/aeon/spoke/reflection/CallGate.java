package dev.aeon.spoke.reflection;

import dev.aeon.spoke.access.AccessControl;
import dev.aeon.spoke.access.Caller;
import dev.aeon.spoke.access.RateLimiter;
import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.model.SpokeException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Lets calls in as HTTP requests are: who asks, how often they may, whether they may read this. */
final class CallGate implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final AccessControl access;
  private final RateLimiter limiter;

  CallGate(AccessControl access, RateLimiter limiter) {
    this.access = access;
    this.limiter = limiter;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata head, ServerCallHandler<Q, A> next) {
    try {
      WantedVersion wanted = admitted(call, head);
      return Contexts.interceptCall(
          Context.current().withValue(WantedVersion.KEY, wanted), call, head, next);
    } catch (SpokeException e) {
      call.close(Statuses.of(e), new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }

  private WantedVersion admitted(ServerCall<?, ?> call, Metadata head) {
    Optional<String> authorization = Optional.ofNullable(head.get(AUTHORIZATION));
    Caller caller = access.identify(authorization);
    limiter.take(authorization.isPresent() ? caller.name() : address(call));
    WantedVersion wanted = WantedVersion.of(head);
    caller.require(Role.READ, wanted.module());
    return wanted;
  }

  private static String address(ServerCall<?, ?> call) {
    return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR) instanceof InetSocketAddress at
        ? at.getHostString()
        : "unknown";
  }
}
