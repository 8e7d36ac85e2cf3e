package dev.aeon.spoke.validate.constraint;

import build.buf.validate.Rule;
import com.google.protobuf.Descriptors.Descriptor;
import dev.aeon.spoke.validate.Quotes;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Compiles the expressions of one list of rules, against the types of the variables in them. */
final class ExpressionCheck {
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_.-]*");
  private static final Pattern CANDIDATES = Pattern.compile(" \\(candidates: .*\\)$");
  private static final CelCompiler BASE =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(CelOptions.current().enableHeterogeneousNumericComparisons(true).build())
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addLibraries(CelExtensions.strings())
          .addFunctionDeclarations(CelFunctions.all())
          .addVar("now", SimpleType.TIMESTAMP)
          .build();

  private final String owner;
  private final String option;
  private final CelCompiler compiler;

  /**
   * A check of the rules of one element.
   *
   * @param owner what they are on, such as {@code field "name"}
   * @param option the option that they are set by
   * @param types messages that expressions read
   * @param variables the types of what expressions name
   */
  ExpressionCheck(
      String owner, String option, List<Descriptor> types, Map<String, CelType> variables) {
    this.owner = owner;
    this.option = option;
    var builder = BASE.toCompilerBuilder().addMessageTypes(types);
    variables.forEach(builder::addVar);
    this.compiler = builder.build();
  }

  /** Takes what is wrong with one of the rules. */
  @FunctionalInterface
  interface Report {
    void add(int index, String message);
  }

  /** Checks rules that have an id, and a message where they do not make one. */
  void checkRules(List<Rule> rules, Report report) {
    for (int i = 0; i < rules.size(); i++) {
      int index = i;
      checkId(rules.get(i), message -> report.add(index, message));
      check(rules.get(i), option + ".expression", message -> report.add(index, message));
    }
    refuseSameIds(rules, report);
  }

  /** Checks rules that are an expression alone. */
  void checkExpressions(List<String> expressions, Report report) {
    for (int i = 0; i < expressions.size(); i++) {
      int index = i;
      Rule rule = Rule.newBuilder().setExpression(expressions.get(i)).build();
      check(rule, option, message -> report.add(index, message));
    }
  }

  private void checkId(Rule rule, Consumer<String> report) {
    if (!ID.matcher(rule.getId()).matches()) {
      report.accept(
          "%s has invalid characters for %s.id. IDs must contain only characters a-z, A-Z, 0-9, '.', '_', '-'."
              .formatted(capitalizedOwner(), option));
    }
  }

  private void check(Rule rule, String field, Consumer<String> report) {
    if (rule.getExpression().isBlank()) {
      report.accept(
          "%s has an empty %s. Expressions should always be specified."
              .formatted(capitalizedOwner(), field));
      return;
    }
    CelValidationResult result = compiler.compile(rule.getExpression());
    try {
      checkType(rule, result.getAst().getResultType(), field, report);
    } catch (CelValidationException e) {
      e.getErrors()
          .forEach(issue ->
              report.accept(
                  "%s on %s fails to compile: %s"
                      .formatted(field, owner, brief(issue.getMessage()))));
    }
  }

  private void checkType(Rule rule, CelType type, String field, Consumer<String> report) {
    if (isOrMayBe(type, SimpleType.BOOL)) {
      return;
    }
    if (!isOrMayBe(type, SimpleType.STRING)) {
      report.accept(
          "%s on %s evaluates to a %s, only string and boolean are allowed."
              .formatted(field, owner, brief(CelTypes.format(type))));
    } else if (!rule.getMessage().isEmpty()) {
      report.accept(
          "%s has a %s with an expression that evaluates to a string, and also has a message. The message is redundant - since the expression evaluates to a string, its result will be printed instead of the message, so the message should be removed."
              .formatted(capitalizedOwner(), option));
    }
  }

  /** What a compiler of CEL says, without the list of what would have been right. */
  private static String brief(String text) {
    return CANDIDATES
        .matcher(text)
        .replaceFirst("")
        .replace(CelTypes.DURATION_MESSAGE, "duration")
        .replace(CelTypes.TIMESTAMP_MESSAGE, "timestamp")
        .replace(CelTypes.ANY_MESSAGE, "any");
  }

  private static boolean isOrMayBe(CelType type, CelType wanted) {
    return type.equals(wanted)
        || type.equals(NullableType.create(wanted))
        || type.kind() == CelKind.DYN
        || type.kind() == CelKind.ANY
        || type.kind() == CelKind.TYPE_PARAM;
  }

  private void refuseSameIds(List<Rule> rules, Report report) {
    TreeSet<String> seen = new TreeSet<>();
    TreeSet<String> repeated = new TreeSet<>();
    rules.stream()
        .map(Rule::getId)
        .filter(id -> !id.isEmpty() && !seen.add(id))
        .forEach(repeated::add);
    for (int i = 0; i < rules.size(); i++) {
      String id = rules.get(i).getId();
      if (repeated.contains(id)) {
        report.add(
            i,
            "%s.id (\"%s\") is not unique within %s.".formatted(option, Quotes.escape(id), owner));
      }
    }
  }

  private String capitalizedOwner() {
    return Character.toUpperCase(owner.charAt(0)) + owner.substring(1);
  }
}
