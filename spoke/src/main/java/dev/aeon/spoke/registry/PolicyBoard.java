package dev.aeon.spoke.registry;

import com.google.protobuf.ByteString;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.store.SchemaStore;
import dev.aeon.spoke.validate.release.CompatibilityMode;
import dev.aeon.spoke.validate.release.ReleaseCheck;
import dev.aeon.spoke.validate.release.ReleaseCheck.Release;
import dev.aeon.spoke.validate.release.ReleasePolicies;
import dev.aeon.spoke.validate.release.ReleasePolicy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds pushes to what the registry demands of all modules and what each demands of itself. Keeps
 * the latter with the module. Thread-safe.
 */
public final class PolicyBoard {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final SchemaStore store;
  private final ReleasePolicies policies;

  PolicyBoard(SchemaStore store, ReleasePolicies policies) {
    this.store = store;
    this.policies = policies;
  }

  /** What a module demands of itself; nothing where it was never said. */
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
   * @throws SpokeException {@code INVALID_REQUEST} where it names a rule or mode that is none
   */
  public void set(ModuleName module, Policy policy) {
    policy.toReleasePolicy().refuseUnknown();
    store.saveSettings(module, MAPPER.writeValueAsBytes(policy));
  }

  /**
   * Holds a version to what is demanded of it.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} with everything that is violated
   */
  void enforce(ModuleName module, Version version, ModuleContent content, byte[] descriptors) {
    Release current = release(version, content, descriptors);
    List<Violation> violations =
        Stream.of(policies.policy(module), get(module).toReleasePolicy())
            .distinct()
            .flatMap(policy -> violations(policy, module, current).stream())
            .distinct()
            .toList();
    if (!violations.isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "the policy of the module forbids the version, violations=" + violations.size(),
          violations);
    }
  }

  private List<Violation> violations(ReleasePolicy policy, ModuleName module, Release current) {
    ReleaseCheck check = new ReleaseCheck(policy);
    List<Release> earlier = check.needsEarlier() ? releases(module) : List.of();
    return check.check(current, earlier);
  }

  /** What stands between a schema and the earlier releases of a module in a mode. */
  public List<Violation> incompatibilities(
      CompatibilityMode mode,
      ModuleName module,
      Version version,
      ModuleContent content,
      byte[] descriptors) {
    ReleasePolicy policy = ReleasePolicy.NONE.withCompatibility(mode);
    return violations(policy, module, release(version, content, descriptors));
  }

  private List<Release> releases(ModuleName module) {
    return store.versions(module).stream()
        .filter(Version::isRelease)
        .flatMap(version -> store.manifest(module, version).stream())
        .map(this::release)
        .toList();
  }

  private Release release(VersionManifest version) {
    Set<String> files =
        version.files().stream().map(file -> file.path().value()).collect(Collectors.toSet());
    byte[] descriptors =
        store
            .descriptors(version.module(), version.version())
            .orElseThrow(() ->
                new SpokeException(
                    SpokeException.Code.INTERNAL, "a version has no descriptors: " + version));
    return new Release(version.version(), files, ByteString.copyFrom(descriptors));
  }

  /** With its text, in which comments may suppress a rule. */
  private static Release release(Version version, ModuleContent content, byte[] descriptors) {
    Map<String, byte[]> texts = new HashMap<>();
    content.files().forEach((ProtoPath path, byte[] text) -> texts.put(path.value(), text));
    return new Release(
        version,
        Set.copyOf(texts.keySet()),
        ByteString.copyFrom(descriptors),
        path -> new String(texts.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8));
  }
}
