package dev.aeon.spoke.validate.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import build.buf.validate.ValidateProto;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.ImageBuilder;
import dev.aeon.spoke.validate.breaking.BreakingDetector;
import dev.aeon.spoke.validate.config.CheckConfigFile;
import dev.aeon.spoke.validate.config.ModuleConfig;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.lint.Linter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verdicts on made-up pairs of schemas are those of buf, to the file, the line, the column and
 * the words. Each pair is a package of its own, so that one run of buf judges all of them.
 */
class BufParityTest {
  private static final int PAIRS = 1_200;
  private static final int CONSTRAINED = 120;

  /** Every so many of the pairs of features are looked at. */
  private static final int FEATURE_STEP = 16;

  private static final long SEED = Long.getLong("aeon.seed", 20261121);

  /** What buf finds and we judge by other means is said in docs/spoke/rules.md. */
  private static final String CONFIGURATION =
      """
      version: v2
      lint:
        use: [STANDARD, COMMENTS, UNARY_RPC, STABLE_PACKAGE_NO_IMPORT_UNSTABLE]
      breaking:
        use: [FILE, PACKAGE, WIRE_JSON, WIRE, CSR]
      """;

  private static final String DEPRECATED_RULES =
      """
      breaking:
        use:
        - FIELD_SAME_CTYPE
        - FIELD_SAME_LABEL
        - FILE_SAME_JAVA_STRING_CHECK_UTF8
        - FILE_SAME_PHP_GENERIC_SERVICES
        - MESSAGE_SAME_MESSAGE_SET_WIRE_FORMAT
      lint:
        use: [PACKAGE_DEFINED]
      """;

  @TempDir Path folder;

  @Test
  void verdictsOnMutatedSchemas_areThoseOfBuf() throws IOException, InterruptedException {
    assumeTrue(Buf.canBeInstalled(), "npm is needed to install the peer");
    Path before = folder.resolve("before");
    Path now = folder.resolve("now");
    assertSameVerdicts(before, now, writePairs(before, now), 30, 12);
  }

  @Test
  void verdictsOnFeaturesOfLanguages_areThoseOfBuf() throws IOException, InterruptedException {
    assumeTrue(Buf.canBeInstalled(), "npm is needed to install the peer");
    Path before = folder.resolve("before");
    Path now = folder.resolve("now");
    assertSameVerdicts(before, now, writeFeatures(before, now), 4, 1);
  }

  @Test
  void verdictsOnEveryOtherRule_areThoseOfBuf() throws IOException, InterruptedException {
    assumeTrue(Buf.canBeInstalled(), "npm is needed to install the peer");
    Path before = folder.resolve("before");
    Path now = folder.resolve("now");
    List<String> earlier = write(before, RuleCases.before());
    List<String> files = write(now, RuleCases.now());
    ModuleConfig config = CheckConfigFile.load(now).getFirst();
    try (Protoc protoc = Protoc.open()) {
      ImageBuilder builder = new ImageBuilder(protoc);
      Image current = builder.build(List.of(now), files);
      Image previous = builder.build(List.of(before), earlier);
      List<Finding> breaking = new BreakingDetector(config.breaking()).compare(current, previous);
      assertSame(breaking, Buf.findings(now, "breaking", "--against", before.toString()), 6);
      assertSame(new Linter(config.lint()).lint(current), Buf.findings(now, "lint"), 22);
    }
  }

  /** Each stands for those that replaced it; two that nothing replaced find nothing. */
  @Test
  void verdictsByDeprecatedRules_areThoseOfBuf() throws IOException, InterruptedException {
    assumeTrue(Buf.canBeInstalled(), "npm is needed to install the peer");
    Path before = folder.resolve("before");
    Path now = folder.resolve("now");
    for (String version : List.of("v1beta1", "v1")) {
      write(before.resolve("a.proto"), RuleCases.ofDeprecatedRules("", "", "optional"));
      write(
          now.resolve("a.proto"),
          RuleCases.ofDeprecatedRules(
              "option java_string_check_utf8 = true;", "[ctype = CORD]", "repeated"));
      write(before.resolve("buf.yaml"), "version: " + version + "\n" + DEPRECATED_RULES);
      write(now.resolve("buf.yaml"), "version: " + version + "\n" + DEPRECATED_RULES);
      assertSameVerdicts(before, now, List.of("a.proto"), 5, 0);
    }
  }

