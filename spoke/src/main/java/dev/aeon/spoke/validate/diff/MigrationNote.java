package dev.aeon.spoke.validate.diff;

import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.breaking.BreakingDetector;
import dev.aeon.spoke.validate.config.BreakingConfig;
import dev.aeon.spoke.validate.image.Image;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change that breaks someone, and what to do about it.
 *
 * @param finding of the rule that says the worst of it
 * @param advice in a sentence or two
 */
public record MigrationNote(Impact impact, Finding finding, String advice) {
  private static final List<String> CATEGORIES = List.of("FILE", "WIRE_JSON", "WIRE");
  private static final Comparator<MigrationNote> WORST_FIRST =
      Comparator.comparing(MigrationNote::impact).thenComparing(MigrationNote::finding);

  /** What several rules say of the same change is one note. */
  private record Subject(String topic, String file, Object place, String what) {}

  static List<MigrationNote> between(Image previous, Image current) {
    BreakingConfig config = BreakingConfig.using(CATEGORIES).excludingImports();
    return notes(new BreakingDetector(config).compare(current, previous));
  }

  private static List<MigrationNote> notes(Collection<Finding> findings) {
    Map<Subject, MigrationNote> notes = new LinkedHashMap<>();
    for (Finding finding : findings) {
      String topic = Advice.topic(finding.rule());
      MigrationNote note = new MigrationNote(Impact.of(finding.rule()), finding, Advice.on(topic));
      Object place = finding.location() == null ? "" : finding.location();
      Subject subject = new Subject(topic, finding.file(), place, subject(finding.message()));
      notes.merge(subject, note, (one, other) -> other.isWorseThan(one) ? other : one);
    }
    return notes.values().stream().sorted(WORST_FIRST).toList();
  }

  private boolean isWorseThan(MigrationNote other) {
    return impact.compareTo(other.impact) < 0;
  }

  /** A message's start, which names the element; rules differ in what follows. */
  private static String subject(String message) {
    return message.split(" was deleted| changed ", 2)[0];
  }
}
