package dev.aeon.spoke.compile;

import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import java.util.Collection;
import java.util.List;

/**
 * What to compile, and for what.
 *
 * @param name names the package where the language wants a name that the schema does not give
 * @param dependencies every version that imports lead to, in any order
 */
public record CompileJob(
    ModuleName name,
    ModuleContent content,
    Collection<ModuleVersion> dependencies,
    Language language) {

  /** The job of a stored version. */
  public static CompileJob of(
      ModuleVersion version, Collection<ModuleVersion> dependencies, Language language) {
    return new CompileJob(version.module(), version.content(), dependencies, language);
  }

  /** The job of files that need no other module. */
  public static CompileJob of(ModuleName name, ModuleContent content, Language language) {
    return new CompileJob(name, content, List.of(), language);
  }
}
