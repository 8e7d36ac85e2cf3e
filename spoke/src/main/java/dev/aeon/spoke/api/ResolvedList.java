package dev.aeon.spoke.api;

import dev.aeon.spoke.model.VersionManifest;
import java.util.List;

/** The answer of {@code POST /resolve}: every version that is needed, in order of modules. */
public record ResolvedList(List<Entry> versions) {
  /** A version that is needed. */
  public record Entry(String module, String version, String digest) {
    /** A version as the answer names it. */
    public static Entry of(VersionManifest version) {
      return new Entry(
          version.module().value(), version.version().toString(), version.digest().value());
    }
  }
}
