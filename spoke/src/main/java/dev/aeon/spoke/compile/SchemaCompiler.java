package dev.aeon.spoke.compile;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.protoc.Limits;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.protoc.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compiles the files of a module together with the files of other modules that they import, so that
 * the result needs nothing but the language's Protobuf runtime. The same input gives the same
 * output. Thread-safe; a call blocks while the compiler runs.
 */
public final class SchemaCompiler {
  /** The only file of {@link Language#DESCRIPTORS}: a {@code FileDescriptorSet} with sources. */
  public static final String DESCRIPTOR_FILE = "descriptors.binpb";

  private final Protoc protoc;

  public SchemaCompiler(Protoc protoc) {
    this.protoc = protoc;
  }

  /**
   * Compiles.
   *
   * @return the generated files by relative path
   * @throws SpokeException {@code INVALID_SCHEMA} where it does not compile, {@code LIMIT_EXCEEDED}
   *     where it takes more time, memory or space than a job may, {@code UNAVAILABLE} where the
   *     language's plugin is not installed
   */
  public SortedMap<String, byte[]> compile(CompileJob job) {
    try (SourceTree tree = SourceTree.write(job.content(), job.dependencies())) {
      Path set = parse(tree, job);
      if (job.language() == Language.DESCRIPTORS) {
        return new TreeMap<>(java.util.Map.of(DESCRIPTOR_FILE, Files.readAllBytes(set)));
      }
      FileGraph graph = read(set);
      return generate(tree, job, graph, set);
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot read compiled files: " + e.getMessage(), e);
    }
  }

  private Path parse(SourceTree tree, CompileJob job) {
    Path set = tree.scratchFile(DESCRIPTOR_FILE);
    List<String> options =
        List.of("--descriptor_set_out=" + set, "--include_imports", "--include_source_info");
    check(job, tree, protoc.run(tree.includes(), options, tree.ownFiles()));
    return set;
  }

  private static FileGraph read(Path set) throws IOException {
    byte[] bytes = Files.readAllBytes(set);
    return new FileGraph(FileDescriptorSet.parseFrom(bytes, ExtensionRegistry.newInstance()));
  }

  private SortedMap<String, byte[]> generate(
      SourceTree tree, CompileJob job, FileGraph graph, Path set) throws IOException {
    Path output = tree.outputFolder();
    for (Step step : Steps.of(job, graph, tree.scratchFile(RustCrates.MAPPING))) {
      Path input = step.knowsEditions() ? set : withoutEditions(tree, graph, step);
      List<String> arguments = arguments(step, input, output);
      arguments.addAll(graph.generatedNames());
      check(job, tree, protoc.run(arguments, Limits.GENERATE));
    }
    return OutputFolder.read(output);
  }

  private static Path withoutEditions(SourceTree tree, FileGraph graph, Step step)
      throws IOException {
    Path lowered = tree.scratchFile("lowered-" + step.output() + ".binpb");
    Files.write(lowered, EditionLowering.lower(graph.set(), step.isExact()).toByteArray());
    return lowered;
  }

  private List<String> arguments(Step step, Path input, Path output) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--descriptor_set_in=" + input);
    step.plugin()
        .ifPresent(plugin ->
            arguments.add("--plugin=protoc-gen-" + step.output() + "=" + protoc.plugin(plugin)));
    step.options().forEach(option -> arguments.add("--" + step.output() + "_opt=" + option));
    arguments.add("--" + step.output() + "_out=" + output);
    return arguments;
  }

  private static void check(CompileJob job, SourceTree tree, Protoc.Result result) {
    if (!result.succeeded()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "cannot compile for "
              + job.language().id()
              + ": "
              + tree.shorten(result.messages()).strip());
    }
  }
}
