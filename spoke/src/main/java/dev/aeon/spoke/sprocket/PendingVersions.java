package dev.aeon.spoke.sprocket;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** New versions that wait until their module has been quiet for a while. Confined to a thread. */
final class PendingVersions {
  private final Duration delay;
  private final Map<ModuleName, Waiting> modules = new LinkedHashMap<>();

  private record Waiting(List<Dependency> versions, Instant lastSeen) {}

  PendingVersions(Duration delay) {
    this.delay = delay;
  }

  void add(Dependency version, Instant now) {
    Waiting earlier = modules.get(version.module());
    List<Dependency> versions = earlier == null ? new ArrayList<>() : earlier.versions;
    versions.add(version);
    modules.put(version.module(), new Waiting(versions, now));
  }

  /** Takes out the versions of the modules that are quiet. */
  List<Dependency> takeReady(Instant now) {
    List<Dependency> ready =
        modules.values().stream()
            .filter(waiting -> isReady(waiting, now))
            .map(Waiting::versions)
            .flatMap(Collection::stream)
            .toList();
    modules.values().removeIf(waiting -> isReady(waiting, now));
    return ready;
  }

  private boolean isReady(Waiting waiting, Instant now) {
    return !waiting.lastSeen.plus(delay).isAfter(now);
  }

  boolean isEmpty() {
    return modules.isEmpty();
  }
}
