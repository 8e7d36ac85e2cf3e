package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.ChangeList;
import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.registry.ChangeFeed;
import java.time.Duration;
import java.util.List;

/** Publications as they come, by long poll. */
final class ChangeEndpoints {
  private static final int MAX_WAIT_SECONDS = 60;

  private final ChangeFeed feed;

  ChangeEndpoints(ChangeFeed feed) {
    this.feed = feed;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get(
                "/changes",
                "Publications after a sequence; waits up to `wait` seconds for the first",
                ChangeList.class,
                this::changes)
            .withQueries("after", "limit", "wait"));
  }

  private Answer changes(Call call) {
    long after = call.number("after", 0, 0, Long.MAX_VALUE);
    Duration wait = Duration.ofSeconds(call.number("wait", 0, 0, MAX_WAIT_SECONDS));
    List<Change> changes = feed.after(after, call.limit(), wait);
    List<ChangeList.Entry> entries =
        changes.stream()
            .filter(change -> call.caller().may(Role.READ, change.module()))
            .map(ChangeList.Entry::of)
            .toList();
    long next = changes.isEmpty() ? after : changes.getLast().sequence();
    return Answer.json(new ChangeList(entries, next));
  }
}
