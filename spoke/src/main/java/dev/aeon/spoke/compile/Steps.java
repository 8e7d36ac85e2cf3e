package dev.aeon.spoke.compile;

import static dev.aeon.spoke.compile.Step.builtIn;
import static dev.aeon.spoke.compile.Step.oldPlugin;
import static dev.aeon.spoke.compile.Step.plugin;

import dev.aeon.spoke.protoc.Plugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which outputs make up a language: its messages, and its gRPC stubs where there are services. */
final class Steps {
  private Steps() {}

  static List<Step> of(CompileJob job, FileGraph graph, Path mapping) throws IOException {
    List<Step> steps = new ArrayList<>(messages(job, graph, mapping));
    if (graph.hasServices()) {
      steps.addAll(stubs(job, graph));
    }
    return steps;
  }

  private static List<Step> messages(CompileJob job, FileGraph graph, Path mapping)
      throws IOException {
    return switch (job.language()) {
      case CPP -> List.of(builtIn("cpp"));
      case CSHARP -> List.of(builtIn("csharp", "base_namespace="));
      case DESCRIPTORS -> List.of();
      case GO -> List.of(oldPlugin(Plugin.GO, GoPackages.options(job, graph)));
      case JAVA -> List.of(builtIn("java"));
      case JAVASCRIPT -> List.of(plugin(Plugin.ECMASCRIPT, "target=js+dts", "import_extension=js"));
      case KOTLIN -> List.of(builtIn("java"), builtIn("kotlin"));
      case OBJC -> List.of(builtIn("objc"));
      case PHP -> List.of(builtIn("php"));
      case PYTHON -> List.of(builtIn("python"), builtIn("pyi"));
      case RUBY -> List.of(builtIn("ruby"));
      case RUST -> List.of(RustCrates.step(graph, mapping));
      case TYPESCRIPT -> List.of(plugin(Plugin.ECMASCRIPT, "target=ts", "import_extension=js"));
    };
  }

  /** ECMAScript's plugin writes service descriptors with the messages. */
  private static List<Step> stubs(CompileJob job, FileGraph graph) {
    return switch (job.language()) {
      case CPP -> List.of(oldPlugin(Plugin.CPP_GRPC, List.of()));
      case GO -> List.of(oldPlugin(Plugin.GO_GRPC, GoPackages.options(job, graph)));
      case JAVA -> List.of(plugin(Plugin.JAVA_GRPC, "@generated=omit"));
      case KOTLIN ->
          List.of(
              plugin(Plugin.JAVA_GRPC, "@generated=omit"),
              oldPlugin(Plugin.KOTLIN_GRPC, List.of()));
      case PHP -> List.of(oldPlugin(Plugin.PHP_GRPC, List.of()));
      case PYTHON -> List.of(oldPlugin(Plugin.PYTHON_GRPC, List.of()));
      case RUBY -> List.of(oldPlugin(Plugin.RUBY_GRPC, List.of()));
      case CSHARP, DESCRIPTORS, JAVASCRIPT, OBJC, RUST, TYPESCRIPT -> List.of();
    };
  }
}
