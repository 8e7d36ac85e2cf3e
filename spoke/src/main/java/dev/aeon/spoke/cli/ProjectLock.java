package dev.aeon.spoke.cli;

import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.lock.LockFile;
import dev.aeon.spoke.lock.LockResolver;
import dev.aeon.spoke.lock.VersionSource;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionRange;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The lock of the current folder's project. */
final class ProjectLock {
  private final ProjectFile project;
  private final SpokeClient client;

  ProjectLock(ProjectFile project, SpokeClient client) {
    this.project = project;
    this.client = client;
  }

  /**
   * Resolves the project's ranges, whatever is locked, and writes the lock.
   *
   * @param isFrozen refuses instead of changing the lock
   */
  LockFile resolve(boolean isFrozen) {
    LockFile resolved = new LockResolver(source()).resolve(wanted());
    if (isFrozen && !Optional.of(resolved).equals(LockFile.read(project.lock()))) {
      throw outOfDate();
    }
    if (!isFrozen) {
      resolved.write(project.lock());
    }
    return resolved;
  }

  /**
   * The lock where it serves the project's ranges; else the ranges are resolved.
   *
   * @param isFrozen refuses instead of resolving
   */
  LockFile current(boolean isFrozen) {
    Optional<LockFile> locked = LockFile.read(project.lock());
    if (locked.isPresent() && locked.get().covers(wanted())) {
      return locked.get();
    }
    if (isFrozen) {
      throw outOfDate();
    }
    return resolve(false);
  }

  private SpokeException outOfDate() {
    return new SpokeException(
        SpokeException.Code.CONFLICT,
        "the lock is missing or does not serve the project; run 'spoke lock', file="
            + project.lock());
  }

  private SortedMap<ModuleName, VersionRange> wanted() {
    SortedMap<ModuleName, VersionRange> wanted = project.dependencies();
    if (wanted.isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "the project names no dependencies, file=" + project.path());
    }
    return wanted;
  }

  private VersionSource source() {
    return new VersionSource() {
      @Override
      public List<Version> versions(ModuleName module) {
        return client.module(module).versions().stream().map(Version::parse).toList();
      }

      @Override
      public Release release(Dependency version) {
        VersionInfo info = client.version(version.module(), version.version().toString());
        return new Release(
            info.digest(), info.dependencies().stream().map(Dependency::parse).toList());
      }
    };
  }
}
