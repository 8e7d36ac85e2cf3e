package dev.aeon.spoke.compile;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.aeon.spoke.model.ModuleName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where Go code lies: each folder of the schema is a package of one Go module, whatever {@code
 * go_package} says of its place, so that the result builds as it is. The package's name is the one
 * in {@code go_package}, else the folder's.
 */
final class GoPackages {
  private static final Set<String> KEYWORDS =
      Set.of(
          ("break case chan const continue default defer else fallthrough for func go goto if import"
                  + " interface map package range return select struct switch type var")
              .split(" "));

  private GoPackages() {}

  /** The Go module of a schema module. */
  static String module(ModuleName name) {
    return "spoke.generated/" + name;
  }

  static List<String> options(CompileJob job, FileGraph graph) {
    Map<String, String> names = namesByFolder(job, graph);
    List<String> options = new ArrayList<>();
    options.add("paths=source_relative");
    String module = module(job.name());
    for (FileDescriptorProto file : graph.generated()) {
      String folder = folder(file);
      String path = folder.isEmpty() ? module : module + "/" + folder;
      options.add("M" + file.getName() + "=" + path + ";" + names.get(folder));
    }
    return options;
  }

  /** As {@link #options}, with the interface that files after edition 2023 have by default. */
  static List<String> messageOptions(CompileJob job, FileGraph graph) {
    List<String> options = options(job, graph);
    graph.generated().stream()
        .filter(OlderEditions::isNew)
        .forEach(file -> options.add("apilevelM" + file.getName() + "=API_OPAQUE"));
    return options;
  }

  private static Map<String, String> namesByFolder(CompileJob job, FileGraph graph) {
    Map<String, String> names = new TreeMap<>();
    for (FileDescriptorProto file : graph.generated()) {
      String declared = declaredName(file);
      if (!declared.isEmpty()) {
        names.putIfAbsent(folder(file), declared);
      }
    }
    for (FileDescriptorProto file : graph.generated()) {
      names.computeIfAbsent(folder(file), folder -> nameOf(folder, job));
    }
    return names;
  }

  private static String declaredName(FileDescriptorProto file) {
    String goPackage = file.getOptions().getGoPackage();
    int semicolon = goPackage.indexOf(';');
    String last = semicolon >= 0 ? goPackage.substring(semicolon + 1) : lastSegment(goPackage);
    return last.isEmpty() ? "" : identifier(last);
  }

  private static String nameOf(String folder, CompileJob job) {
    return identifier(lastSegment(folder.isEmpty() ? job.name().value() : folder));
  }

  private static String identifier(String text) {
    String letters = text.replaceAll("[^A-Za-z0-9_]", "_");
    boolean isName = !Character.isDigit(letters.charAt(0)) && !KEYWORDS.contains(letters);
    return isName ? letters : "_" + letters;
  }

  private static String lastSegment(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String folder(FileDescriptorProto file) {
    int slash = file.getName().lastIndexOf('/');
    return slash < 0 ? "" : file.getName().substring(0, slash);
  }
}
