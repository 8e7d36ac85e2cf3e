package dev.aeon.spoke.validate.release;

import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.validate.config.PolicyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The policies of a registry's modules, from a file that may change while the registry runs; where
 * there is no file, every schema that compiles may be published. Thread-safe.
 */
public final class ReleasePolicies {
  private final @Nullable Path file;
  private final ReentrantLock reading = new ReentrantLock();
  private @Nullable FileTime readAt;
  private Map<String, ReleasePolicy> policies = Map.of();

  private ReleasePolicies(@Nullable Path file) {
    this.file = file;
  }

  /** No policy for any module. */
  public static ReleasePolicies none() {
    return new ReleasePolicies(null);
  }

  /** The policies of a file, which is read when it is there and when it has changed. */
  public static ReleasePolicies of(Path file) {
    return new ReleasePolicies(file);
  }

  /**
   * What a module's versions must keep to.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where the file is wrong
   */
  public ReleasePolicy policy(ModuleName module) {
    if (file == null || !Files.isRegularFile(file)) {
      return ReleasePolicy.NONE;
    }
    Map<String, ReleasePolicy> known = current(file);
    ReleasePolicy fallback = known.getOrDefault(PolicyFile.DEFAULT, ReleasePolicy.NONE);
    return known.getOrDefault(module.value(), fallback);
  }

  private Map<String, ReleasePolicy> current(Path path) {
    reading.lock();
    try {
      FileTime changedAt = Files.getLastModifiedTime(path);
      if (!changedAt.equals(readAt)) {
        policies = PolicyFile.read(path, ReleasePolicies::policy);
        readAt = changedAt;
      }
      return policies;
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot read the policies, file=" + path, e);
    } finally {
      reading.unlock();
    }
  }

  private static ReleasePolicy policy(PolicyFile.Section section) {
    return new ReleasePolicy(
        section.lint(),
        section.breaking(),
        section.isAgainstEvery(),
        CompatibilityMode.parse(section.compatibility()),
        false,
        section.checksNumbers());
  }
}
