package dev.aeon.spoke.sprocket;

import dev.aeon.spoke.api.SprocketInfo;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.registry.SchemaRegistry;
import java.util.List;

/** Looks how far the workers of a registry are. */
public final class SprocketStatus {
  private final SchemaRegistry registry;
  private final JobBoard board;

  public SprocketStatus(SchemaRegistry registry, JobBoard board) {
    this.registry = registry;
    this.board = board;
  }

  /** How far they are now; looks at every version, which takes a moment where there are many. */
  public SprocketInfo read() {
    List<Language> languages = board.languages();
    long versions = 0;
    long compiled = 0;
    for (ModuleName module : registry.modules()) {
      for (Version version : registry.versions(module)) {
        versions++;
        compiled += compiled(new Dependency(module, version), languages);
      }
    }
    return new SprocketInfo(
        languages.stream().map(Language::id).toList(),
        versions,
        compiled,
        versions * languages.size() - compiled,
        board.running(),
        board.failures());
  }

  private long compiled(Dependency version, List<Language> languages) {
    return languages.stream().filter(language -> registry.isCompiled(version, language)).count();
  }
}
