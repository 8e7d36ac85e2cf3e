package dev.aeon.spoke.model;

import java.time.Instant;
import java.util.List;

/** An immutable version of a module: what it is, its content, and what it depends on directly. */
public record ModuleVersion(
    ModuleName module,
    Version version,
    String description,
    Instant createdAt,
    ModuleContent content,
    List<Dependency> dependencies) {

  public SchemaDigest digest() {
    return content.digest();
  }

  @Override
  public String toString() {
    return module + "@" + version;
  }
}
