package dev.aeon.spoke.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What schemas compile to: a language, or the descriptors themselves. */
public enum Language {
  CPP("cpp", "c++ cc"),
  CSHARP("csharp", "c# cs"),
  DESCRIPTORS("descriptors", "descriptor image"),
  GO("go", "golang"),
  JAVA("java", ""),
  JAVASCRIPT("javascript", "js"),
  KOTLIN("kotlin", "kt"),
  OBJC("objc", "objective-c"),
  PHP("php", ""),
  PYTHON("python", "py"),
  RUBY("ruby", "rb"),
  RUST("rust", "rs"),
  TYPESCRIPT("typescript", "ts");

  private final String id;
  private final String aliases;

  Language(String id, String aliases) {
    this.id = id;
    this.aliases = aliases;
  }

  /**
   * Finds a language by its id or an alias.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where there is none of that name
   */
  public static Language parse(String name) {
    return Arrays.stream(values())
        .filter(language -> language.isCalled(name))
        .findFirst()
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INVALID_REQUEST,
                "no such language, language=" + Texts.quote(name) + " known=" + ids()));
  }

  private boolean isCalled(String name) {
    return id.equals(name) || (!name.isEmpty() && List.of(aliases.split(" ", -1)).contains(name));
  }

  /** The ids of all languages with commas between. */
  public static String ids() {
    return Arrays.stream(values()).map(Language::id).collect(Collectors.joining(","));
  }

  /** The name on command lines, in paths and in the store. */
  public String id() {
    return id;
  }
}
