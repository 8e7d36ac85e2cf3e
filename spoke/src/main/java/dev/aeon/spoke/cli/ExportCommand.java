package dev.aeon.spoke.cli;

import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.compile.ArchiveFormat;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleName;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = {
      "Writes a version to one file: with -lang its generated code as a package, else its"
          + " descriptors with those of all imports."
    })
final class ExportCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-module", "--module"},
      required = true,
      description = "the module's name")
  private String module = "";

  @Option(
      names = {"-version", "--version", "--module-version"},
      defaultValue = "latest",
      description = "a version (default: ${DEFAULT-VALUE})")
  private String version = "";

  @Option(
      names = {"-lang", "--lang"},
      description = "the language of the package")
  private @Nullable String language;

  @Option(
      names = {"-format", "--format"},
      defaultValue = "tar.gz",
      description = "of a package: tar.gz or zip (default: ${DEFAULT-VALUE})")
  private String format = "tar.gz";

  @Option(
      names = {"-out", "--out"},
      description = "the file (default: named after module, version and language)")
  private @Nullable Path file;

  /** The answer in JSON. */
  record Exported(String module, String version, String file, int byteSize) {}

  @Override
  public Integer call() {
    ModuleName name = new ModuleName(module);
    try (SpokeClient client = registry.connect()) {
      String exact = client.version(name, version).version();
      byte[] bytes =
          language == null
              ? client.descriptors(name, exact)
              : client.download(
                  name, exact, Language.parse(language), ArchiveFormat.parse(format).extension());
      Path target = file == null ? Path.of(defaultName(name, exact)) : file;
      write(target, bytes);
      output.print(
          new Exported(module, exact, target.toString(), bytes.length),
          output.good("exported") + " " + name + "@" + exact + " file=" + target);
      return 0;
    }
  }

  private String defaultName(ModuleName name, String exact) {
    String start = name.value().replace('/', '-') + "-" + exact;
    return language == null ? start + ".binpb" : start + "-" + language + "." + format;
  }

  private static void write(Path target, byte[] bytes) {
    Path folder = target.toAbsolutePath().normalize().getParent();
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put(target.getFileName().toString(), bytes);
    new ProtoFolder(folder == null ? Path.of("") : folder).write(files);
  }
}
