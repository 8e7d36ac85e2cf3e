package dev.aeon.spoke.validate.config;

import dev.aeon.spoke.model.SpokeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules of one kind that a configuration version has, with their categories. Immutable. */
public final class RuleTable {
  /** What a rule judges. */
  public enum Kind {
    LINT,
    BREAKING
  }

  /**
   * A rule.
   *
   * @param isDefault whether it holds where nothing is configured
   * @param isDeprecated whether its replacements hold in its stead
   */
  public record Rule(
      String id,
      List<String> categories,
      boolean isDefault,
      boolean isDeprecated,
      List<String> replacements,
      String purpose) {}

  private static final int KIND = 0;
  private static final int ID = 1;
  private static final int REPLACEMENT = 5;
  private static final int PURPOSE = 6;
  private static final String DEPRECATED = "deprecated:";

  private final Map<String, Rule> rules = new LinkedHashMap<>();

  private RuleTable() {}

  /** The rules of a kind in a version. */
  public static RuleTable of(Kind kind, ConfigVersion version) {
    RuleTable table = new RuleTable();
    for (String line : lines()) {
      String[] cells = line.split("\t", -1);
      String categories = line.startsWith("#") ? "-" : cells[version.column()];
      if (!categories.equals("-") && cells[KIND].equalsIgnoreCase(kind.name())) {
        table.rules.put(cells[ID], rule(cells, categories));
      }
    }
    return table;
  }

  private static Rule rule(String[] cells, String categories) {
    boolean isDefault = categories.startsWith("*");
    boolean isDeprecated = cells[REPLACEMENT].startsWith(DEPRECATED);
    String names = isDefault ? categories.substring(1) : categories;
    return new Rule(
        cells[ID],
        names.equals(".") ? List.of() : List.of(names.split(",")),
        isDefault,
        isDeprecated,
        isDeprecated ? names(cells[REPLACEMENT].substring(DEPRECATED.length())) : List.of(),
        cells[PURPOSE]);
  }

  private static List<String> names(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(","));
  }

  private static List<String> lines() {
    try (InputStream in = RuleTable.class.getResourceAsStream("rules.tsv")) {
      if (in == null) {
        throw new IllegalStateException("the table of rules is not on the class path");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Collection<Rule> rules() {
    return rules.values();
  }

  public @Nullable Rule rule(String id) {
    return rules.get(id);
  }

  /**
   * The rules that hold: those used, or the defaults where none is, less those excepted.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where a name is neither rule nor category
   */
  public Set<String> select(Collection<String> use, Collection<String> except) {
    Set<String> selected = new TreeSet<>();
    if (use.isEmpty()) {
      rules.values().stream().filter(Rule::isDefault).map(Rule::id).forEach(selected::add);
    }
    use.forEach(name -> selected.addAll(expand(name)));
    except.forEach(name -> selected.removeAll(expand(name)));
    return selected;
  }

  /** The rules that a rule's or a category's name stands for; deprecated ones are replaced. */
  public Set<String> expand(String name) {
    Set<String> expanded = new TreeSet<>();
    Rule known = rules.get(name);
    if (known != null) {
      addReplaced(known, expanded);
      return expanded;
    }
    rules.values().stream()
        .filter(rule -> rule.categories().contains(name))
        .forEach(rule -> addReplaced(rule, expanded));
    if (expanded.isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "no such rule or category, name='" + name + "'");
    }
    return expanded;
  }

  private static void addReplaced(Rule rule, Set<String> expanded) {
    if (rule.isDeprecated()) {
      expanded.addAll(rule.replacements());
    } else {
      expanded.add(rule.id());
    }
  }
}
