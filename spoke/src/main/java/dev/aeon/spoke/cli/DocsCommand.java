package dev.aeon.spoke.cli;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.aeon.spoke.api.VersionInfo;
import dev.aeon.spoke.client.SpokeClient;
import dev.aeon.spoke.compile.CompileJob;
import dev.aeon.spoke.compile.SchemaCompiler;
import dev.aeon.spoke.docs.SchemaDocument;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.protoc.Protoc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "docs",
    description =
        "Writes a Markdown page about a version of a module, or about the files of a folder: services,"
            + " messages, enums and their comments.")
final class DocsCommand implements Callable<Integer> {
  @Mixin private RegistryOption registry = new RegistryOption();
  @Mixin private OutputOption output = new OutputOption();
  @Mixin private VersionOption asked = new VersionOption();

  @Option(
      names = {"-dir", "--dir"},
      defaultValue = ".",
      description = "the folder (default: ${DEFAULT-VALUE})")
  private Path folder = Path.of(".");

  @Option(
      names = {"-out", "--out"},
      description = "a file to write to (default: standard output)")
  private @Nullable Path file;

  /** The answer in JSON. */
  record Written(String title, String page) {}

  @Override
  public Integer call() {
    Written page = asked.module().map(this::pageOf).orElseGet(this::pageOfFolder);
    if (file == null) {
      output.print(page, page.page());
    } else {
      Path target = file.toAbsolutePath().normalize();
      TreeMap<String, byte[]> files = new TreeMap<>();
      files.put(target.getFileName().toString(), page.page().getBytes(StandardCharsets.UTF_8));
      new ProtoFolder(target.resolveSibling("")).write(files);
      output.print(page, output.good("written") + " file=" + file);
    }
    return 0;
  }

  private Written pageOf(ModuleName name) {
    try (SpokeClient client = registry.connect()) {
      VersionInfo info = client.version(name, asked.version());
      byte[] descriptors = client.descriptors(name, info.version());
      return page(name + " " + info.version(), descriptors, Set.copyOf(info.files()));
    }
  }

  private Written pageOfFolder() {
    ModuleContent content = new ProtoFolder(folder).read();
    Set<String> own =
        content.files().keySet().stream().map(ProtoPath::value).collect(Collectors.toSet());
    try (Protoc protoc = Protoc.open()) {
      byte[] descriptors =
          new SchemaCompiler(protoc)
              .compile(CompileJob.of(new ModuleName("documented"), content, Language.DESCRIPTORS))
              .getOrDefault(SchemaCompiler.DESCRIPTOR_FILE, new byte[0]);
      Path last = folder.toAbsolutePath().normalize().getFileName();
      return page(last == null ? "Schema" : last.toString(), descriptors, own);
    }
  }

  private static Written page(String title, byte[] descriptors, Set<String> own) {
    try {
      List<FileDescriptorProto> files =
          FileDescriptorSet.parseFrom(descriptors).getFileList().stream()
              .filter(file -> own.contains(file.getName()))
              .toList();
      return new Written(title, SchemaDocument.markdown(title, files));
    } catch (InvalidProtocolBufferException e) {
      throw new SpokeException(
          SpokeException.Code.UNAVAILABLE, "the registry's descriptors are damaged", e);
    }
  }
}