  private static List<String> write(Path folder, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      write(folder.resolve(file.getKey()), file.getValue());
    }
    write(folder.resolve("buf.yaml"), CONFIGURATION);
    return List.copyOf(files.keySet());
  }

  private static void assertSameVerdicts(
      Path before, Path now, List<String> files, int breakingRules, int lintRules)
      throws IOException, InterruptedException {
    ModuleConfig config = CheckConfigFile.load(now).getFirst();
    try (Protoc protoc = Protoc.open()) {
      ImageBuilder builder = new ImageBuilder(protoc);
      Image current = builder.build(List.of(now), files);
      Image previous = builder.build(List.of(before), files);
      List<Finding> breaking = new BreakingDetector(config.breaking()).compare(current, previous);
      assertSame(
          breaking, Buf.findings(now, "breaking", "--against", before.toString()), breakingRules);
      assertSame(new Linter(config.lint()).lint(current), Buf.findings(now, "lint"), lintRules);
    }
  }

  @Test
  void verdictsOnConstraints_areThoseOfBuf() throws IOException, InterruptedException {
    assumeTrue(Buf.canBeInstalled(), "npm is needed to install the peer");
    List<String> files = writeConstraints();
    ModuleConfig config = CheckConfigFile.load(folder).getFirst();
    try (Protoc protoc = Protoc.open()) {
      Image image = new ImageBuilder(protoc).build(List.of(folder), files);
      List<Finding> ours = new Linter(config.lint()).lint(image);
      assertSame(comparable(ours), comparable(Buf.findings(folder, "lint")), 1);
      assertThat(ours).hasSizeGreaterThan(CONSTRAINED);
    }
  }

  /** What stands in the text of an example that is a message differs from run to run of buf. */
  private static List<Finding> comparable(List<Finding> findings) {
    return findings.stream()
        .map(finding ->
            new Finding(
                finding.rule(),
                finding.file(),
                finding.location(),
                finding
                    .message()
                    .replace('\u00a0', ' ')
                    .replaceAll(" +", " ")
                    .replaceAll("^\"(seconds|&).*?\" is an example", "\"…\" is an example")))
        .distinct()
        .sorted()
        .toList();
  }

  private List<String> writeConstraints() throws IOException {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < CONSTRAINED; i++) {
      String name = "c%04d".formatted(i);
      files.add(name + ".proto");
      write(folder.resolve(name + ".proto"), ConstraintMaker.make(SEED + i, name));
    }
    String rules = ValidateProto.getDescriptor().getName();
    try (InputStream text = ValidateProto.class.getResourceAsStream("/" + rules)) {
      write(folder.resolve(rules), new String(text.readAllBytes(), StandardCharsets.UTF_8));
    }
    write(
        folder.resolve("buf.yaml"),
        "version: v2\nlint:\n  use: [PROTOVALIDATE]\n  ignore: [buf]\n");
    return files;
  }

  private static void assertSame(List<Finding> ours, List<Finding> theirs, int differentRules) {
    List<Finding> theirsReworded = theirs.stream().map(BufParityTest::reworded).toList();
    assertThat(minus(ours, theirsReworded)).as("what only we find, seed=" + SEED).isEmpty();
    assertThat(minus(theirsReworded, ours)).as("what only buf finds, seed=" + SEED).isEmpty();
    Set<String> rules = ours.stream().map(Finding::rule).collect(Collectors.toSet());
    assertThat(rules).as("rules that fired").hasSizeGreaterThanOrEqualTo(differentRules);
  }

  private static List<Finding> minus(List<Finding> some, List<Finding> others) {
    Set<Finding> left = new java.util.TreeSet<>(some);
    left.removeAll(Set.copyOf(others));
    return left.stream().limit(20).toList();
  }

  /** A letter that slipped into one of buf's messages is taken out. */
  private static Finding reworded(Finding finding) {
    return new Finding(
        finding.rule(),
        finding.file(),
        finding.location(),
        finding.message().replace("\"q moved from oneof", "\" moved from oneof"));
  }

  private static List<String> writePairs(Path before, Path now) throws IOException {
    List<String> files = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      Random random = new Random(SEED + pair);
      String name = "p%04d".formatted(pair);
      Schema changed = SchemaMaker.make(SEED + pair, name + ".v1");
      Mutation[] all = Mutation.values();
      all[pair % all.length].apply(changed, random);
      for (int more = random.nextInt(3); more > 0; more--) {
        all[random.nextInt(all.length)].apply(changed, random);
      }
      String path = name + "/v1/" + name + ".proto";
      files.add(path);
      write(before.resolve(path), SchemaMaker.make(SEED + pair, name + ".v1").text());
      write(now.resolve(path), changed.text());
    }
    write(before.resolve("buf.yaml"), CONFIGURATION);
    write(now.resolve("buf.yaml"), CONFIGURATION);
    return files;
  }

  /** Of every two schemas, the one as it was and the other as it is. */
  private static List<String> writeFeatures(Path before, Path now) throws IOException {
    List<String> files = new ArrayList<>();
    List<String> texts = FeatureMaker.texts();
    for (int i = 0; i < texts.size(); i++) {
      for (int step = 1; step < texts.size(); step += FEATURE_STEP) {
        String name = "f%03dx%03d".formatted(i, step);
        String path = name + "/v1/" + name + ".proto";
        files.add(path);
        write(before.resolve(path), texts.get(i).formatted(name + ".v1"));
        write(now.resolve(path), texts.get((i + step) % texts.size()).formatted(name + ".v1"));
      }
    }
    write(before.resolve("buf.yaml"), CONFIGURATION);
    write(now.resolve("buf.yaml"), CONFIGURATION);
    return files;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
