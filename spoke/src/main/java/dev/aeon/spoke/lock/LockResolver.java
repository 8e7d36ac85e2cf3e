package dev.aeon.spoke.lock;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a project one version of each module that it needs. What the project asks for itself is
 * resolved to the highest version in its range. A version that another was published with stands
 * for all that are compatible with it; where nothing but such versions ask for a module, it is the
 * highest of them, so that nothing is newer than somebody has asked for.
 */
public final class LockResolver {
  private static final int MAX_ROUNDS = 100;

  private final VersionSource source;
  private final Map<Dependency, VersionSource.Release> releases = new HashMap<>();

  public LockResolver(VersionSource source) {
    this.source = source;
  }

  /** What somebody asks of a module; {@code pinned} is null where the project itself asks. */
  private record Wish(VersionRange range, @Nullable Version pinned, String way) {}

  /**
   * Resolves.
   *
   * @throws SpokeException {@code CONFLICT} where no version does for all that ask, naming the way
   *     to each; {@code NOT_FOUND} where there is no such module
   */
  public LockFile resolve(Map<ModuleName, VersionRange> wanted) {
    SortedMap<ModuleName, Version> chosen = new TreeMap<>();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      SortedMap<ModuleName, Version> next = choose(wishes(wanted, chosen));
      if (next.equals(chosen)) {
        return lock(chosen);
      }
      chosen = next;
    }
    throw new SpokeException(
        SpokeException.Code.CONFLICT,
        "the dependencies do not settle: versions ask for each other's changes, modules="
            + chosen.keySet());
  }

  private Map<ModuleName, List<Wish>> wishes(
      Map<ModuleName, VersionRange> wanted, Map<ModuleName, Version> chosen) {
    Map<ModuleName, List<Wish>> wishes = new TreeMap<>();
    Map<ModuleName, String> ways = new HashMap<>();
    List<ModuleName> open = new ArrayList<>();
    wanted.forEach((module, range) -> {
      Wish wish = new Wish(range, null, "the project asks for " + module + " " + range);
      wishes.computeIfAbsent(module, _ -> new ArrayList<>()).add(wish);
      ways.put(module, "the project");
      open.add(module);
    });
    for (int i = 0; i < open.size(); i++) {
      ModuleName module = open.get(i);
      Version version = chosen.get(module);
      if (version == null) {
        continue;
      }
      String way = ways.getOrDefault(module, "") + " → " + module + "@" + version;
      for (Dependency pin : release(new Dependency(module, version)).dependencies()) {
        VersionRange range = VersionRange.compatibleWith(pin.version());
        Wish wish = new Wish(range, pin.version(), way + " → " + pin);
        wishes.computeIfAbsent(pin.module(), _ -> new ArrayList<>()).add(wish);
        if (ways.putIfAbsent(pin.module(), way) == null) {
          open.add(pin.module());
        }
      }
    }
    return wishes;
  }

  private SortedMap<ModuleName, Version> choose(Map<ModuleName, List<Wish>> wishes) {
    SortedMap<ModuleName, Version> chosen = new TreeMap<>();
    wishes.forEach((module, all) -> chosen.put(module, choose(module, all)));
    return chosen;
  }

  private Version choose(ModuleName module, List<Wish> wishes) {
    boolean isWantedByProject = wishes.stream().anyMatch(wish -> wish.pinned == null);
    List<Version> candidates =
        isWantedByProject
            ? source.versions(module)
            : wishes.stream().map(Wish::pinned).filter(Objects::nonNull).toList();
    return candidates.stream()
        .filter(version -> wishes.stream().allMatch(wish -> isMet(wish, version)))
        .max(Comparator.naturalOrder())
        .orElseThrow(() -> conflict(module, wishes));
  }

  private static boolean isMet(Wish wish, Version version) {
    return wish.range.contains(version)
        && (wish.pinned == null || version.compareTo(wish.pinned) >= 0);
  }

  private static SpokeException conflict(ModuleName module, List<Wish> wishes) {
    return new SpokeException(
        SpokeException.Code.CONFLICT,
        "no version of "
            + module
            + " does for all that ask for it: "
            + wishes.stream().map(Wish::way).collect(Collectors.joining("; ")));
  }

  private LockFile lock(SortedMap<ModuleName, Version> chosen) {
    SortedMap<ModuleName, String> digests = new TreeMap<>();
    chosen.forEach((module, version) ->
        digests.put(module, release(new Dependency(module, version)).digest()));
    return new LockFile(chosen, digests);
  }

  private VersionSource.Release release(Dependency version) {
    return releases.computeIfAbsent(version, source::release);
  }
}
