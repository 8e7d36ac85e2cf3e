package dev.aeon.spoke.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aeon.spoke.model.ModuleName;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** Answers that never change, by path; so many bytes of them, those asked for most. Thread-safe. */
final class AnswerCache {
  private static final int OVERHEAD_BYTES = 500;

  private final Cache<String, Entry> entries;

  /** An answer, and whose module it tells of: who asks must be allowed to read that. */
  record Entry(Endpoint endpoint, ModuleName module, Answer answer) {}

  AnswerCache(long maxBytes) {
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .<String, Entry>weigher((_, entry) -> entry.answer().body().length + OVERHEAD_BYTES)
            .build();
  }

  Optional<Entry> find(String rawPath, ServerRequest request) {
    return isCandidate(request)
        ? Optional.ofNullable(entries.getIfPresent(rawPath))
        : Optional.empty();
  }

  void keep(String rawPath, ServerRequest request, Entry entry) {
    boolean isKept =
        entry.answer().isImmutable()
            && entry.answer().status().code() == Status.OK_200.code()
            && isCandidate(request);
    if (isKept) {
      entries.put(rawPath, entry);
    }
  }

  private static boolean isCandidate(ServerRequest request) {
    Method method = request.prologue().method();
    return (method.equals(Method.GET) || method.equals(Method.HEAD))
        && !request.prologue().hasQuery();
  }
}
