package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.SubjectSchema;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.registry.CompatibilityLevel;
import dev.aeon.spoke.registry.Policy;
import dev.aeon.spoke.registry.SchemaRegistry;
import io.helidon.http.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compatibility levels of subjects and checks against them, as Confluent's clients ask for them.
 */
final class CompatibilityEndpoints {
  private static final String CONFIG = "/config/{name}";

  private final SchemaRegistry registry;
  private final Subjects subjects;

  CompatibilityEndpoints(SchemaRegistry registry, Subjects subjects) {
    this.registry = registry;
    this.subjects = subjects;
  }

  /** The body of {@code PUT /config/{subject}}. */
  record Level(@Nullable String compatibility) {}

  List<Endpoint> all() {
    return List.of(
        endpoint(Method.GET, "/config", Role.READ, Void.class, _ -> level(CompatibilityLevel.NONE)),
        endpoint(Method.GET, CONFIG, Role.READ, Void.class, this::get),
        endpoint(Method.PUT, CONFIG, Role.ADMIN, Level.class, this::set),
        endpoint(
            Method.POST,
            "/compatibility/subjects/{name}/versions/{version}",
            Role.READ,
            SubjectSchema.class,
            this::check));
  }

  private static Endpoint endpoint(
      Method method, String path, Role role, Class<?> request, Endpoint.Handler handler) {
    return Endpoint.of(
        method,
        path,
        role,
        "Confluent: compatibility",
        request,
        Level.class,
        SubjectErrors.telling(handler));
  }

  private static Answer level(CompatibilityLevel level) {
    return SubjectEndpoints.json(Map.of("compatibilityLevel", level.name()));
  }

  private Answer get(Call call) {
    return level(CompatibilityLevel.parse(registry.policies().get(call.module()).compatibility()));
  }

  private Answer set(Call call) {
    String wanted = call.json(Level.class).compatibility();
    CompatibilityLevel level = CompatibilityLevel.parse(wanted == null ? "" : wanted);
    Policy policy = registry.policies().get(call.module()).withCompatibility(level);
    registry.policies().set(call.module(), policy);
    return SubjectEndpoints.json(Map.of("compatibility", level.name()));
  }

  private Answer check(Call call) {
    ModuleName subject = call.module();
    SubjectSchema wanted = call.json(SubjectSchema.class);
    byte[] descriptors =
        registry.compileOnly(
            subject,
            Subjects.content(subject, SubjectEndpoints.textOf(wanted)),
            subjects.requirements(SubjectEndpoints.references(wanted)));
    CompatibilityLevel level =
        CompatibilityLevel.parse(registry.policies().get(subject).compatibility());
    List<Violation> violations =
        registry.policies().incompatibilities(level, subject, subjects.next(subject), descriptors);
    return SubjectEndpoints.json(
        Map.of(
            "is_compatible",
            violations.isEmpty(),
            "messages",
            violations.stream().map(Violation::toString).toList()));
  }
}
