package dev.aeon.spoke.cli;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.validate.DescriptorBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "build",
    description =
        "Compiles a folder of .proto files to one file of descriptors, the very bytes that protoc"
            + " --descriptor_set_out writes.")
final class BuildCommand implements Callable<Integer> {
  @Mixin private OutputOption output = new OutputOption();

  @Option(
      names = {"-dir", "--dir"},
      defaultValue = ".",
      description = "a folder of sources (default: ${DEFAULT-VALUE})")
  private Path dir = Path.of(".");

  @Option(
      names = {"-config", "--config"},
      description = "the configuration, where it is not spoke.yaml or buf.yaml in the folder")
  private @Nullable Path configFile;

  @Option(
      names = {"-out", "--out"},
      defaultValue = "descriptors.binpb",
      description = "the file to write (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("descriptors.binpb");

  @Option(
      names = {"-exclude-imports", "--exclude-imports"},
      description = "leave out what is imported from elsewhere")
  private boolean excludesImports;

  @Option(
      names = {"-exclude-source-info", "--exclude-source-info"},
      description = "leave out places and comments")
  private boolean excludesSourceInfo;

  /** The answer in JSON. */
  record Built(String file, int fileCount, long byteSize) {}

  @Override
  public Integer call() throws IOException {
    CheckInput input = new CheckInput(dir, configFile);
    List<CheckInput.ModuleSources> modules = input.sources(input.configs());
    Path target = out.toAbsolutePath();
    Path draft = target.resolveSibling(target.getFileName() + ".part");
    try {
      int count = build(modules, draft);
      Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      Built built = new Built(out.toString(), count, Files.size(target));
      output.print(built, output.good("built") + " files=" + count + " out=" + out);
      return 0;
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private int build(List<CheckInput.ModuleSources> modules, Path draft) {
    Set<String> own = new HashSet<>();
    modules.forEach(module -> own.addAll(module.files()));
    try (Protoc protoc = Protoc.open();
        OutputStream stream = Files.newOutputStream(draft)) {
      DescriptorBuilder builder =
          new DescriptorBuilder(
              protoc, !excludesSourceInfo, file -> !excludesImports || own.contains(file));
      for (CheckInput.ModuleSources module : modules) {
        builder.build(module.roots(), module.files(), stream);
      }
      return builder.count();
    } catch (IOException e) {
      throw new SpokeException(SpokeException.Code.INVALID_REQUEST, "cannot write, file=" + out, e);
    }
  }
}
