package dev.aeon.spoke.docs;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The comments of a file by the path of what they stand before, as descriptors number it. */
final class Comments {
  private final Map<List<Integer>, String> texts = new HashMap<>();

  Comments(FileDescriptorProto file) {
    for (Location location : file.getSourceCodeInfo().getLocationList()) {
      String text =
          location.hasLeadingComments()
              ? location.getLeadingComments()
              : location.getTrailingComments();
      if (!text.isBlank()) {
        texts.put(location.getPathList(), stripped(text));
      }
    }
  }

  private static String stripped(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n")).strip();
  }

  /** The comment, empty where there is none. */
  String at(List<Integer> path) {
    return texts.getOrDefault(path, "");
  }

  /** The same in one line, for a cell of a table. */
  String lineAt(List<Integer> path) {
    return at(path).replace("\n", " ").replace("|", "\\|");
  }

  static List<Integer> below(List<Integer> path, int field, int index) {
    List<Integer> longer = new ArrayList<>(path);
    longer.add(field);
    longer.add(index);
    return longer;
  }
}
