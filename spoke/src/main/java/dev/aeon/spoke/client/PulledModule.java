package dev.aeon.spoke.client;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SchemaDigest;
import dev.aeon.spoke.model.Version;
import java.util.List;

/** A version that was pulled; its content has been checked against the digest. */
public record PulledModule(
    ModuleName module, Version version, ModuleContent content, List<Dependency> dependencies) {

  public SchemaDigest digest() {
    return content.digest();
  }
}
