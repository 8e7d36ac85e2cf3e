package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.SubjectSchema;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.registry.Policy;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.validate.release.CompatibilityMode;
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
        endpoint(Method.GET, "/config", Role.READ, Void.class, _ -> level(CompatibilityMode.NONE)),
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

  private static Answer level(CompatibilityMode level) {
    return SubjectEndpoints.json(Map.of("compatibilityLevel", level.name()));
  }

  private Answer get(Call call) {
    return level(registry.policies().get(call.module()).mode());
  }

  private Answer set(Call call) {
    String wanted = call.json(Level.class).compatibility();
    CompatibilityMode level = CompatibilityMode.parse(wanted == null ? "" : wanted);
    Policy policy = registry.policies().get(call.module()).withCompatibility(level);
    registry.policies().set(call.module(), policy);
    return SubjectEndpoints.json(Map.of("compatibility", level.name()));
  }

  private Answer check(Call call) {
    ModuleName subject = call.module();
    SubjectSchema wanted = call.json(SubjectSchema.class);
    ModuleContent content = Subjects.content(subject, SubjectEndpoints.textOf(wanted));
    byte[] descriptors =
        registry.compileOnly(
            subject, content, subjects.requirements(SubjectEndpoints.references(wanted)));
    CompatibilityMode mode = registry.policies().get(subject).mode();
    List<Violation> violations =
        registry
            .policies()
            .incompatibilities(mode, subject, subjects.next(subject), content, descriptors);
    return SubjectEndpoints.json(
        Map.of(
            "is_compatible",
            violations.isEmpty(),
            "messages",
            violations.stream().map(Violation::toString).toList()));
  }
}
