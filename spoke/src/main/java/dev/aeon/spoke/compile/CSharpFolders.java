package dev.aeon.spoke.compile;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.aeon.spoke.protoc.Plugin;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where C# code lies: in the folders of its namespaces. The compiler puts messages there; the
 * plugin for stubs knows no folders, so it is run for each.
 */
final class CSharpFolders {
  private CSharpFolders() {}

  static List<Step> stubs(FileGraph graph) {
    Step step = Step.plugin(Plugin.CSHARP_GRPC, EditionSupport.NONE, List.of());
    return graph.generated().stream()
        .filter(file -> file.getServiceCount() > 0)
        .collect(
            Collectors.groupingBy(
                CSharpFolders::folder,
                TreeMap::new,
                Collectors.mapping(FileDescriptorProto::getName, Collectors.toList())))
        .entrySet()
        .stream()
        .map(folder -> step.of(folder.getValue(), folder.getKey()))
        .toList();
  }

  private static String folder(FileDescriptorProto file) {
    String declared = file.getOptions().getCsharpNamespace();
    String namespace = declared.isEmpty() ? namespaceOf(file.getPackage()) : declared;
    return namespace.replace('.', '/');
  }

  /**
   * As the compiler makes it of a package: words, which underscores and digits end, in capitals.
   */
  private static String namespaceOf(String protoPackage) {
    return Stream.of(protoPackage.split("(?<=[.0-9])|_"))
        .map(word ->
            word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }
}
