package dev.aeon.spoke.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A language that schemas compile to. */
public enum Language {
  CPP,
  JAVA,
  PYTHON;

  /**
   * Finds a language by its id.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where there is none of that id
   */
  public static Language parse(String id) {
    return Arrays.stream(values())
        .filter(language -> language.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INVALID_REQUEST,
                "no such language, language=" + Texts.quote(id) + " known=" + ids()));
  }

  /** The ids of all languages with commas between. */
  public static String ids() {
    return Arrays.stream(values()).map(Language::id).collect(Collectors.joining(","));
  }

  /** The name on command lines, in paths and in the store. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
