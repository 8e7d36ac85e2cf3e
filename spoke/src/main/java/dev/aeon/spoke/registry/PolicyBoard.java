package dev.aeon.spoke.registry;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.store.SchemaStore;
import dev.aeon.spoke.validate.Finding;
import dev.aeon.spoke.validate.breaking.BreakingDetector;
import dev.aeon.spoke.validate.config.BreakingConfig;
import dev.aeon.spoke.validate.config.LintConfig;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageReader;
import dev.aeon.spoke.validate.lint.Linter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what each module demands of its versions, and holds pushes to it. Thread-safe. */
public final class PolicyBoard {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> WIRE = List.of("WIRE");

  private final SchemaStore store;

  PolicyBoard(SchemaStore store) {
    this.store = store;
  }

  /** What a module demands; nothing where it was never said. */
  public Policy get(ModuleName module) {
    return store.settings(module).map(PolicyBoard::read).orElse(Policy.open());
  }

  private static Policy read(byte[] bytes) {
    try {
      return MAPPER.readValue(bytes, Policy.class);
    } catch (JacksonException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "a module's settings are damaged: " + e.getMessage(), e);
    }
  }

  /**
   * Sets what a module demands from now on.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where it names a rule or level that is none
   */
  public void set(ModuleName module, Policy policy) {
    policy.level();
    LintConfig lint = LintConfig.using(policy.lint());
    BreakingConfig breaking = BreakingConfig.using(policy.breaking());
    store.saveSettings(module, MAPPER.writeValueAsBytes(policy));
    org.slf4j.LoggerFactory.getLogger(PolicyBoard.class)
        .debug("{} demands {} and {}", module, lint, breaking);
  }

  /**
   * Holds a version to what its module demands.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} with everything that is violated
   */
  void enforce(ModuleName module, Version version, ModuleContent content, byte[] descriptors) {
    Policy policy = get(module);
    List<Violation> violations = new ArrayList<>();
    if (!policy.lint().isEmpty()) {
      Image own = ImageReader.parse(descriptors, factsOf(content));
      add(violations, new Linter(LintConfig.using(policy.lint())).lint(own), "");
    }
    if (!isFreeToBreak(policy, module, version)) {
      addBreaking(violations, policy, module, version, descriptors);
    }
    addIncompatible(violations, policy, module, version, descriptors);
    if (!violations.isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "the version is not what its module demands, violations=" + violations.size(),
          violations);
    }
  }

  /** The module's own files are judged; what they import is another module's affair. */
  private static ImageReader.Facts factsOf(ModuleContent content) {
    Map<String, byte[]> own = new HashMap<>();
    content.files().forEach((path, bytes) -> own.put(path.value(), bytes));
    return new ImageReader.Facts(
        Set.copyOf(own.keySet()),
        Map.of(),
        path -> new String(own.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8));
  }

  private boolean isFreeToBreak(Policy policy, ModuleName module, Version version) {
    List<Version> earlier = earlier(module, version);
    return policy.breaking().isEmpty()
        || earlier.isEmpty()
        || (policy.semantic() && isMajor(version, earlier.getLast()));
  }

  private static boolean isMajor(Version version, Version last) {
    return version.major().compareTo(last.major()) > 0
        || (version.major().equals(BigInteger.ZERO) && version.minor().compareTo(last.minor()) > 0);
  }

  private void addBreaking(
      List<Violation> violations,
      Policy policy,
      ModuleName module,
      Version version,
      byte[] descriptors) {
    BreakingDetector detector = new BreakingDetector(BreakingConfig.using(policy.breaking()));
    Image current = ImageReader.parse(descriptors);
    for (Version release : relevant(module, version, policy.everyRelease())) {
      add(violations, detector.compare(current, image(module, release)), " since " + release);
    }
  }

  private void addIncompatible(
      List<Violation> violations,
      Policy policy,
      ModuleName module,
      Version version,
      byte[] descriptors) {
    violations.addAll(incompatibilities(policy.level(), module, version, descriptors));
  }

  /** What stands between a schema and the earlier releases of a module at a level. */
  public List<Violation> incompatibilities(
      CompatibilityLevel level, ModuleName module, Version version, byte[] descriptors) {
    List<Violation> violations = new ArrayList<>();
    if (level == CompatibilityLevel.NONE) {
      return violations;
    }
    BreakingDetector detector = new BreakingDetector(BreakingConfig.using(WIRE));
    Image current = ImageReader.parse(descriptors);
    for (Version release : relevant(module, version, level.isTransitive())) {
      Image earlier = image(module, release);
      if (level.readsEarlier()) {
        add(violations, detector.compare(current, earlier), " reading " + release);
      }
      if (level.isReadByEarlier()) {
        add(violations, detector.compare(earlier, current), " read by " + release);
      }
    }
    return violations;
  }

  private List<Version> relevant(ModuleName module, Version version, boolean all) {
    List<Version> earlier = earlier(module, version);
    return all || earlier.isEmpty() ? earlier : List.of(earlier.getLast());
  }

  private List<Version> earlier(ModuleName module, Version version) {
    return store.versions(module).stream()
        .filter(Version::isRelease)
        .filter(release -> version.isCommit() || release.compareTo(version) < 0)
        .toList();
  }

  private Image image(ModuleName module, Version version) {
    return store
        .descriptors(module, version)
        .map(ImageReader::parse)
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INTERNAL,
                "a version has no descriptors, version=" + module + "@" + version));
  }

  private static void add(List<Violation> violations, List<Finding> findings, String suffix) {
    findings.stream()
        .map(Finding::toViolation)
        .map(each ->
            new Violation(
                each.file(), each.line(), each.column(), each.rule(), each.message() + suffix))
        .distinct()
        .forEach(violations::add);
  }
}
