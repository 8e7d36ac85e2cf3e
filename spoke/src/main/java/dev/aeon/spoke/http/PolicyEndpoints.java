package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.PolicyInfo;
import dev.aeon.spoke.registry.Policy;
import dev.aeon.spoke.registry.SchemaRegistry;
import io.helidon.http.Method;
import java.util.List;

/** What modules demand of the versions that are pushed. */
final class PolicyEndpoints {
  private static final String PATH = "/modules/{name}/policy";

  private final SchemaRegistry registry;

  PolicyEndpoints(SchemaRegistry registry) {
    this.registry = registry;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.get(PATH, "What a module demands of its versions", PolicyInfo.class, this::get),
        Endpoint.of(
            Method.PUT,
            PATH,
            Role.ADMIN,
            "Set what a module demands of its versions",
            PolicyInfo.class,
            PolicyInfo.class,
            this::set));
  }

  private Answer get(Call call) {
    return Answer.json(info(registry.policies().get(call.module())));
  }

  private Answer set(Call call) {
    PolicyInfo wanted = call.json(PolicyInfo.class);
    Policy open = Policy.open();
    Policy policy =
        new Policy(
            wanted.lint() == null ? open.lint() : wanted.lint(),
            wanted.breaking() == null ? open.breaking() : wanted.breaking(),
            wanted.everyRelease(),
            wanted.semantic() == null || wanted.semantic(),
            wanted.compatibility() == null ? open.compatibility() : wanted.compatibility());
    registry.policies().set(call.module(), policy);
    return Answer.json(info(policy));
  }

  private static PolicyInfo info(Policy policy) {
    return new PolicyInfo(
        policy.lint(),
        policy.breaking(),
        policy.everyRelease(),
        policy.semantic(),
        policy.compatibility());
  }
}
