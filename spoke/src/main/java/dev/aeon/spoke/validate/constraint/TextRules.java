package dev.aeon.spoke.validate.constraint;

import build.buf.validate.BytesRules;
import build.buf.validate.FieldRules;
import build.buf.validate.KnownRegex;
import build.buf.validate.StringRules;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.aeon.spoke.validate.Quotes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules of strings and bytes. */
final class TextRules {
  private static final List<String> PARTS = List.of("prefix", "suffix", "contains");
  private static final int STRING = FieldRules.STRING_FIELD_NUMBER;
  private static final int BYTES = FieldRules.BYTES_FIELD_NUMBER;
  private static final int MAX_BYTES_OF_CHARACTER = 4;

  private TextRules() {}

  static void check(RuleSite site, StringRules rules) {
    TypeRules.checkConst(site, STRING, rules);
    LengthRules.check(site, rules, STRING, "len", "min_len", "max_len");
    LengthRules.check(site, rules, STRING, "len_bytes", "min_bytes", "max_bytes");
    checkCharactersWithBytes(site, rules);
    for (String part : PARTS) {
      FieldDescriptor field = StringRules.getDescriptor().findFieldByName(part);
      if (rules.hasField(field)) {
        checkPart(
            site, rules, new int[] {STRING, field.getNumber()}, (String) rules.getField(field));
      }
    }
    if (rules.hasPattern()) {
      checkPattern(site, rules.getPattern(), STRING, StringRules.PATTERN_FIELD_NUMBER);
    }
    checkStrict(site, rules);
  }

  static void check(RuleSite site, BytesRules rules) {
    TypeRules.checkConst(site, BYTES, rules);
    LengthRules.check(site, rules, BYTES, "len", "min_len", "max_len");
    if (rules.hasMaxLen()) {
      PARTS.forEach(part -> checkPart(site, rules, part));
    }
    if (rules.hasPattern()) {
      checkPattern(site, rules.getPattern(), BYTES, BytesRules.PATTERN_FIELD_NUMBER);
    }
  }

  private static void checkPart(RuleSite site, BytesRules rules, String part) {
    FieldDescriptor field = BytesRules.getDescriptor().findFieldByName(part);
    ByteString value = (ByteString) ((Message) rules).getField(field);
    if (isLess(rules.getMaxLen(), value.size())) {
      String max = Long.toUnsignedString(rules.getMaxLen());
      site.report(
          new int[] {BYTES, field.getNumber()},
          "Field \"%s\" has a %s of %d bytes, exceeding its max_len (%s). It is impossible to contain \"%s\" while having less than or equal to %s bytes.",
          site.name(),
          site.rule(BYTES, field.getNumber()),
          value.size(),
          max,
          Quotes.escape(value.toStringUtf8()),
          max);
    }
  }

  private static void checkCharactersWithBytes(RuleSite site, StringRules rules) {
    int[] minLen = {STRING, StringRules.MIN_LEN_FIELD_NUMBER};
    int[] maxLen = {STRING, StringRules.MAX_LEN_FIELD_NUMBER};
    int[] minBytes = {STRING, StringRules.MIN_BYTES_FIELD_NUMBER};
    int[] maxBytes = {STRING, StringRules.MAX_BYTES_FIELD_NUMBER};
    if (rules.hasMinLen()
        && rules.hasMaxBytes()
        && isLess(rules.getMaxBytes(), rules.getMinLen())) {
      String least = Long.toUnsignedString(rules.getMinLen());
      String most = Long.toUnsignedString(rules.getMaxBytes());
      String format =
          "Field \"%s\" has value %s for %s, which must be %s than value %s for %s. A string with "
              + "%s UTF-8 characters has at least %s bytes, which is higher than %s bytes.";
      site.report(
          minLen,
          format,
          site.name(),
          least,
          site.rule(minLen),
          "lower",
          most,
          site.rule(maxBytes),
          least,
          least,
          most);
      site.report(
          maxBytes,
          format,
          site.name(),
          most,
          site.rule(maxBytes),
          "higher",
          least,
          site.rule(minLen),
          least,
          least,
          most);
    }
    long room = rules.getMaxLen() * MAX_BYTES_OF_CHARACTER;
    if (rules.hasMaxLen() && rules.hasMinBytes() && isLess(room, rules.getMinBytes())) {
      String least = Long.toUnsignedString(rules.getMinBytes());
      String most = Long.toUnsignedString(rules.getMaxLen());
      String format =
          "Field \"%s\" has value %s for %s but %s for %s. A string with %s UTF-8 characters has at "
              + "most %s bytes.";
      String bytes = Long.toUnsignedString(room);
      site.report(
          minBytes,
          format,
          site.name(),
          least,
          site.rule(minBytes),
          most,
          site.rule(maxLen),
          most,
          bytes);
      site.report(
          maxLen,
          format,
          site.name(),
          most,
          site.rule(maxLen),
          least,
          site.rule(minBytes),
          most,
          bytes);
    }
  }

  private static void checkPart(RuleSite site, StringRules rules, int[] rule, String part) {
    int characters = part.codePointCount(0, part.length());
    int bytes = part.getBytes(StandardCharsets.UTF_8).length;
    String quoted = Quotes.escape(part);
    if (rules.hasMaxLen() && isLess(rules.getMaxLen(), characters)) {
      site.report(
          rule,
          "Field \"%s\" has a %s of length %d, exceeding its max_len (%s). It is impossible for a string to contain \"%s\" while having less than or equal to %d UTF-8 characters.",
          site.name(),
          site.rule(rule),
          characters,
          Long.toUnsignedString(rules.getMaxLen()),
          quoted,
          characters);
    }
    if (rules.hasMaxBytes() && isLess(rules.getMaxBytes(), bytes)) {
      site.report(
          rule,
          "Field \"%s\" has a %s of %d bytes, exceeding its max_bytes (%s). It is impossible for a string to contain \"%s\" while having less than or equal to %d bytes.",
          site.name(),
          site.rule(rule),
          bytes,
          Long.toUnsignedString(rules.getMaxBytes()),
          quoted,
          bytes);
    }
    if (rules.hasNotContains() && part.contains(rules.getNotContains())) {
      String unwanted = Quotes.escape(rules.getNotContains());
      site.report(
          rule,
          "Field \"%s\" has a %s (\"%s\") containing its not_contains (\"%s\"). It is impossible for a string to contain \"%s\" without containing \"%s\".",
          site.name(),
          site.rule(rule),
          quoted,
          unwanted,
          quoted,
          unwanted);
    }
  }

  private static void checkPattern(RuleSite site, String pattern, int... rule) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      site.report(
          rule,
          "Field \"%s\" has a %s that fails to compile: error parsing regexp: %s: `%s`.",
          site.name(),
          site.rule(rule),
          e.getDescription(),
          e.getPattern());
    }
  }

  private static void checkStrict(RuleSite site, StringRules rules) {
    int[] strict = {STRING, StringRules.STRICT_FIELD_NUMBER};
    boolean isLax = rules.hasStrict() && !rules.getStrict();
    if (isLax && rules.getWellKnownRegex() == KnownRegex.KNOWN_REGEX_UNSPECIFIED) {
      String regex = site.rule(STRING, StringRules.WELL_KNOWN_REGEX_FIELD_NUMBER);
      site.report(
          strict,
          "Field \"%s\" has %s without %s. %s only applies to %s and is invalid without it.",
          site.name(),
          site.rule(strict),
          regex,
          site.rule(strict),
          regex);
    }
  }

  private static boolean isLess(long first, long second) {
    return Long.compareUnsigned(first, second) < 0;
  }
}
