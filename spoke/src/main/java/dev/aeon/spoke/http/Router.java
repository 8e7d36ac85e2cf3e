package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Caller;
import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request's way: who asks and how often, which endpoint, may they, its answer or its failure,
 * what is written down of it.
 */
final class Router {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  /** A module's name may hold slashes, so that one path may be of several endpoints. */
  private static final Comparator<Endpoint> MOST_SPECIFIC_FIRST =
      Comparator.comparingInt((Endpoint endpoint) -> endpoint.path().literalLength()).reversed();

  private final List<Endpoint> endpoints;
  private final Gate gate;
  private final AnswerCache cache;
  private final RequestMetrics metrics;
  private final RequestSpans spans;

  Router(
      List<Endpoint> endpoints,
      Gate gate,
      AnswerCache cache,
      RequestMetrics metrics,
      RequestSpans spans) {
    this.endpoints = endpoints.stream().sorted(MOST_SPECIFIC_FIRST).toList();
    this.gate = gate;
    this.cache = cache;
    this.metrics = metrics;
    this.spans = spans;
  }

  void handle(ServerRequest request, ServerResponse response) {
    long start = System.nanoTime();
    Trace trace = new Trace(request);
    Answer answer = spans.answer(trace, this::answer);
    try {
      gate.record(trace.caller(), request, answer.status().code());
      metrics.record(trace.endpoint(), answer.status().code(), System.nanoTime() - start);
      AnswerWriter.send(answer, request, response);
    } finally {
      answer.streamed().ifPresent(each -> each.release().run());
    }
  }

  private Answer answer(Trace trace) {
    try {
      return dispatch(trace);
    } catch (SpokeException e) {
      return decorated(Problems.of(e), e.code());
    } catch (HttpException e) {
      return Problems.of(e);
    } catch (RuntimeException e) {
      LOG.error("request failed", e);
      return Problems.of(
          new SpokeException(
              SpokeException.Code.INTERNAL, "the request failed; see the server log"));
    }
  }

  private static Answer decorated(Answer problem, SpokeException.Code code) {
    return switch (code) {
      case UNAUTHENTICATED -> problem.withHeader("WWW-Authenticate", "Bearer");
      case TOO_MANY_REQUESTS -> problem.withHeader("Retry-After", "1");
      default -> problem;
    };
  }

  private Answer dispatch(Trace trace) {
    ServerRequest request = trace.request();
    Caller caller = gate.admit(request);
    trace.callerIs(caller);
    String rawPath = request.prologue().uriPath().rawPath();
    Optional<AnswerCache.Entry> kept = cache.find(rawPath, request);
    if (kept.isPresent()) {
      trace.endpointIs(kept.get().endpoint());
      caller.require(Role.READ, kept.get().module());
      return kept.get().answer();
    }
    return callEndpoint(trace, caller, rawPath);
  }

  private Answer callEndpoint(Trace trace, Caller caller, String rawPath) {
    Method asked = trace.request().prologue().method();
    Method method = asked.equals(Method.HEAD) ? Method.GET : asked;
    Set<String> otherMethods = new TreeSet<>();
    for (Endpoint endpoint : endpoints) {
      Optional<Map<String, String>> parameters = endpoint.path().match(rawPath);
      if (parameters.isPresent() && endpoint.method().equals(method)) {
        trace.endpointIs(endpoint);
        Call call = new Call(trace.request(), parameters.get(), caller);
        try (MemoryBudget.Share _ = gate.room(trace.request())) {
          return call(endpoint, call, rawPath);
        }
      }
      parameters.ifPresent(_ -> otherMethods.add(endpoint.method().text()));
    }
    return refusal(otherMethods);
  }

  private Answer call(Endpoint endpoint, Call call, String rawPath) {
    if (!call.parameters().containsKey("name")) {
      call.caller().require(endpoint.role());
      return endpoint.handler().handle(call);
    }
    ModuleName module = call.module();
    call.caller().require(endpoint.role(), module);
    Answer answer = endpoint.handler().handle(call);
    cache.keep(rawPath, call.request(), new AnswerCache.Entry(endpoint, module, answer));
    return answer;
  }

  private static Answer refusal(Set<String> otherMethods) {
    if (otherMethods.isEmpty()) {
      return Problems.of(
          new SpokeException(SpokeException.Code.NOT_FOUND, "there is nothing at this path"));
    }
    return Problems.of(
            Status.METHOD_NOT_ALLOWED_405,
            SpokeException.Code.INVALID_REQUEST,
            "this path knows other methods")
        .withHeader(HeaderNames.ALLOW.defaultCase(), String.join(", ", otherMethods));
  }
}
