package dev.aeon.spoke.cli;

import dev.aeon.spoke.compile.CompileJob;
import dev.aeon.spoke.compile.SchemaCompiler;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.protoc.Protoc;
import java.nio.file.Path;
import java.util.Locale;
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
      description =
          "cpp, csharp, descriptors, go, java, javascript, kotlin, objc, php, python, ruby, rust or"
              + " typescript")
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
          new SchemaCompiler(protoc).compile(CompileJob.of(packageName(), content, target));
      new ProtoFolder(output).write(files);
      spec.commandLine()
          .getOut()
          .println("compiled: language=" + target.id() + " files=" + files.size());
      return 0;
    }
  }

  /** Packages that need a name are called after the folder they are written to. */
  private ModuleName packageName() {
    Path last = output.toAbsolutePath().normalize().getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    String legal = name.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return new ModuleName(legal.isEmpty() ? "generated" : legal);
  }
}
