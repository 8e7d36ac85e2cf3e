package dev.aeon.apm.security;

import dev.aeon.apm.internal.files.WholeFiles;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.message.AgentType;
import dev.aeon.apm.message.Receiver;
import dev.aeon.apm.schema.FieldRule;
import dev.aeon.apm.schema.FieldRules;
import dev.aeon.apm.schema.JsonObject;
import dev.aeon.apm.schema.Schema;
import dev.aeon.apm.schema.WireNamed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Rights as a list of rules: what no rule allows is forbidden. Agents are named by their id, by
 * {@code type:Manager} and the like, or by {@code *}; types by their name or {@code *}. Who may
 * send to a type must be allowed to send to {@code type:…} or {@code *}. Immutable.
 */
public final class AccessRules implements AccessPolicy {
  private static final String ANY = "*";
  private static final String TYPE = "type:";
  private static final int MAX_BYTE_SIZE = 1 << 20;
  private static final Schema FORM = Schema.empty().required("rules", FieldRules.list(ruleForm()));

  private record Rule(List<String> from, List<String> to, List<String> types) {
    boolean allows(AgentIdentity sender, Receiver receiver, String typeName) {
      return names(from, sender)
          && isAllowed(receiver)
          && (types.contains(ANY) || types.contains(typeName));
    }

    private boolean isAllowed(Receiver receiver) {
      return switch (receiver) {
        case Receiver.One(AgentIdentity agent) -> names(to, agent);
        case Receiver.OfType(AgentType type) ->
            to.contains(ANY) || to.contains(TYPE + type.wireName());
        case Receiver.Everyone() -> to.contains(ANY);
      };
    }

    private static boolean names(List<String> names, AgentIdentity agent) {
      return names.contains(ANY)
          || names.contains(agent.agentId().value())
          || names.contains(TYPE + agent.type().wireName());
    }
  }

  private final List<Rule> rules;

  private AccessRules(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * Rules of an object with an array {@code rules}, whose elements have the arrays {@code from},
   * {@code to} and {@code types}.
   *
   * @throws IllegalArgumentException where it is not of that form, or an agent or a type is not
   *     named as above
   */
  public static AccessRules of(JsonObject document) {
    Form.require(FORM, document);
    return new AccessRules(document.objects("rules").stream().map(AccessRules::rule).toList());
  }

  /**
   * The rules of a file.
   *
   * @throws IOException where it cannot be read, is longer than 1 MiB or not of the form; the
   *     message says which
   */
  public static AccessRules read(Path file) throws IOException {
    byte[] text = WholeFiles.read(file, MAX_BYTE_SIZE);
    try {
      return of(JsonObject.parse(text));
    } catch (RuntimeException e) {
      throw new IOException("not access rules: path=" + file + " cause=" + e.getMessage(), e);
    }
  }

  private static Schema ruleForm() {
    FieldRule names = FieldRules.list(FieldRules.string());
    return Schema.empty().required("from", names).required("to", names).required("types", names);
  }

  private static Rule rule(JsonObject fields) {
    Rule rule = new Rule(fields.strings("from"), fields.strings("to"), fields.strings("types"));
    rule.from().forEach(AccessRules::requireAgent);
    rule.to().forEach(AccessRules::requireAgent);
    if (rule.from().isEmpty() || rule.to().isEmpty() || rule.types().isEmpty()) {
      throw new IllegalArgumentException("a rule needs from, to and types: rule=" + fields);
    }
    return rule;
  }

  private static void requireAgent(String name) {
    boolean legal =
        name.startsWith(TYPE)
            ? WireNamed.parse(AgentType.class, name.substring(TYPE.length())).isPresent()
            : name.equals(ANY) || AgentId.isLegal(name);
    if (!legal) {
      throw new IllegalArgumentException("names no agent: name=" + name);
    }
  }

  @Override
  public boolean maySend(AgentIdentity sender, Receiver receiver, String typeName) {
    return rules.stream().anyMatch(rule -> rule.allows(sender, receiver, typeName));
  }
}
