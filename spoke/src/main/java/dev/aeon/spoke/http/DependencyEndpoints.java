package dev.aeon.spoke.http;

import dev.aeon.spoke.access.Role;
import dev.aeon.spoke.api.GraphInfo;
import dev.aeon.spoke.api.ImpactInfo;
import dev.aeon.spoke.api.ResolveRequest;
import dev.aeon.spoke.api.ResolvedList;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.Requirement;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.registry.DependencyGraph.Edge;
import dev.aeon.spoke.registry.GraphText;
import dev.aeon.spoke.registry.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** What depends on what. */
final class DependencyEndpoints {
  private static final String VERSION = "/modules/{name}/versions/{version}";

  private final SchemaRegistry registry;

  DependencyEndpoints(SchemaRegistry registry) {
    this.registry = registry;
  }

  List<Endpoint> all() {
    return List.of(
        Endpoint.post(
            "/resolve",
            Role.READ,
            "The highest versions that meet ranges, with all that they lead to",
            ResolveRequest.class,
            ResolvedList.class,
            this::resolve),
        graph("/dependencies", "All that a version leads to", registry.graph()::dependencies),
        graph("/dependents", "All that leads to a version", registry.graph()::dependents),
        Endpoint.get(
            "/modules/{name}/impact",
            "The modules that depend on this one",
            ImpactInfo.class,
            this::impact));
  }

  private Endpoint graph(String path, String summary, Function<VersionManifest, List<Edge>> edges) {
    return Endpoint.get(
            VERSION + path,
            summary + ", as json, dot or text",
            GraphInfo.class,
            call -> {
              VersionManifest root = registry.manifest(call.module(), call.version());
              return answer(call, root.asDependency(), edges.apply(root));
            })
        .withQueries("format");
  }

  private static Answer answer(Call call, Dependency root, List<Edge> edges) {
    String format = call.query("format").orElse("json");
    return switch (format) {
      case "json" -> Answer.json(info(root, edges));
      case "text" -> Answer.text(GraphText.lines(root, edges));
      case "dot" ->
          Answer.bytes(
              "text/vnd.graphviz", GraphText.dot(root, edges).getBytes(StandardCharsets.UTF_8));
      default ->
          throw new SpokeException(
              SpokeException.Code.INVALID_REQUEST, "a graph is json, dot or text");
    };
  }

  private static GraphInfo info(Dependency root, List<Edge> edges) {
    return new GraphInfo(
        root.toString(),
        edges.stream()
            .map(edge -> new GraphInfo.Edge(edge.user().toString(), edge.used().toString()))
            .toList());
  }

  private Answer impact(Call call) {
    List<String> dependents =
        registry.graph().impact(call.module()).stream().map(Dependency::toString).toList();
    return Answer.json(new ImpactInfo(call.module().value(), dependents));
  }

  private Answer resolve(Call call) {
    List<String> wanted = call.json(ResolveRequest.class).dependencies();
    List<Requirement> requirements =
        wanted == null ? List.of() : wanted.stream().map(Requirement::parse).toList();
    requirements.forEach(each -> call.caller().require(Role.READ, each.module()));
    return Answer.json(
        new ResolvedList(
            registry.resolve(requirements).stream().map(ResolvedList.Entry::of).toList()));
  }
}
