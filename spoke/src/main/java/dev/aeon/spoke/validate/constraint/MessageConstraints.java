package dev.aeon.spoke.validate.constraint;

import build.buf.validate.MessageOneofRule;
import build.buf.validate.MessageRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import dev.aeon.spoke.validate.image.MessageElement;
import dev.aeon.spoke.validate.image.Place;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The constraints on a message as a whole. */
final class MessageConstraints {
  private static final int MESSAGE_OPTIONS = 7;
  private static final int OPTION_LENGTH = 2;

  private final MessageElement message;
  private final Descriptor descriptor;
  private final Problems problems;

  private MessageConstraints(MessageElement message, Descriptor descriptor, Problems problems) {
    this.message = message;
    this.descriptor = descriptor;
    this.problems = problems;
  }

  static void check(MessageElement message, DescriptorLinker linker, Problems problems) {
    ConstraintOptions.of(message)
        .ifPresent(rules ->
            new MessageConstraints(message, linker.message(message), problems).check(rules));
  }

  private void check(MessageRules rules) {
    checkOneofs(rules.getOneofList());
    if (rules.getCelCount() + rules.getCelExpressionCount() > 0) {
      checkExpressions(rules);
    }
  }

  private void checkExpressions(MessageRules rules) {
    expressions("(buf.validate.message).cel")
        .checkRules(
            rules.getCelList(),
            (index, text) -> report(text, MessageRules.CEL_FIELD_NUMBER, index));
    expressions("(buf.validate.message).cel_expression")
        .checkExpressions(
            rules.getCelExpressionList(),
            (index, text) -> report(text, MessageRules.CEL_EXPRESSION_FIELD_NUMBER, index));
  }

  private ExpressionCheck expressions(String option) {
    return new ExpressionCheck(
        "message \"" + message.name() + "\"",
        option,
        List.of(descriptor),
        Map.of("this", CelTypeNames.of(descriptor)));
  }

  private void checkOneofs(List<MessageOneofRule> oneofs) {
    Map<String, Set<Integer>> users = new LinkedHashMap<>();
    for (int i = 0; i < oneofs.size(); i++) {
      if (oneofs.get(i).getFieldsCount() == 0) {
        report(
            "Message \"%s\" has a (buf.validate.message).oneof entry with no fields. Each oneof entry must specify at least one field."
                .formatted(message.name()),
            MessageRules.ONEOF_FIELD_NUMBER,
            i);
      }
      checkOneof(i, oneofs.get(i).getFieldsList(), users);
    }
    users.forEach(this::refuseSeveral);
  }

  private void checkOneof(int index, List<String> fields, Map<String, Set<Integer>> users) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      int[] place = {
        MessageRules.ONEOF_FIELD_NUMBER, index, MessageOneofRule.FIELDS_FIELD_NUMBER, i
      };
      if (!seen.add(field)) {
        report(
            "Message \"%s\" has a (buf.validate.message).oneof entry that references field \"%s\" more than once. Duplicate field names are not permitted."
                .formatted(message.name(), field),
            place);
      } else if (descriptor.findFieldByName(field) == null) {
        report(
            "Message \"%s\" has a (buf.validate.message).oneof entry that references field \"%s\", which is not defined in the message."
                .formatted(message.name(), field),
            place);
      } else {
        users.computeIfAbsent(field, name -> new LinkedHashSet<>()).add(index);
      }
    }
  }

  private void refuseSeveral(String field, Set<Integer> users) {
    if (users.size() > 1) {
      String text =
          "Message \"%s\" references field \"%s\" in more than one (buf.validate.message).oneof entry. A field may only appear in one oneof entry."
              .formatted(message.name(), field);
      users.forEach(index -> report(text, MessageRules.ONEOF_FIELD_NUMBER, index));
    }
  }

  private void report(String text, int... rule) {
    int[] path = new int[rule.length + 2];
    path[0] = MESSAGE_OPTIONS;
    path[1] = ValidateProto.MESSAGE_FIELD_NUMBER;
    System.arraycopy(rule, 0, path, 2, rule.length);
    @Nullable Place place = message.optionPlace(OPTION_LENGTH, path);
    problems.add(place, message.file(), text);
  }
}
