package dev.aeon.spoke.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path such as {@code /modules/{name}/versions/{version}/files/{path+}}. A parameter is one
 * segment; {@code {name}} is up to four, as module names are; with a plus it is all that follows.
 */
final class PathTemplate {
  private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)(\\+?)}");
  private static final String SEGMENT = "([^/]+)";
  private static final String MODULE = "([^/]+(?:/[^/]+){0,3}?)";
  private static final String REST = "(.+)";

  private final String text;
  private final Pattern pattern;
  private final List<String> names = new ArrayList<>();

  PathTemplate(String text) {
    this.text = text;
    StringBuilder regex = new StringBuilder();
    Matcher matcher = PARAMETER.matcher(text);
    int end = 0;
    while (matcher.find()) {
      regex.append(Pattern.quote(text.substring(end, matcher.start())));
      regex.append(patternOf(matcher.group(1), !matcher.group(2).isEmpty()));
      names.add(matcher.group(1));
      end = matcher.end();
    }
    this.pattern = Pattern.compile(regex + Pattern.quote(text.substring(end)));
  }

  private static String patternOf(String name, boolean takesRest) {
    return takesRest ? REST : name.equals("name") ? MODULE : SEGMENT;
  }

  /** The decoded parameters of a raw path; empty where the path is another. */
  Optional<Map<String, String>> match(String rawPath) {
    Matcher matcher = pattern.matcher(rawPath);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      parameters.put(names.get(i), PercentCodec.decode(matcher.group(i + 1)));
    }
    return Optional.of(parameters);
  }

  /** How much of it is written out: of two that match a path, the one with more is meant. */
  int literalLength() {
    return PARAMETER.matcher(text).replaceAll("").length();
  }

  /** The names of its parameters, in order. */
  List<String> names() {
    return names;
  }

  /** As OpenAPI writes it. */
  @Override
  public String toString() {
    return text.replace("+}", "}");
  }
}
