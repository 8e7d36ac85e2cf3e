package dev.aeon.spoke.cli;

import dev.aeon.spoke.compile.CompileJob;
import dev.aeon.spoke.compile.LanguagePackage;
import dev.aeon.spoke.compile.SchemaCompiler;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.protoc.Protoc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "compile", description = "Compiles the .proto files of a folder for a language.")
final class CompileCommand implements Callable<Integer> {
  private static final Version UNRELEASED = Version.parse("v0.0.0");
  private static final Pattern SERVICE = Pattern.compile("(?m)^\\s*service\\s+\\w+\\s*\\{");

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private OutputOption output = new OutputOption();

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
  private Path folderOfOutput = Path.of(".");

  @Option(
      names = {"-package", "--package"},
      description = "also write what makes it a package: go.mod, pom.xml, pyproject.toml, …")
  private boolean isPackage;

  /** The answer in JSON. */
  record Compiled(String language, List<String> files) {}

  @Override
  public Integer call() {
    Language target = Language.parse(language);
    ModuleContent content = new ProtoFolder(folder).read();
    try (Protoc protoc = Protoc.open()) {
      SortedMap<String, byte[]> code =
          new SchemaCompiler(protoc).compile(CompileJob.of(packageName(), content, target));
      SortedMap<String, byte[]> files =
          isPackage ? LanguagePackage.of(packageName(), UNRELEASED, target, code) : code;
      new ProtoFolder(folderOfOutput).write(files);
      warnOfMissingStubs(target, content);
      output.print(
          new Compiled(target.id(), List.copyOf(files.keySet())),
          output.good("compiled") + " language=" + target.id() + " files=" + files.size());
      return 0;
    }
  }

  private void warnOfMissingStubs(Language target, ModuleContent content) {
    boolean hasServices =
        content.files().values().stream()
            .anyMatch(file -> SERVICE.matcher(new String(file, StandardCharsets.UTF_8)).find());
    if (target == Language.RUST && hasServices) {
      spec.commandLine()
          .getErr()
          .println(
              "spoke: messages only, no gRPC stubs: no package registry has a plugin, language="
                  + target.id());
    }
  }

  /** Packages that need a name are called after the folder they are written to. */
  private ModuleName packageName() {
    Path last = folderOfOutput.toAbsolutePath().normalize().getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    String legal = name.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return new ModuleName(legal.isEmpty() ? "generated" : legal);
  }
}
