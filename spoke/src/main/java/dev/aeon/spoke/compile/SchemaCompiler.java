package dev.aeon.spoke.compile;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.ExtensionRegistry;
import dev.aeon.spoke.model.Blob;
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
import java.util.Map;
import java.util.Optional;
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
    try (Generated generated = generate(job)) {
      SortedMap<String, byte[]> files = new TreeMap<>();
      for (Map.Entry<String, Blob> file : generated.files().entrySet()) {
        files.put(file.getKey(), file.getValue().readAll());
      }
      return files;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Generated files by relative path, which lie on the disk until this is closed. */
  public record Generated(SortedMap<String, Blob> files, SourceTree tree) implements AutoCloseable {
    @Override
    public void close() {
      tree.close();
    }
  }

  /** Compiles as {@link #compile} does; none of the files is in memory. The caller closes them. */
  public Generated generate(CompileJob job) {
    SourceTree tree = SourceTree.write(job.content(), job.dependencies());
    try {
      return new Generated(generate(tree, job), tree);
    } catch (IOException e) {
      tree.close();
      throw failure(e);
    } catch (RuntimeException e) {
      tree.close();
      throw e;
    }
  }

  private static SpokeException failure(IOException e) {
    return new SpokeException(
        SpokeException.Code.INTERNAL, "cannot read compiled files: " + e.getMessage(), e);
  }

  private SortedMap<String, Blob> generate(SourceTree tree, CompileJob job) throws IOException {
    Path set = parse(tree, job);
    return job.language() == Language.DESCRIPTORS
        ? new TreeMap<>(Map.of(DESCRIPTOR_FILE, Blob.of(set)))
        : generate(tree, job, read(set, job.language()), set);
  }

  private Path parse(SourceTree tree, CompileJob job) {
    Path set = tree.scratchFile(DESCRIPTOR_FILE);
    List<String> options =
        List.of("--descriptor_set_out=" + set, "--include_imports", "--include_source_info");
    check(job, tree, protoc.run(tree.includes(), options, tree.ownFiles()));
    return set;
  }

  /** Reads a set of files, and leaves in it what the language can do with. */
  private static FileGraph read(Path set, Language language) throws IOException {
    FileDescriptorSet all =
        FileDescriptorSet.parseFrom(Files.readAllBytes(set), ExtensionRegistry.newInstance());
    Optional<FileDescriptorSet> fitting = LanguageFeatures.withoutOthers(all, language);
    if (fitting.isPresent()) {
      Files.write(set, fitting.get().toByteArray());
    }
    return new FileGraph(fitting.orElse(all));
  }

  private SortedMap<String, Blob> generate(
      SourceTree tree, CompileJob job, FileGraph graph, Path set) throws IOException {
    Path output = tree.outputFolder();
    for (Step step : Steps.of(job, graph, tree.scratchFile(RustCrates.MAPPING))) {
      Path input = step.editions() == EditionSupport.ALL ? set : adapted(tree, graph, step);
      Path target = Files.createDirectories(output.resolve(step.folder()));
      List<String> arguments = arguments(step, input, target);
      arguments.addAll(step.files().isEmpty() ? graph.generatedNames() : step.files());
      check(job, tree, protoc.run(arguments, Limits.GENERATE));
    }
    return OutputFolder.list(output);
  }

  private static Path adapted(SourceTree tree, FileGraph graph, Step step) throws IOException {
    Path adapted = tree.scratchFile("adapted-" + step.output() + ".binpb");
    Files.write(adapted, step.editions().adapt(graph.set()).toByteArray());
    return adapted;
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
