package dev.aeon.spoke.compile;

import static dev.aeon.spoke.compile.Step.builtIn;
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
      case GO ->
          List.of(
              plugin(Plugin.GO, EditionSupport.UP_TO_2023, GoPackages.messageOptions(job, graph)));
      case JAVA -> List.of(builtIn("java"));
      case JAVASCRIPT -> List.of(ecmaScript("js+dts"));
      case KOTLIN -> List.of(builtIn("java"), builtIn("kotlin"));
      case OBJC -> List.of(builtIn("objc"));
      case PHP -> List.of(builtIn("php"));
      case PYTHON -> List.of(builtIn("python"), builtIn("pyi"));
      case RUBY -> List.of(builtIn("ruby"));
      case RUST -> List.of(RustCrates.step(graph, mapping));
      case TYPESCRIPT -> List.of(ecmaScript("ts"));
    };
  }

  private static Step ecmaScript(String target) {
    return plugin(
        Plugin.ECMASCRIPT, EditionSupport.ALL, List.of("target=" + target, "import_extension=js"));
  }

  /** ECMAScript's plugin writes service descriptors with the messages. */
  private static List<Step> stubs(CompileJob job, FileGraph graph) {
    return switch (job.language()) {
      case CPP -> List.of(stubs(Plugin.CPP_GRPC));
      case CSHARP -> CSharpFolders.stubs(graph);
      case GO -> List.of(stubs(Plugin.GO_GRPC, GoPackages.options(job, graph)));
      case JAVA -> List.of(javaStubs());
      case KOTLIN -> List.of(javaStubs(), stubs(Plugin.KOTLIN_GRPC));
      case OBJC -> List.of(stubs(Plugin.OBJC_GRPC));
      case PHP -> List.of(stubs(Plugin.PHP_GRPC, List.of("generate_server")));
      case PYTHON -> List.of(stubs(Plugin.PYTHON_GRPC));
      case RUBY -> List.of(stubs(Plugin.RUBY_GRPC));
      case DESCRIPTORS, JAVASCRIPT, RUST, TYPESCRIPT -> List.of();
    };
  }

  private static Step javaStubs() {
    return plugin(Plugin.JAVA_GRPC, EditionSupport.ALL, List.of("@generated=omit"));
  }

  private static Step stubs(Plugin plugin) {
    return stubs(plugin, List.of());
  }

  private static Step stubs(Plugin plugin, List<String> options) {
    return plugin(plugin, EditionSupport.NONE, options);
  }
}
