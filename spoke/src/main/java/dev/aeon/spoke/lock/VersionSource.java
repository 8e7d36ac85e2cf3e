package dev.aeon.spoke.lock;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import java.util.List;

/** Where versions and what they depend on are looked up. Called on the resolver's thread. */
public interface VersionSource {
  /** The versions of a module. */
  List<Version> versions(ModuleName module);

  /** What a version was published with: its digest, and the versions that it was compiled with. */
  Release release(Dependency version);

  /** A version as it was published. */
  record Release(String digest, List<Dependency> dependencies) {}
}
