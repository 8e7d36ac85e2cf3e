package dev.aeon.apm.compatibility;

import dev.aeon.apm.compatibility.Finding.Level;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;

/** Compares two schemas place by place. Confined to one thread. */
final class SchemaComparison {
  /** Deeper schemas are not compared further: none that people write are. */
  private static final int MAX_DEPTH = 64;

  /** Keywords whose change only a person can judge. */
  private static final List<String> COMPOSITIONS =
      List.of("$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else", "pattern", "format");

  private static final Set<String> LOWER_BOUNDS =
      Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
  private static final Set<String> UPPER_BOUNDS =
      Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");

  private final List<Finding> findings;
  private int depth;

  SchemaComparison(List<Finding> findings) {
    this.findings = findings;
  }

  void compare(String place, JsonNode before, JsonNode after) {
    if (depth == MAX_DEPTH || before.equals(after)) {
      return;
    }
    depth++;
    compareTypes(place, before, after);
    compareValues(place, before, after);
    compareBounds(place, before, after);
    compareCompositions(place, before, after);
    compareFields(place, before, after);
    compareNested(place, before, after);
    depth--;
  }

  private void compareTypes(String place, JsonNode before, JsonNode after) {
    Set<String> gone = texts(before.path("type"));
    Set<String> added = texts(after.path("type"));
    boolean wasAny = gone.isEmpty();
    boolean isAny = added.isEmpty();
    Set<String> common = new TreeSet<>(gone);
    common.retainAll(added);
    gone.removeAll(common);
    added.removeAll(common);
    if (!isAny && (wasAny || !gone.isEmpty())) {
      blocker(place, "type changed: gone=" + gone + " now=" + texts(after.path("type")));
    } else if (isAny != wasAny || !added.isEmpty()) {
      note(place, "more types: " + added);
    }
  }

  private void compareValues(String place, JsonNode before, JsonNode after) {
    Set<String> gone = values(before);
    Set<String> added = values(after);
    if (added.isEmpty() && gone.isEmpty()) {
      return;
    }
    Set<String> common = new TreeSet<>(gone);
    common.retainAll(added);
    boolean isNewlyClosed = gone.isEmpty();
    boolean isOpened = added.isEmpty();
    gone.removeAll(common);
    added.removeAll(common);
    if (isNewlyClosed || (!gone.isEmpty() && !isOpened)) {
      blocker(place, "values gone: " + (isNewlyClosed ? "all but " + added : gone));
    } else if (isOpened || !added.isEmpty()) {
      note(place, isOpened ? "any value" : "values added: " + added);
    }
  }

  private static Set<String> values(JsonNode schema) {
    JsonNode constant = schema.path("const");
    Set<String> values = new TreeSet<>();
    if (!constant.isMissingNode()) {
      values.add(constant.toString());
    }
    schema.path("enum").forEach(value -> values.add(value.toString()));
    return values;
  }

  private void compareBounds(String place, JsonNode before, JsonNode after) {
    LOWER_BOUNDS.forEach(name -> compareBound(place, name, before, after, (was, is) -> is > was));
    UPPER_BOUNDS.forEach(name -> compareBound(place, name, before, after, (was, is) -> is < was));
  }

  private void compareBound(
      String place,
      String name,
      JsonNode before,
      JsonNode after,
      BiPredicate<Double, Double> isNarrower) {
    JsonNode was = before.path(name);
    JsonNode is = after.path(name);
    if (was.equals(is)) {
      return;
    }
    boolean narrower =
        is.isNumber() && (!was.isNumber() || isNarrower.test(was.asDouble(), is.asDouble()));
    if (narrower) {
      blocker(place, name + " is narrower: before=" + was + " after=" + is);
    } else {
      note(place, name + " is wider: before=" + was + " after=" + is);
    }
  }

  private void compareCompositions(String place, JsonNode before, JsonNode after) {
    for (String name : COMPOSITIONS) {
      if (!before.path(name).equals(after.path(name))) {
        warning(place, name + " changed, to be judged by hand");
      }
    }
  }

  private void compareFields(String place, JsonNode before, JsonNode after) {
    Set<String> required = texts(before.path("required"));
    Set<String> requiredNow = texts(after.path("required"));
    JsonNode fields = before.path("properties");
    JsonNode fieldsNow = after.path("properties");
    for (String name : requiredNow) {
      if (!required.contains(name)) {
        blocker(place + "." + name, "is required now");
      }
    }
    for (String name : names(fields)) {
      if (!fieldsNow.has(name)) {
        gone(place + "." + name, required.contains(name));
      } else {
        compare(place + "." + name, fields.path(name), fieldsNow.path(name));
      }
    }
    for (String name : names(fieldsNow)) {
      if (!fields.has(name) && !requiredNow.contains(name)) {
        note(place + "." + name, "a new optional field");
      }
    }
  }

  private void gone(String place, boolean wasRequired) {
    if (wasRequired) {
      blocker(place, "a required field is gone");
    } else {
      warning(place, "an optional field is gone");
    }
  }

  private void compareNested(String place, JsonNode before, JsonNode after) {
    JsonNode closedNow = after.path("additionalProperties");
    if (closedNow.isBoolean()
        && !closedNow.asBoolean()
        && !before.path("additionalProperties").equals(closedNow)) {
      blocker(place, "unknown fields are refused now");
    }
    if (before.has("items") && after.has("items")) {
      compare(place + "[]", before.path("items"), after.path("items"));
    } else if (after.has("items")) {
      blocker(place + "[]", "elements are restricted now");
    }
    JsonNode parts = before.path("$defs");
    for (String name : names(parts)) {
      JsonNode now = after.path("$defs").path(name);
      if (now.isMissingNode()) {
        warning(place + "#" + name, "a definition is gone");
      } else {
        compare(place + "#" + name, parts.path(name), now);
      }
    }
  }

  private static Set<String> texts(JsonNode node) {
    Set<String> texts = new TreeSet<>();
    if (node.isString()) {
      texts.add(node.asString());
    }
    if (node.isArray()) {
      node.forEach(each -> texts.add(each.asString()));
    }
    return texts;
  }

  private static Set<String> names(JsonNode object) {
    return new TreeSet<>(object.propertyNames());
  }

  private void blocker(String place, String detail) {
    findings.add(new Finding(Level.BLOCKER, place, detail));
  }

  private void warning(String place, String detail) {
    findings.add(new Finding(Level.WARNING, place, detail));
  }

  private void note(String place, String detail) {
    findings.add(new Finding(Level.NOTE, place, detail));
  }
}
