package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.ModuleInfo;
import dev.aeon.spoke.api.ModuleList;
import dev.aeon.spoke.api.PushRequest;
import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.SchemaStore.Outcome;
import io.helidon.http.Status;
import java.util.List;

/** Modules: listing them, and publishing versions. */
final class ModuleEndpoints {
  private final SchemaRegistry registry;

  ModuleEndpoints(SchemaRegistry registry) {
    this.registry = registry;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.post(
            "/modules",
            Role.PUSH,
            "Publish a version: 201 stored, 200 the same content was there",
            PushRequest.class,
            VersionInfo.class,
            this::push),
        Endpoint.get("/modules", "List modules", ModuleList.class, this::modules)
            .withQueries("after", "limit"),
        Endpoint.get(
            "/modules/{name}/versions", "A module's versions", ModuleInfo.class, this::module),
        Endpoint.get("/modules/{name}", "A module's versions", ModuleInfo.class, this::module));
  }

  private Answer push(Call call) {
    PushRequest push = call.json(PushRequest.class);
    ModuleName module = push.checkedModule();
    call.caller().require(Role.PUSH, module);
    SchemaRegistry.Pushed pushed =
        registry.push(
            module,
            push.checkedVersion(),
            push.checkedDescription(),
            push.checkedContent(),
            push.checkedDependencies());
    Status status = pushed.outcome() == Outcome.CREATED ? Status.CREATED_201 : Status.OK_200;
    return Answer.json(status, VersionInfo.of(pushed.version()));
  }

  private Answer modules(Call call) {
    String after = call.query("after").orElse("");
    int limit = call.limit();
    List<String> names =
        registry.modules().stream()
            .filter(module -> call.caller().may(Role.READ, module))
            .map(ModuleName::value)
            .filter(name -> name.compareTo(after) > 0)
            .limit(limit + 1L)
            .toList();
    boolean hasMore = names.size() > limit;
    List<String> page = hasMore ? names.subList(0, limit) : names;
    return Answer.json(new ModuleList(page, hasMore ? page.getLast() : null));
  }

  private Answer module(Call call) {
    ModuleName module = call.module();
    List<String> versions = registry.versions(module).stream().map(Version::toString).toList();
    String latest = registry.latest(module).toString();
    return Answer.json(new ModuleInfo(module.value(), latest, versions));
  }
}
