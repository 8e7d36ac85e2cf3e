package dev.aeon.spoke.cli;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.validate.ImageBuilder;
import dev.aeon.spoke.validate.config.CheckConfigFile;
import dev.aeon.spoke.validate.config.ModuleConfig;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is judged: a folder of sources with its configuration, or a file with an image. */
final class CheckInput {
  private final Path path;
  private final @Nullable Path configFile;

  CheckInput(Path path, @Nullable Path configFile) {
    this.path = path;
    this.configFile = configFile;
  }

  boolean isImage() {
    return Files.isRegularFile(path);
  }

  /** The modules as they are configured. */
  List<ModuleConfig> configs() {
    if (configFile != null) {
      return CheckConfigFile.loadFile(configFile);
    }
    return CheckConfigFile.load(isImage() ? Path.of("") : path);
  }

  /**
   * Compiles the modules, or reads the image.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} where a module does not compile
   */
  List<CheckedModule> modules() {
    if (isImage()) {
      return List.of(new CheckedModule(configs().getFirst(), ImageReader.read(path), ""));
    }
    return compile(configs());
  }

  /** The same, laid out as another input is where this one has no configuration of its own. */
  List<CheckedModule> modules(List<ModuleConfig> configs) {
    if (isImage()) {
      return List.of(new CheckedModule(configs.getFirst(), ImageReader.read(path), ""));
    }
    return compile(CheckConfigFile.isPresent(path) ? CheckConfigFile.load(path) : configs);
  }

  private List<CheckedModule> compile(List<ModuleConfig> configs) {
    List<ModuleSources> sources = sources(configs);
    try (Protoc protoc = Protoc.open()) {
      ImageBuilder builder = new ImageBuilder(protoc);
      List<CheckedModule> modules = new ArrayList<>();
      for (ModuleSources module : sources) {
        Image image = builder.build(module.roots(), module.files());
        modules.add(new CheckedModule(module.config(), image, prefix(module.config())));
      }
      return modules;
    }
  }

  /**
   * A module's files.
   *
   * @param roots the folders that imports resolve against, the module's own first
   * @param files paths relative to a root
   */
  record ModuleSources(ModuleConfig config, List<Path> roots, List<String> files) {}

  /** The files of the modules that have any. */
  List<ModuleSources> sources(List<ModuleConfig> configs) {
    List<Path> protos = protos();
    return configs.stream()
        .map(config -> new ModuleSources(config, roots(config, configs), filesOf(config, protos)))
        .filter(module -> !module.files().isEmpty())
        .toList();
  }

  private List<Path> protos() {
    if (!Files.isDirectory(path)) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "no such folder or image, path=" + path);
    }
    try (Stream<Path> paths = Files.walk(path)) {
      List<Path> protos = paths.filter(CheckInput::isProto).map(path::relativize).sorted().toList();
      if (protos.isEmpty()) {
        throw new SpokeException(
            SpokeException.Code.INVALID_REQUEST, "no .proto file, dir=" + path);
      }
      return protos;
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "cannot read the folder, dir=" + path, e);
    }
  }

  private static boolean isProto(Path file) {
    return file.toString().endsWith(".proto")
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The folders that imports resolve against, the module's own first. */
  private List<Path> roots(ModuleConfig config, List<ModuleConfig> all) {
    return Stream.concat(Stream.of(config), all.stream())
        .flatMap(module -> module.roots().stream())
        .map(this::folder)
        .distinct()
        .toList();
  }

  private Path folder(String root) {
    return path.resolve(root).toAbsolutePath().normalize();
  }

  private List<String> filesOf(ModuleConfig config, List<Path> protos) {
    List<Path> roots = config.roots().stream().map(this::folder).toList();
    return protos.stream()
        .filter(config::contains)
        .map(proto -> folder(proto.toString()))
        .flatMap(proto ->
            roots.stream().filter(proto::startsWith).limit(1).map(root -> root.relativize(proto)))
        .map(Path::toString)
        .distinct()
        .toList();
  }

  private String prefix(ModuleConfig config) {
    String folder = path.resolve(config.roots().getFirst()).normalize().toString();
    return folder.isEmpty() || folder.equals(".") ? "" : folder + "/";
  }
}
