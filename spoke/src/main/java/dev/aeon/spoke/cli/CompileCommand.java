package dev.aeon.spoke.cli;

import dev.aeon.spoke.compile.SchemaCompiler;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.protoc.Protoc;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "compile",
    mixinStandardHelpOptions = true,
    description = "Compiles the .proto files of a folder for a language.")
final class CompileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-lang", "--lang"},
      required = true,
      description = "cpp, java or python")
  private String language = "";

  @Option(
      names = {"-dir", "--dir"},
      defaultValue = ".",
      description = "the folder (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of(".");

  @Option(
      names = {"-out", "--out"},
      required = true,
      description = "where to write")
  private Path output = Path.of(".");

  @Override
  public Integer call() {
    Language target = Language.parse(language);
    ModuleContent content = new ProtoFolder(folder).read();
    try (Protoc protoc = Protoc.open()) {
      SortedMap<String, byte[]> files =
          new SchemaCompiler(protoc).compile(content, List.of(), target);
      new ProtoFolder(output).write(files);
      spec.commandLine()
          .getOut()
          .println("compiled: language=" + target.id() + " files=" + files.size());
      return 0;
    }
  }
}
